// Authority comes and goes: an administrator finds 浚县 by its initials, gives a
// volunteer authority over it, who sees the federation's pages at once; it is
// withdrawn, and they are gone while they are being looked at. A 妇女之家 is
// registered on the way, and what has stopped between the parts is tried again.
import { atDesk, keepSecondFactor, look, signIn, story, tell, until, withPhone } from './browser.mjs'

await story(async () => {
  const officer = await atDesk('市妇联')
  const volunteer = await withPhone('志愿者')
  const desk = officer.page

  tell('a volunteer is signed in and has nothing of the federation’s')
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  await volunteer.page.goto('/console')
  await volunteer.page.waitForURL((url) => url.pathname === '/today')

  tell('the administrator opens 设置 and finds 浚县 by xx')
  await signIn(officer, process.env.QIHE_OFFICER)
  await keepSecondFactor(officer) // authority is given with one only
  await desk.goto('/console/settings')
  await desk.getByTestId('settings-regions').waitFor()
  await look(desk, 'settings')
  await desk.getByTestId('settings-regions').click()
  await desk.getByTestId('region-name').waitFor()
  await desk.getByTestId('region-search').fill('xx')
  await desk.getByTestId('region-found').first().waitFor()
  await look(desk, 'regions-search')
  await desk.locator('[data-testid="region-found"][data-code="410621"]').click()
  await desk.locator('[data-testid="region-name"][data-code="410621"]').waitFor()
  await look(desk, 'regions')
  await desk.getByTestId('region-new_below').click()
  await desk.getByTestId('region-code').fill('410621499')
  await desk.getByTestId('region-new-name').fill('新区街道')
  await desk.getByTestId('reason').fill('省政府批复新设')
  await look(desk, 'regions-new')
  await desk.getByTestId('save').click()
  await desk.locator('[data-testid="region-below"][data-code="410621499"]').waitFor()

  tell('she gives the volunteer authority over 浚县')
  await desk.goto('/console/settings/grants')
  await desk.getByTestId('grant').first().waitFor()
  await look(desk, 'grants')
  await desk.getByTestId('grant-new').click()
  await desk.getByTestId('grant-typed').fill(process.env.QIHE_VOLUNTEER)
  await desk.getByTestId('grant-find').click()
  await desk.getByTestId('grant-person').waitFor()
  await desk.getByTestId('grant-role-coordinator').check()
  await desk.getByTestId('grant-region-search').fill('xx')
  await desk.locator('[data-testid="region-found"][data-code="410621"]').click()
  await desk.getByTestId('grant-reason').fill('县妇联聘任')
  await look(desk, 'grant-form', { fullPage: true })
  await desk.getByTestId('grant-submit').click()
  await desk.getByTestId('grant-said').waitFor()
  const given = Date.now()

  tell('within two seconds the volunteer may, and the next page is the federation’s')
  await until('the authority', async () => (await overview(volunteer)) === 200)
  within(given, 'the authority was there')
  await volunteer.page.goto('/console/settings/offices')
  await volunteer.page.getByTestId('list-row').first().waitFor()
  await look(volunteer.page, 'offices-phone')

  tell('and registers a 妇女之家 there')
  await volunteer.page.getByTestId('office-new').click()
  await volunteer.page.getByTestId('office-name').fill('新区街道妇女之家')
  await volunteer.page.getByTestId('office-region-search').fill('xqjd')
  await volunteer.page.locator('[data-testid="region-found"][data-code="410621499"]').click()
  await volunteer.page.getByTestId('office-address').fill('新区街道党群服务中心二楼')
  await volunteer.page.getByTestId('office-demonstration').selectOption('county')
  await look(volunteer.page, 'office-form-phone', { fullPage: true })
  await volunteer.page.getByTestId('save').click()
  await volunteer.page.getByTestId('saved').waitFor()
  await desk.goto('/console/settings/offices')
  await desk.getByTestId('list-search').fill('xqjd')
  await desk.getByTestId('list-row').filter({ hasText: '新区街道妇女之家' }).waitFor()
  await look(desk, 'offices')
  await desk.goto('/console/settings/units')
  await desk.getByTestId('unit').first().waitFor()
  await desk.getByTestId('unit-rename').first().click()
  await look(desk, 'units')

  tell('the authority is withdrawn, and the page that is open says so kindly')
  await volunteer.page.goto('/console/overview')
  await volunteer.page.getByTestId('figure-minutes_today').waitFor()
  await desk.goto('/console/settings/grants')
  const line = desk.locator('[data-testid="grant"][data-state="active"]').first() // newest first
  await line.getByTestId('grant-withdraw').click()
  await desk.getByTestId('grant-end-reason').fill('聘期结束')
  await desk.getByTestId('grant-withdraw-confirm').click()
  await desk.getByTestId('grant-said').waitFor()
  const withdrawn = Date.now()
  await until('the refusal', async () => (await overview(volunteer)) === 404)
  within(withdrawn, 'the authority was gone')
  await volunteer.page.getByTestId('authority-ended').waitFor()
  await look(volunteer.page, 'authority-ended')
  await desk.getByTestId('grants-over').click()
  await desk.locator('[data-testid="grant"][data-state="withdrawn"]').first().waitFor()
  await look(desk, 'grants-over')
  tell('three events have stopped; two of one cause are tried again and go through')
  await fetch(`${process.env.QIHE_CONTROL}/bury`, { method: 'POST' })
  await desk.goto('/console/settings/dead-letters')
  const mended = desk.locator('[data-testid="dead-cause"][data-cause="conflict"]')
  const broken = desk.locator('[data-testid="dead-cause"][data-cause="unreadable"]')
  await mended.waitFor()
  await look(desk, 'dead-letters', { fullPage: true })
  if ((await volunteer.page.evaluate(async () => (await fetch('/api/hours/v1/dead-letters')).status)) !== 403) throw new Error('a volunteer sees what has stopped')
  await mended.getByTestId('dead-all').click()
  await desk.getByTestId('dead-said').waitFor()
  await mended.waitFor({ state: 'detached' })
  if ((await desk.getByTestId('dead-redriven').count()) !== 2) throw new Error('two went through, and the page says otherwise')

  tell('one that can never be read fails once more, and the page says who asked')
  await broken.getByTestId('dead-all').click()
  await broken.getByTestId('dead-asked').filter({ hasText: '又没有做成' }).waitFor()
  await look(desk, 'dead-letters-after', { fullPage: true })
  for (const [name, path] of [['dead-letters', 'dead-letters'], ['regions', 'regions?at=410621'], ['units', 'units'], ['grants', 'grants'], ['settings', '']]) {
    await desk.setViewportSize({ width: 390, height: 844 })
    await desk.goto(`/console/settings/${path}`)
    await desk.getByTestId('nav-settings').waitFor()
    await until('the page to be read', () => desk.evaluate(() => document.querySelector('[aria-busy]') === null && document.querySelector('h1') !== null))
    await look(desk, `${name}-phone`)
  }
})

// overview asks for the figures of 浚县 as the person's page would, and returns the status.
function overview({ page }) {
  return page.evaluate(async () => (await fetch('/api/hours/v1/overview?region=410621')).status)
}

// within says no when something took more than two seconds.
function within(since, what) {
  const took = Date.now() - since
  tell(`${what} within ${took} ms`)
  if (took > 2000) throw new Error(`${what} only after ${took} ms`)
}
