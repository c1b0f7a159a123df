// Moment 4: a rainy gate. Twenty people in three minutes: eight scan, nine have
// no network and send later, three have no phone and are tapped or show a card.
// On the roster all look the same. The seventeen phones are spoken for by this
// story as their pages would speak; offline.mjs looks at the pages themselves.
import { webcrypto } from 'node:crypto'
import { request } from 'playwright-core'
import { at, day, leapTo, look, now, signIn, story, tell, texted, until, withPhone } from './browser.mjs'
import { allSent, codeAt, post } from './gate_help.mjs'

const base = process.env.QIHE_URL
const fresh = () => ({ 'Idempotency-Key': webcrypto.randomUUID(), Origin: base })
const text = (bytes) => Buffer.from(bytes).toString('base64url')

await story(async () => {
  const leader = await withPhone('队长')
  await signIn(leader, process.env.QIHE_LEADER)
  const me = await (await leader.context.request.get('/api/teams/v1/me')).json()
  const team = me.memberships.find((m) => m.role !== 'member').team_id
  const date = day(new Date((await now()).getTime() + 48 * 3600_000))
  const shift = await post(leader, date, '雨天的大门')

  tell('twenty people of the brigade, seventeen with a phone')
  const people = []
  for (let i = 0; i < 20; i++) people.push(await register(i))
  for (const [i, p] of people.filter((p) => p.phone).entries()) {
    if (i % 9 === 8) await leapTo(new Date((await now()).getTime() + 61 * 60_000)) // ten codes an hour for one address
    await enter(p)
  }
  const mine = await (await people[19].http.put('/api/teams/v1/me/card')).json()
  const card = mine.path
  const names = people.slice(17).map((p) => p.name)

  tell('at nine the leader has her page open; then it rains and the signal comes and goes')
  await leapTo(at(date, '09:00'))
  await leader.page.goto(`/shifts/${shift}/on-site`)
  await leader.page.locator('[data-testid=offline-ready][data-keeps=true]').waitFor()
  for (const p of people.slice(8, 17)) await prepare(p)
  const began = await now()

  tell('eight scan, nine keep what they scanned')
  for (const [i, p] of people.slice(0, 17).entries()) {
    const link = async () => (await codeAt(leader.page)).getAttribute('data-href')
    if (i < 8) await until(`${p.name} checks in`, async () => scan(p, await link()))
    else await keep(p, await link())
    const next = new Date(began.getTime() + (i + 1) * 8_000)
    if (next > (await now())) await leapTo(next)
  }

  tell('three have no phone: the leader taps two without network, and the third shows a card')
  await leader.context.setOffline(true)
  for (const name of names.slice(0, 2)) await leader.page.getByTestId('roll-line').filter({ hasText: name }).getByTestId('roll-call').click()
  await until('two taps kept', async () => (await leader.page.getByTestId('roll-kept').count()) === 2)
  await leader.context.setOffline(false)
  await allSent(leader.page)
  await leader.page.getByTestId('card-scan-open').click()
  await leader.page.getByTestId('card-code').fill(card)
  await leader.page.getByTestId('card-submit').click()
  await leader.page.getByTestId('card-done').getByText(people[19].name).waitFor()
  await look(leader.page, 'card-scanned')
  const took = ((await now()).getTime() - began.getTime()) / 1000
  if (took > 180) throw new Error(`twenty check-ins took ${took} s`)

  tell('an hour later the nine send what they kept')
  await leapTo(at(date, '10:00'))
  for (const p of people.slice(8, 17)) await send(p)
  const roster = await (await leader.context.request.get(`/api/tasks/v1/shifts/${shift}/roster`)).json()
  if (roster.doubts.length > 0) throw new Error(`doubts: ${JSON.stringify(roster.doubts)}`)
  await leader.page.reload()
  const lines = leader.page.locator('[data-testid=roll-line][data-state=open]')
  await until('all twenty', async () => (await lines.count()) === 20)
  await look(leader.page, 'all-twenty', { fullPage: true })
  const shapes = new Set(await lines.evaluateAll((all) => all.map((l) => l.innerText.replace(l.querySelector('b').innerText, '').replace(/\d\d:\d\d/, '').replace(/扫码核实|现场核实/, '').replace(/\s/g, '').replace('撤回', ''))))
  if (shapes.size !== 1) throw new Error(`they do not look the same: ${[...shapes].join(' | ')}`)
  const late = roster.lines.filter((l) => l.state === 'open' && (Date.parse(l.checked_in_at) - began.getTime()) / 1000 > 200)
  if (late.length > 0) throw new Error(`${late.length} count from when they were sent`)

  async function register(i) {
    const name = `雨${'一二三四五六七八九十甲乙丙丁戊己庚辛壬癸'[i]}娘`
    const phone = i < 17 || i === 19 ? `1540077${String(i).padStart(4, '0')}` : '' // the last one took her card home
    const made = await leader.context.request.post(`/api/teams/v1/teams/${team}/people`, { headers: fresh(), data: { name, agreed: true, ...(phone ? { phone } : {}) } })
    const { volunteer_id } = await made.json()
    await until(`${name} on the roster`, async () => {
      const data = { volunteer_ids: [volunteer_id] } // once tasks has heard of the membership
      return (await leader.context.request.post(`/api/tasks/v1/shifts/${shift}/entered-sign-ups`, { headers: fresh(), data })).ok()
    })
    return { id: volunteer_id, name, phone }
  }

  async function enter(p) {
    p.http = await request.newContext({ baseURL: base, extraHTTPHeaders: { Origin: base } })
    await p.http.post('/api/teams/v1/sign-in-codes', { data: { phone: p.phone } })
    const session = await p.http.post('/api/teams/v1/sessions', { data: { phone: p.phone, code: await texted(p.phone) } })
    if (!session.ok()) throw new Error(`${p.name}: ${await session.text()}`)
  }

  async function prepare(p) {
    p.keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    p.device = webcrypto.randomUUID()
    const data = { public_key: text(await webcrypto.subtle.exportKey('raw', p.keys.publicKey)), phone_time: (await now()).toISOString() }
    await p.http.put(`/api/tasks/v1/me/devices/${p.device}`, { data })
  }

  async function scan(p, link) {
    const opened = await p.http.get(link, { maxRedirects: 0 })
    const ticket = opened.headers().location.split('#t=')[1]
    const claim = await p.http.post('/api/tasks/v1/claims', { data: { claim_id: webcrypto.randomUUID(), shift_id: shift, kind: 'in', ticket } })
    return claim.ok() // a code may end on its way here
  }

  async function keep(p, link) {
    const observed = await now()
    const claim = { claim_id: webcrypto.randomUUID(), shift_id: shift, kind: 'in', code: link.split('/').pop() }
    const lines = ['qihe-claim-v1', claim.claim_id, shift, 'in', claim.code, '', '', String(observed.getTime()), '1'].join('\n')
    const signature = text(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, p.keys.privateKey, Buffer.from(lines)))
    p.kept = { ...claim, kept: { device_id: p.device, counter: 1, observed_at: observed.toISOString(), signature } }
  }

  async function send(p) {
    p.kept.kept.sent_at = (await now()).toISOString()
    const claim = await p.http.post('/api/tasks/v1/claims', { data: p.kept })
    if (!claim.ok()) throw new Error(`${p.name}: ${await claim.text()}`)
  }
})
