// From an application on the phone to a companion parent. She registers her paper,
// applies, and signs the code; the county asks for the check and records it, two
// talk with her, and a third approves. Whoever interviewed cannot.
import { atDesk, atLocalhost, call, day, keepSecondFactor, look, now, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const third = await atDesk('队长', atLocalhost)
  const volunteer = await withPhone('志愿者')
  await Promise.all([
    signIn(county, process.env.QIHE_COUNTY_OFFICER),
    signIn(city, process.env.QIHE_OFFICER),
    signIn(third, process.env.QIHE_LEADER),
    signIn(volunteer, process.env.QIHE_VOLUNTEER),
  ])
  const me = (await call(volunteer, 'GET', '/api/teams/v1/me')).volunteer_id
  await call(volunteer, 'PATCH', '/api/teams/v1/me/profile', { id_number: '410621196505201229' })

  tell('she applies: one page')
  await volunteer.page.goto('/mine')
  await volunteer.page.getByTestId('link-companion').click()
  await volunteer.page.getByTestId('comp-region-search').fill('xx')
  await volunteer.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await volunteer.page.getByTestId('comp-about').fill('退休教师，周末有空，想陪孩子写作业。')
  await look(volunteer.page, 'apply', { fullPage: true })
  await volunteer.page.getByTestId('comp-apply').click()
  await volunteer.page.locator('[data-testid="gate-identity"][data-good="true"]').waitFor()

  tell('she signs the code')
  await volunteer.page.getByTestId('comp-sign').click()
  await volunteer.page.locator('[data-testid="gate-conduct"][data-good="true"]').waitFor()
  await look(volunteer.page, 'signed', { fullPage: true })

  tell('her training is known, and a third person looks after the county too')
  await Promise.all([keepSecondFactor(county), keepSecondFactor(city)])
  const today = day(await now())
  await call(city, 'POST', `/api/teams/v1/volunteers/${me}/qualifications`, { kind: 'companion_training', issuer: '浚县妇联', issued_on: today })
  const leader = (await call(third, 'GET', '/api/teams/v1/me')).volunteer_id
  await call(city, 'POST', '/api/teams/v1/staff-grants', { volunteer_id: leader, role: 'coordinator', region_code: '410621', reason: '参加面谈' })

  tell('the county asks for the check, records it, and its view')
  await county.page.goto('/console/companions')
  await county.page.getByTestId('comp-ask').click()
  await county.page.getByTestId('comp-offence').click()
  await county.page.getByTestId('comp-yes').click()
  await county.page.getByTestId('comp-archive').fill('浚县妇联档案柜 3-12')
  await county.page.getByTestId('comp-save').click()
  await county.page.locator('[data-testid="desk-offence"][data-good="true"]').waitFor()
  await interview(county)
  await county.page.getByTestId('desk-interview').filter({ hasText: '1' }).waitFor()
  await look(county.page, 'desk', { fullPage: true })

  tell('another one interviews; then the county cannot approve, and the city does')
  await third.page.reload()
  await keepSecondFactor(third)
  await third.page.goto('/console/companions')
  await interview(third)
  await third.page.locator('[data-testid="desk-interview"][data-good="true"]').waitFor()
  await county.page.reload()
  await county.page.getByTestId('comp-not-me').waitFor()
  await city.page.goto('/console/companions')
  await city.page.getByTestId('comp-open').click()
  await city.page.getByTestId('comp-evidence').filter({ hasText: '有耐心' }).first().waitFor()
  await look(city.page, 'record', { fullPage: true })
  await city.page.getByTestId('comp-approve').click()
  await city.page.getByTestId('comp-show-approved').filter({ hasText: '1' }).waitFor()

  tell('she sees it, and no word of what was written about her')
  await volunteer.page.goto('/companion')
  await volunteer.page.locator('[data-testid="comp-state"][data-state="approved"]').waitFor()
  if ((await volunteer.page.locator('body').innerText()).includes('有耐心')) throw new Error('the page says a note')
  await look(volunteer.page, 'approved', { fullPage: true })
})

async function interview({ page }) {
  await page.getByTestId('comp-interview').click()
  await page.getByTestId('comp-yes').click()
  await page.getByTestId('comp-note').fill('有耐心，家里人支持。')
  await page.getByTestId('comp-save').click()
}
