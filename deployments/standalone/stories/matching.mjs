// 配对台. A child waits whose guardian agreed and who wants somebody; a companion parent is
// approved who can give what it needs. The county has them matched, reads why, refuses
// nothing it need not, and proposes the pair; run again, nobody waits.
import { atDesk, atLocalhost, call, day, keepSecondFactor, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const pairingsOf = '/api/pairings/v1'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const third = await atDesk('队长', atLocalhost)
  const volunteer = await withPhone('志愿者')
  await signIn(county, process.env.QIHE_COUNTY_OFFICER)
  await signIn(city, process.env.QIHE_OFFICER)
  await signIn(third, process.env.QIHE_LEADER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  const today = day(await now())

  tell('a volunteer becomes a companion parent, and says what she can give')
  const me = (await call(volunteer, 'GET', '/api/teams/v1/me')).volunteer_id
  await call(volunteer, 'PATCH', '/api/teams/v1/me/profile', { id_number: '410621196505201229' })
  const { companion_id: companion } = await call(volunteer, 'POST', `${pairingsOf}/companions`, { region_code: '410621', about: '退休教师，周末有空。' })
  await call(volunteer, 'PUT', `${pairingsOf}/companions/mine/signature`, { version: 1 })
  await keepSecondFactor(county)
  await keepSecondFactor(city)
  await call(city, 'POST', `/api/teams/v1/volunteers/${me}/qualifications`, { kind: 'companion_training', issuer: '浚县妇联', issued_on: today })
  const leader = (await call(third, 'GET', '/api/teams/v1/me')).volunteer_id
  await call(city, 'POST', '/api/teams/v1/staff-grants', { volunteer_id: leader, role: 'coordinator', region_code: '410621', reason: '参加面谈' })
  await third.page.reload()
  await keepSecondFactor(third)
  await call(county, 'PUT', `${pairingsOf}/companions/${companion}/offence-check`)
  await call(county, 'POST', `${pairingsOf}/companions/${companion}/evidence`, { kind: 'offence', passed: true, held_on: today, archive: '档案柜 3-12' })
  for (const who of [county, third]) await call(who, 'POST', `${pairingsOf}/companions/${companion}/evidence`, { kind: 'interview', passed: true, held_on: today, note: '有耐心，家里人支持。' })
  await until('everything is there', async () => (await call(city, 'GET', `${pairingsOf}/companions`)).items[0].gates.every((g) => g.good))
  await call(city, 'PUT', `${pairingsOf}/companions/${companion}/decision`, { approved: true })
  await volunteer.page.goto('/companion')
  await volunteer.page.getByTestId('offer-study').click()
  await volunteer.page.getByTestId('offer-company').click()
  await volunteer.page.getByTestId('offers-save').click()
  await volunteer.page.getByTestId('offers-saved').waitFor()
  await look(volunteer.page, 'offers', { fullPage: true })

  tell('a child waits: its guardian agreed by link, and it wants somebody')
  const child = (await call(county, 'POST', `${pairingsOf}/children`, {
    region_code: '410621', sex: 'female', name: '小丽', born_on: '2015-09-01', address: '屯子镇码头村三组', reason: '父母在外地，由奶奶照看',
  })).child_id
  await call(county, 'PUT', `${pairingsOf}/children/${child}/case`)
  await call(county, 'PUT', `${pairingsOf}/children/${child}/details`, {
    guardian: { name: '张红', relation: '母亲', phone: '13900001234', place: '义乌' }, carer: { name: '', relation: '', phone: '', place: '' },
    school: { name: '中心小学', grade: '四年级', term: '2026 秋' }, needs: ['study', 'company'], companion_sex: 'any', note: '',
  })
  const { secret } = await call(county, 'POST', `${pairingsOf}/children/${child}/consent-link`)
  await call(county, 'POST', `${pairingsOf}/consent-links/answer`, { secret, digits: '1234', answer: 'agree', for_data: true, for_pairing: true, for_phone: false })
  await call(county, 'PUT', `${pairingsOf}/children/${child}/wish`, { wants: true, talked_on: today, words: '想有人陪我看书' })

  tell('the county has them matched, and reads why')
  await county.page.goto('/console/matching')
  await county.page.getByTestId('match-region-search').fill('xx')
  await county.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await county.page.getByTestId('match-run').click()
  await county.page.locator('[data-testid=match-result][data-pairs="1"]').waitFor()
  const pair = county.page.getByTestId('pair')
  for (const why of ['offers_study', 'offers_company', 'no_child_yet']) await pair.locator(`[data-reason=${why}]`).waitFor()
  if ((await county.page.locator('body').innerText()).includes('小丽')) throw new Error('the desk says who the child is')
  await look(county.page, 'pairs', { fullPage: true })

  tell('it proposes the pair; then nobody waits')
  await pair.getByTestId('pair-accept').click()
  await pair.getByTestId('pair-supervisor').selectOption({ index: 1 })
  await pair.getByTestId('pair-deputy').selectOption({ index: 2 })
  await look(county.page, 'proposing', { fullPage: true })
  await pair.getByTestId('pair-propose').click()
  await county.page.getByTestId('match-show-decided').filter({ hasText: '1' }).waitFor()
  await county.page.getByTestId('match-show-decided').click()
  await county.page.locator('[data-testid=pair][data-decision=accepted]').waitFor()
  await look(county.page, 'accepted', { fullPage: true })
  await county.page.getByTestId('match-run').click()
  await county.page.locator('[data-testid=match-result][data-pairs="0"]').waitFor()
})
