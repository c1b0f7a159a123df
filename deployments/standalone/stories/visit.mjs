// A visit in a village without signal. The page is open, the network goes, and she notes
// in a few taps what she saw; the phone keeps it, and nobody can read it there. Later it
// is sent by itself, once; the supervisor reads it, confirms it, and the hours count
// under 我的, where nothing says for whom they were.
import { atDesk, atLocalhost, call, day, keepSecondFactor, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const canary = '金丝雀：孩子说想妈妈了'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const third = await atDesk('队长', atLocalhost)
  const volunteer = await withPhone('志愿者')
  await signIn(county, process.env.QIHE_COUNTY_OFFICER)
  await signIn(city, process.env.QIHE_OFFICER)
  await signIn(third, process.env.QIHE_LEADER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)

  tell('she is a companion parent, and a child waits')
  const companion = await becomesCompanion({ county, city, third, volunteer })
  const child = await waits(county)

  tell('all three say yes: she, the guardian and another officer')
  const supervisor = await idOf(county)
  const { pairing_id: pairing } = await call(county, 'POST', '/api/pairings/v1/pairings', { child_id: child.id, companion_id: companion, supervisor_id: supervisor, deputy_id: await idOf(third) })
  await call(volunteer, 'PUT', '/api/pairings/v1/pairings/mine/pin', { pin: '2580' })
  await call(volunteer, 'DELETE', '/api/pairings/v1/pairings/mine/pass')
  await volunteer.page.goto('/today') // says that she is asked, and no more
  const asked = volunteer.page.locator('[data-testid=to-do][data-kind=asked]')
  await asked.waitFor()
  if ((await volunteer.page.locator('body').innerText()).includes('小丽')) throw new Error('the first page names the child')
  await look(volunteer.page, 'today', { fullPage: true })
  await asked.click()
  await volunteer.page.getByTestId('pair-pin').waitFor()
  await call(volunteer, 'POST', '/api/pairings/v1/pairings/mine/pass', { pin: '2580' })
  await call(volunteer, 'PUT', `/api/pairings/v1/pairings/mine/${pairing}/answer`, { agreed: true })
  await call(volunteer, 'POST', '/api/pairings/v1/consent-links/answer', { secret: child.secret, digits: '1234', answer: 'agree_person' })
  await call(city, 'PUT', `/api/pairings/v1/pairings/${pairing}/decision`, { agreed: true })

  tell('she sees what is due; then the signal is gone')
  await volunteer.page.goto('/contacts')
  await until('what is due', async () => {
    const { items } = await call(volunteer, 'GET', '/api/pairings/v1/contacts/mine')
    return items[0]?.call.due
  })
  await volunteer.page.reload()
  await volunteer.page.getByTestId('due-call').waitFor()
  await look(volunteer.page, 'due', { fullPage: true })
  await volunteer.page.waitForLoadState('networkidle')
  await volunteer.context.setOffline(true)

  tell('she notes a visit in a few taps, and it is kept')
  const tap = (testid) => volunteer.page.getByTestId(testid).click()
  await tap('contact-open')
  await tap('contact-min-30')
  await tap('contact-all-fine')
  await tap('look-mood-attend')
  await volunteer.page.getByTestId('contact-note').fill(canary)
  await look(volunteer.page, 'form', { fullPage: true })
  await tap('contact-save')
  await volunteer.page.locator('[data-testid=contact-saved][data-state=kept]').waitFor()
  await volunteer.page.locator('[data-testid=sealed-note][data-state=waiting]').waitFor()
  await look(volunteer.page, 'kept', { fullPage: true })

  tell('nothing of it can be read in the phone')
  const kept = await volunteer.page.evaluate(everythingKept)
  if (!kept.includes('"envelope":"A')) throw new Error('the search does not see what is kept') // control
  for (const secret of [canary, '想妈妈', '"attend"', pairing]) if (kept.includes(secret)) throw new Error(`the phone says ${secret}`)

  tell('the page is lost; with network it is sent by itself, once')
  await volunteer.page.reload().catch(() => {})
  await volunteer.context.setOffline(false)
  await volunteer.page.goto('/contacts')
  await volunteer.page.locator('[data-testid=my-contact][data-state=open]').waitFor()
  await volunteer.page.getByTestId('sealed-read').click() // it says that it has arrived
  await until('nothing left to send', async () => (await volunteer.page.getByTestId('sealed-note').count()) === 0)
  await volunteer.page.reload()
  await volunteer.page.locator('[data-testid=my-contact][data-state=open]').waitFor()
  const { items } = await call(volunteer, 'GET', '/api/pairings/v1/contacts/mine')
  if (items[0].contacts.length !== 1) throw new Error(`kept ${items[0].contacts.length} times`)
  if ((await volunteer.page.evaluate(everythingKept)).includes('"envelope"')) throw new Error('something stays in the phone')
  await look(volunteer.page, 'sent', { fullPage: true })

  tell('the supervisor sees on her first page what waits, that something wants a look, reads it, and confirms')
  await county.page.goto('/console')
  const waiting = county.page.locator('[data-testid=to-do][data-kind=contacts][data-count="1"]')
  await waiting.waitFor()
  await look(county.page, 'start')
  await waiting.click()
  await county.page.getByTestId('contact-attention').waitFor()
  await county.page.getByTestId('contact-note-open').click()
  await county.page.getByTestId('contact-note-text').filter({ hasText: canary }).waitFor()
  await look(county.page, 'desk', { fullPage: true })
  await county.page.getByTestId('contacts-decide').click()
  await county.page.getByTestId('contacts-decided').waitFor()

  tell('the hours are hers, with how they were proved, and nothing says for whom')
  const line = await until('the line', async () => {
    const { items } = await call(volunteer, 'GET', '/api/hours/v1/me/entries?limit=20')
    return items.find((e) => e.title === '结对陪伴')
  })
  if (line.minutes !== 30 || JSON.stringify(line).includes(pairing)) throw new Error(JSON.stringify(line))
  await volunteer.page.goto('/mine')
  const row = volunteer.page.getByTestId('entry-row').filter({ hasText: '结对陪伴' })
  await row.getByRole('button').first().click()
  await row.getByTestId('entry-facts').filter({ hasText: '本人申报' }).waitFor()
  await look(volunteer.page, 'hours', { fullPage: true })
  await volunteer.page.goto('/contacts')
  await volunteer.page.locator('[data-testid=my-contact][data-state=confirmed]').waitFor()
})

