// A child and a companion parent. The county proposes; the volunteer sets a PIN, reads
// who is meant and agrees on her phone; the mother agrees by her link; the city is the
// other officer. A trial begins, and only now the address is shown. Then the mother takes
// her consent back: within two seconds the volunteer's open page shows nothing any more.
import { atDesk, atLocalhost, call, day, keepSecondFactor, look, now, signIn, story, tell, until, withPhone, within } from './browser.mjs'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const third = await atDesk('队长', atLocalhost)
  const volunteer = await withPhone('志愿者')
  const mother = await withPhone('妈妈')
  await Promise.all([
    signIn(county, process.env.QIHE_COUNTY_OFFICER),
    signIn(city, process.env.QIHE_OFFICER),
    signIn(third, process.env.QIHE_LEADER),
    signIn(volunteer, process.env.QIHE_VOLUNTEER),
  ])
  await Promise.all([keepSecondFactor(county), keepSecondFactor(city)])

  tell('a companion parent is approved, and a child waits')
  const me = (await call(volunteer, 'GET', '/api/teams/v1/me')).volunteer_id
  await approved(me)
  const { childId, secret } = await waitingChild()

  tell('the county proposes her')
  const desk = county.page
  await desk.goto(`/console/children/${childId}`)
  await desk.getByTestId('pair-propose-open').click()
  await choose(desk, 'pair-companion', 1)
  if (await desk.getByTestId('pair-sex').count()) await desk.getByTestId('pair-sex').selectOption('family_agrees')
  await choose(desk, 'pair-supervisor-choice', 1)
  await choose(desk, 'pair-deputy-choice', 2)
  await look(desk, 'propose', { fullPage: true })
  await desk.getByTestId('pair-propose').click()
  await desk.locator('[data-testid=pairing][data-state=proposed]').waitFor()
  await look(desk, 'proposed', { fullPage: true })
  const pairing = new URL(desk.url()).pathname.split('/').pop()
  if (await desk.getByTestId('officer-yes').count()) throw new Error('who proposed can also agree')

  tell('on her phone: a PIN first, then a given name, an age, a village; she agrees')
  const phone = volunteer.page
  await phone.goto('/mine')
  await phone.getByTestId('link-pairings').click()
  await pin(phone, '2580')
  await pin(phone, '2580')
  await phone.getByTestId('my-pairing').waitFor()
  await look(phone, 'mine', { fullPage: true })
  await phone.getByTestId('my-pairing').click()
  await phone.getByTestId('pair-asked').waitFor()
  const shown = await phone.locator('body').innerText()
  if (!shown.includes('小明') || /金小明|码头村东头|张红|13900001234/.test(shown)) throw new Error(`a proposal shows: ${shown}`)
  await look(phone, 'asked', { fullPage: true })
  await phone.getByTestId('pair-yes').click()
  await phone.getByTestId('pair-said-yes').waitFor()

  tell('the mother is told who it is, and agrees by her link')
  const hers = mother.page
  const link = `/consent#${secret}`
  await asMother(hers, link)
  await hers.locator('[data-testid=consent-companion][data-waits=true]').waitFor()
  if (/留守|困难/.test(await hers.locator('body').innerText())) throw new Error('a word that family-facing pages never say')
  await look(hers, 'mother', { fullPage: true })
  await hers.getByTestId('companion-yes').click()
  await hers.locator('[data-testid=consent-companion][data-waits=false]').waitFor()

  tell('the city is the other officer; the trial begins')
  await city.page.goto('/console/pairings')
  await city.page.getByTestId('pair-row').waitFor()
  await look(city.page, 'desk', { fullPage: true })
  await city.page.getByTestId('pair-row').getByRole('link').click()
  await city.page.getByTestId('officer-yes').click()
  await city.page.locator('[data-testid=pairing][data-state=trial]').waitFor()
  await look(city.page, 'trial', { fullPage: true })

  tell('now the page shows the address, after the PIN')
  await phone.getByTestId('pair-shut').click()
  await pin(phone, '1357')
  await phone.getByTestId('failure').waitFor()
  await pin(phone, '2580')
  await phone.getByTestId('pair-address').filter({ hasText: '码头村东头' }).waitFor()
  await look(phone, 'trial-phone', { fullPage: true })
  if ((await phone.evaluate(() => document.documentElement.scrollWidth)) > 390) throw new Error('wider than the phone')

  tell('in large type and in English it fits the phone, too')
  for (const [name, set, unset] of [
    ['elder', (p) => p.getByTestId('elder').click(), (p) => p.getByTestId('elder').click()],
    ['en', (p) => p.locator('#language').selectOption('en'), (p) => p.locator('#language').selectOption('zh-CN')],
  ]) {
    await phone.goto('/mine')
    await set(phone)
    await phone.goto(`/pairings/${pairing}`)
    await phone.getByTestId('pair-address').waitFor()
    await look(phone, `trial-${name}`, { fullPage: true })
    if ((await phone.evaluate(() => document.documentElement.scrollWidth)) > 390) throw new Error(`${name}: wider than the phone`)
    await phone.goto('/mine')
    await unset(phone)
  }
  await phone.goto(`/pairings/${pairing}`)
  await phone.getByTestId('pair-address').waitFor()

  tell('the supervisor is away: the city stands in; the mother sees who read')
  await desk.reload()
  const today = day(await now())
  await desk.getByTestId('away-from').fill(today)
  await desk.getByTestId('away-until').fill(today)
  await desk.getByTestId('away-save').click()
  await desk.getByTestId('pairing-away').waitFor()
  await look(desk, 'away', { fullPage: true })
  await asMother(hers, link)
  await hers.getByTestId('consent-readers').click()
  await hers.locator('[data-testid=opening][data-basis=pairing]').first().waitFor()

  tell('she takes her consent back, and the page on the other phone closes')
  const url = `/api/pairings/v1/pairings/mine/${pairing}`
  if ((await status(volunteer, url)) !== 200) throw new Error('control: it is readable')
  await phone.getByTestId('pair-address').waitFor()
  await hers.getByTestId('consent-withdraw').click()
  const withdrawn = hers.waitForResponse((r) => r.url().endsWith('/consent-links/answer'))
  await hers.getByTestId('consent-withdraw').click()
  await withdrawn
  const began = Date.now()
  await phone.getByTestId('pair-address').waitFor({ state: 'detached' })
  within(2000, began, 'the address was gone from the open page')
  if ((await status(volunteer, url)) !== 404) throw new Error('it can still be read')
  await phone.getByTestId('pair-none').waitFor()
  await look(phone, 'closed', { fullPage: true })
  await desk.reload()
  await desk.getByTestId('pairing-closed').waitFor()
  await look(desk, 'closed-desk', { fullPage: true })

  async function approved(me) {
    await call(volunteer, 'PATCH', '/api/teams/v1/me/profile', { id_number: '410621196505201229' })
    const { companion_id } = await call(volunteer, 'POST', '/api/pairings/v1/companions', { region_code: '410621', about: '退休教师，周末有空。' })
    await call(volunteer, 'PUT', '/api/pairings/v1/companions/mine/signature', { version: 1 })
    const today = day(await now())
    await call(city, 'POST', `/api/teams/v1/volunteers/${me}/qualifications`, { kind: 'companion_training', issuer: '浚县妇联', issued_on: today })
    const leader = (await call(third, 'GET', '/api/teams/v1/me')).volunteer_id
    await call(city, 'POST', '/api/teams/v1/staff-grants', { volunteer_id: leader, role: 'coordinator', region_code: '410621', reason: '参加面谈' })
    const at = `/api/pairings/v1/companions/${companion_id}`
    await call(county, 'PUT', `${at}/offence-check`)
    await call(county, 'POST', `${at}/evidence`, { kind: 'offence', passed: true, held_on: today, archive: '3-12' })
    await call(county, 'POST', `${at}/evidence`, { kind: 'interview', passed: true, held_on: today, note: '有耐心，家里人支持。' })
    await third.page.reload()
    await keepSecondFactor(third)
    await call(third, 'POST', `${at}/evidence`, { kind: 'interview', passed: true, held_on: today, note: '有耐心，家里人支持。' })
    await until('everything is there', async () => (await call(city, 'GET', '/api/pairings/v1/companions')).items[0].gates.every((g) => g.good))
    await call(city, 'PUT', `${at}/decision`, { approved: true })
  }

  async function waitingChild() {
    const { child_id } = await call(county, 'POST', '/api/pairings/v1/children', {
      region_code: '410621', sex: 'male', name: '金小明', born_on: '2016-03-01', address: '码头村东头第三排', reason: '父母在外地务工，由奶奶照看。',
    })
    const at = `/api/pairings/v1/children/${child_id}`
    await call(county, 'PUT', `${at}/case`)
    await call(county, 'PUT', `${at}/details`, {
      guardian: { name: '张红', relation: '母亲', phone: '13900001234', place: '浙江义乌' }, school: { name: '屯子镇中心小学', grade: '四年级', term: '2026 秋' }, needs: ['study'], companion_sex: 'any',
    })
    const { secret } = await call(county, 'POST', `${at}/consent-link`)
    await mother.page.goto('/sign-in') // any page of ours, from which she may ask
    await call(mother, 'POST', '/api/pairings/v1/consent-links/answer', { secret, digits: '1234', answer: 'agree', for_data: true, for_pairing: true })
    await call(county, 'PUT', `${at}/wish`, { wants: true, talked_on: day(await now()), words: '想有人陪我看书' })
    return { childId: child_id, secret }
  }
})

async function asMother(page, link) {
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByTestId('consent-digits').fill('1234')
  await page.getByTestId('consent-prove').click()
}

async function choose(page, testid, index) {
  await page.getByTestId(testid).locator('option').nth(index).waitFor({ state: 'attached' })
  await page.getByTestId(testid).selectOption({ index })
}

async function pin(page, digits) {
  for (const d of digits) await page.getByTestId(`pin-${d}`).click()
  await page.getByTestId('pin-done').click()
}

function status({ page }, address) {
  return page.evaluate(async (address) => (await fetch(address)).status, address)
}