// becomesCompanion has her approved, as companions.mjs does by hand.
async function becomesCompanion({ county, city, third, volunteer }) {
  const today = day(await now())
  const me = await idOf(volunteer)
  await call(volunteer, 'PATCH', '/api/teams/v1/me/profile', { id_number: '410621196505201229' })
  const { companion_id: id } = await call(volunteer, 'POST', '/api/pairings/v1/companions', { region_code: '410621', about: '退休教师，周末有空。' })
  await call(volunteer, 'PUT', '/api/pairings/v1/companions/mine/signature', { version: 1 })
  await keepSecondFactor(county)
  await keepSecondFactor(city)
  await call(city, 'POST', `/api/teams/v1/volunteers/${me}/qualifications`, { kind: 'companion_training', issuer: '浚县妇联', issued_on: today })
  await call(city, 'POST', '/api/teams/v1/staff-grants', { volunteer_id: await idOf(third), role: 'coordinator', region_code: '410621', reason: '参加面谈' })
  const path = `/api/pairings/v1/companions/${id}`
  await call(county, 'PUT', `${path}/offence-check`)
  await call(county, 'POST', `${path}/evidence`, { kind: 'offence', passed: true, held_on: today, archive: '档案柜 3-12' })
  await call(county, 'POST', `${path}/evidence`, { kind: 'interview', passed: true, held_on: today, note: '有耐心，家里人支持。' })
  await third.page.reload()
  await keepSecondFactor(third)
  await call(third, 'POST', `${path}/evidence`, { kind: 'interview', passed: true, held_on: today, note: '有耐心，家里人支持。' })
  await until('everything is there', async () => {
    const { items } = await call(city, 'GET', '/api/pairings/v1/companions')
    return items.find((c) => c.companion_id === id)?.gates.every((g) => g.good)
  })
  await call(city, 'PUT', `${path}/decision`, { approved: true })
  return id
}

// waits has a child wait for a companion parent, with its guardian's consent by a link.
async function waits(county) {
  const today = day(await now())
  const { child_id: id } = await call(county, 'POST', '/api/pairings/v1/children', {
    region_code: '410621', sex: 'female', name: '小丽', born_on: '2016-03-01', address: '屯子镇码头村三组', reason: '父母在外地，由奶奶照看',
  })
  const path = `/api/pairings/v1/children/${id}`
  await call(county, 'PUT', `${path}/case`)
  await call(county, 'PUT', `${path}/details`, {
    guardian: { name: '张敏', relation: '母亲', phone: '13900001234', place: '浙江义乌' }, school: { name: '码头小学', grade: '四年级', term: '2026 秋' },
    needs: ['company'], companion_sex: 'any',
  })
  const { secret } = await call(county, 'POST', `${path}/consent-link`)
  await call(county, 'POST', '/api/pairings/v1/consent-links/answer', { secret, digits: '1234', answer: 'agree', for_data: true, for_pairing: true })
  await call(county, 'PUT', `${path}/wish`, { wants: true, talked_on: today, words: '想有人陪我看书' })
  return { id, secret }
}

async function idOf(who) {
  return (await call(who, 'GET', '/api/teams/v1/me')).volunteer_id
}

// everythingKept runs in the page: all that its browser keeps, as text.
async function everythingKept() {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve, reject) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    for (const store of db.objectStoreNames) {
      const all = await new Promise((resolve, reject) => {
        const asked = db.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      found.push(`${name}/${store} ${JSON.stringify(all)}`)
    }
    db.close()
  }
  return found.join('\n')
}
