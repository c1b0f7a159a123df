// Every page in every state that people meet, looked at on a phone, on a
// desk, at the largest type and in elder mode. What must always be so is
// asserted (checks.mjs); the pictures are for a person to read.
import { askForCode, at, atDesk, call, day, enterCode, keepSecondFactor, leapTo, now, signIn, story, tell, withPhone } from './browser.mjs'
import { codeAt } from './gate_help.mjs'
import { desk, faults, oneVoice, phone, see, seeOnce } from './sight.mjs'

await story(async () => {
  tell('an officer whose clock is fast hears that one of two is wrong, and what to do; another hears nothing')
  await twoClocks()

  const date = day(new Date((await now()).getTime() + 48 * 3600_000)) // on which the team of the accounts reads in the afternoon
  await leapTo(at(date, '07:40'))
  const volunteer = await withPhone('志愿者')
  const leader = await withPhone('队长')
  const officer = await atDesk('市妇联')
  const county = await atDesk('浚县妇联')
  const go = ({ page }, path, testid) => page.goto(path).then(() => testid && page.getByTestId(testid).first().waitFor())
  const tap = ({ page }, testid) => page.getByTestId(testid).first().click()

  tell('signing in, with a wrong code first and by keyboard')
  await go(volunteer, '/sign-in')
  await see(volunteer, 'sign-in')
  await keyboard(volunteer.page)
  await askForCode(volunteer, process.env.QIHE_VOLUNTEER)
  await see(volunteer, 'sign-in-code')
  await volunteer.page.getByTestId('sign-in-code').fill('000000')
  await tap(volunteer, 'sign-in-submit')
  await volunteer.page.getByTestId('failure').waitFor()
  await see(volunteer, 'sign-in-wrong-code')
  await enterCode(volunteer, process.env.QIHE_VOLUNTEER)
  await signIn(leader, process.env.QIHE_LEADER)

  tell('in the morning the leader posts an activity')
  await see(leader, 'leader-today')
  await tap(leader, 'new-task')
  await leader.page.getByTestId('task-title').waitFor()
  await see(leader, 'new-task')
  await tap(leader, 'publish')
  await see(leader, 'new-task-errors')
  for (const [field, value] of Object.entries({
    'task-title': '淇河岸边捡拾垃圾', 'task-place': '淇水湾东门', 'shift-start': '08:30', 'shift-end': '11:00', 'shift-capacity': '1',
    'shift-date': date, 'task-risks': '岸边湿滑，请穿防滑鞋，远离水边', 'task-bring': '手套、水杯', 'task-contact-phone': '15400000002',
  })) await leader.page.getByTestId(field).fill(value)
  await leader.page.getByTestId('task-programme').selectOption({ label: '保护淇河' })
  await tap(leader, 'publish')
  await leader.page.getByTestId('published').waitFor()
  await see(leader, 'published')
  await oneVoice(leader, 'published')
  await tap(leader, 'poster-open')
  await leader.page.getByTestId('poster').waitFor()
  await see(leader, 'poster')
  const own = new URL(leader.page.url()).pathname
  const full = (await call(leader, 'GET', `/api/tasks/v1${own}`)).shifts[0].shift_id
  await call(leader, 'POST', `/api/tasks/v1/shifts/${full}/sign-ups`)
  const me = await call(leader, 'GET', '/api/teams/v1/me')
  const { items: programmes } = await call(leader, 'GET', '/api/tasks/v1/programmes')
  const draft = await call(leader, 'POST', '/api/tasks/v1/tasks', { team_id: me.memberships[0].team_id, programme_id: programmes[0].programme_id, title: '腊月里给老人送饺子' })
  await go(leader, `/tasks/${draft.task_id}`)
  await see(leader, 'task-draft')

  tell('the volunteer looks around, signs up and gives a place back')
  await go(volunteer, '/today', 'shift-card')
  await see(volunteer, 'today')
  const shift = await volunteer.page.getByTestId('shift-card').first().getAttribute('data-shift-id')
  await tap(volunteer, 'tab-find')
  await volunteer.page.getByTestId('shift-card').first().waitFor()
  await see(volunteer, 'find')
  await volunteer.page.locator('select').nth(1).selectOption({ label: '浚县' })
  await volunteer.page.getByRole('button', { name: '明天' }).click()
  await see(volunteer, 'find-filtered')
  const free = (await call(volunteer, 'GET', '/api/tasks/v1/shifts?limit=50')).items.find((s) => !s.sign_up && s.taken < s.capacity && s.shift_id !== full)
  await go(volunteer, `/tasks/${free.task_id}?shift=${free.shift_id}`, 'sign-up')
  await see(volunteer, 'task')
  await tap(volunteer, 'sign-up')
  await volunteer.page.getByTestId('withdraw').waitFor()
  await see(volunteer, 'task-signed-up')
  await oneVoice(volunteer, 'task-signed-up')
  await tap(volunteer, 'withdraw')
  await volunteer.page.getByTestId('withdraw-reason').fill('家里有事')
  await see(volunteer, 'task-withdraw')
  await tap(volunteer, 'withdraw-confirm')
  await volunteer.page.getByTestId('sign-up').waitFor()
  await see(volunteer, 'task-withdrawn')
  await go(volunteer, own)
  await see(volunteer, 'task-full')
  await go(volunteer, `/check-in/${shift}`)
  await see(volunteer, 'check-in-early')

  tell('hours, and how one likes to read')
  await go(volunteer, '/mine', 'entry-row')
  await tap(volunteer, 'entry-row')
  await see(volunteer, 'mine')
  await go(volunteer, '/mine/notices', 'want-task.published')
  await see(volunteer, 'notices')
  await go(volunteer, '/nowhere')
  await see(volunteer, 'not-found')
  await go(volunteer, '/unreachable')
  await see(volunteer, 'unreachable')

  tell('at 14:50 people gather, and the leader calls the roll')
  await leapTo(at(date, '14:50'))
  await go(volunteer, '/today', 'to-check-in')
  await see(volunteer, 'today-awake')
  await go(volunteer, `/check-in/${shift}`, 'digits')
  await see(volunteer, 'check-in-digits')
  await go(volunteer, `/c/${shift}/${'A'.repeat(16)}`, 'claim')
  await tap(volunteer, 'claim')
  await volunteer.page.getByTestId('failure').waitFor()
  await see(volunteer, 'check-in-expired')
  await go(leader, `/shifts/${shift}/on-site`, 'roll-call')
  await scan(volunteer)
  await see(volunteer, 'check-in')
  await tap(volunteer, 'claim')
  await volunteer.page.getByTestId('claim-result').waitFor()
  await see(volunteer, 'checked-in')
  await oneVoice(volunteer, 'checked-in')
  const called = []
  for (let here = 2; here <= 5; here++) {
    const who = await leader.page.locator('[data-testid=roll-line][data-state=expected]').first().getAttribute('data-volunteer-id')
    await leader.page.locator(`[data-volunteer-id="${who}"] [data-testid=roll-call]`).click()
    await leader.page.locator(`[data-volunteer-id="${who}"][data-state=open]`).waitFor()
    await leader.page.locator(`[data-testid=present-count][data-value="${here}"]`).waitFor()
    called.push(who)
  }
  await go(volunteer, '/today', 'to-check-in')
  await see(volunteer, 'today-present')
  const later = (await call(leader, 'GET', '/api/tasks/v1/me/led-shifts')).items.find((l) => Date.parse(l.shift.starts_at) > at(date, '23:59').getTime()).shift.shift_id
  await signIn(county, process.env.QIHE_COUNTY_OFFICER)
  await go(county, `/c/${shift}/${'A'.repeat(16)}`, 'claim')
  await see(county, 'check-in-not-signed-up')

  tell('at 16:55 they go; the leader confirms')
  await leapTo(at(date, '16:55'))
  await go(leader, `/shifts/${shift}/on-site`, 'roll-call')
  const self = (await call(leader, 'GET', '/api/teams/v1/me')).volunteer_id
  for (const who of called.filter((id) => id !== self).slice(0, 2)) { // not the volunteer, who scans when she goes
    await leader.page.locator(`[data-testid=roll-line][data-state=open][data-volunteer-id="${who}"] button`).click()
    await leader.page.locator(`[data-volunteer-id="${who}"][data-state=closed]`).waitFor()
  }
  await leader.page.locator('[data-testid=present-count][data-value="3"]').waitFor()
  await see(leader, 'on-site')
  await scan(volunteer)
  await see(volunteer, 'check-out')
  await tap(volunteer, 'claim')
  await volunteer.page.locator('[data-testid=claim-result][data-state=closed]').waitFor()
  await see(volunteer, 'checked-out')
  await leapTo(at(date, '17:05'))
  await go(leader, '/today', 'led-card')
  await see(leader, 'leader-today-after')
  await go(leader, `/shifts/${later}/on-site`)
  await see(leader, 'on-site-early')
  await elderly()
  await go(leader, `/shifts/${shift}/confirm`, 'confirm-line')
  await tap(leader, 'set-end')
  await tap(leader, 'object')
  await see(leader, 'confirm')
  await tap(leader, 'confirm-submit')
  await see(leader, 'confirm-errors')
  await leader.page.getByTestId('decision-reason').last().fill('中途离开')
  await leader.page.getByTestId('people-served').fill('36')
  await tap(leader, 'confirm-submit')
  await leader.page.getByTestId('confirm-result').waitFor()
  await see(leader, 'confirmed')
  await oneVoice(leader, 'confirmed')

  tell('the federation looks at the city, a county and the boards')
  await signIn(officer, process.env.QIHE_OFFICER)
  await consolePages()
  if (faults.length > 0) throw new Error(`what people would stumble over:\n${faults.join('\n')}`)

  // keyboard goes through the sign-in form by Tab; where one is must show.
  async function keyboard(page) {
    await page.getByTestId('sign-in-phone').fill('15400000000')
    for (const testid of ['sign-in-phone', 'sign-in-send']) {
      const focused = await page.evaluate(() => ({ testid: document.activeElement?.dataset.testid, line: getComputedStyle(document.activeElement).outlineWidth }))
      if (focused.testid !== testid || parseFloat(focused.line) < 2) faults.push(`sign-in by keyboard: ${JSON.stringify(focused)} instead of ${testid}`)
      await page.keyboard.press('Tab')
    }
  }

  // scan follows the link that the leader's code carries at this moment.
  async function scan(who) {
    await go(who, await (await codeAt(leader.page)).getAttribute('data-href'), 'claim')
  }

  // elderly reads the pages once in elder mode, and in English.
  async function elderly() {
    await go(volunteer, '/mine', 'elder')
    await tap(volunteer, 'elder')
    for (const [name, path] of Object.entries({ today: '/today', find: '/find', task: `/tasks/${free.task_id}`, mine: '/mine', 'checked-out': `/check-in/${shift}`, corrections: '/corrections', certificates: '/mine/certificates', companion: '/companion', aid: '/aid', wishes: '/wishes', contacts: '/contacts', 'need-help': '/need-help', 'check-certificate': '/v' })) {
      await go(volunteer, path)
      await volunteer.page.locator('h1').first().waitFor()
      await seeOnce(volunteer, `${name}-elder`, phone, 44)
    }
    await go(leader, '/mine', 'elder')
    await tap(leader, 'elder')
    for (const [name, path] of Object.entries({ 'leader-today': '/today', 'new-task': '/tasks/new', 'on-site': `/shifts/${shift}/on-site`, confirm: `/shifts/${shift}/confirm` })) {
      await go(leader, path)
      await leader.page.locator('h1').first().waitFor()
      await seeOnce(leader, `${name}-elder`, phone, 44)
    }
    await go(volunteer, '/mine', 'elder')
    await tap(volunteer, 'elder')
    await volunteer.page.locator('#language').selectOption('en')
    for (const [name, path] of Object.entries({ today: '/today', find: '/find', task: `/tasks/${free.task_id}`, mine: '/mine', companion: '/companion', aid: '/aid', wishes: '/wishes', contacts: '/contacts', 'need-help': '/need-help' })) {
      await go(volunteer, path)
      await volunteer.page.locator('h1').first().waitFor()
      await seeOnce(volunteer, `${name}-en`, phone, 44)
    }
    await go(leader, '/mine', 'elder')
    await tap(leader, 'elder')
  }

  async function consolePages() {
    for (const [who, name, path] of [
      [officer, 'overview', '/console/overview'],
      [county, 'overview-county', '/console/overview'],
      [officer, 'boards-volunteers', '/console/boards?period=this-month'],
      [officer, 'boards-teams', '/console/boards?subject=team&period=this-year'],
      [officer, 'boards-programme', `/console/boards?subject=team&scope=programme:${programmes[0].programme_id}&period=all`],
      [county, 'boards-county', '/console/boards?subject=volunteer&period=this-quarter'],
    ]) {
      await go(who, path)
      await who.page.locator('h1').first().waitFor()
      await seeOnce(who, `${name}-390`, phone, 0)
      await seeOnce(who, `${name}-1440`, desk, 0)
    }
    for (const page of ['screens', 'reports', 'publicity', 'overlaps', 'corrections', 'certificates', 'national', 'settings/day-caps', 'settings/contact-plans', 'settings/stars']) {
      await go(officer, `/console/${page}`)
      await officer.page.locator('h1').first().waitFor()
      await seeOnce(officer, `${page.replace('/', '-')}-1440`, desk, 0)
    }
    await keepSecondFactor(officer) // pages of children ask for one
    for (const page of ['children', 'children/lists', 'purposes', 'purposes/months', 'companions', 'concerns', 'aid', 'goods', 'wishes', 'matching', 'contacts', 'pairings']) { // looked at on the way, too
      await go(officer, `/console/${page}`)
      await officer.page.locator('h1').first().waitFor()
      await seeOnce(officer, `${page.replace('/', '-')}-390`, phone, 0)
      await seeOnce(officer, `${page.replace('/', '-')}-1440`, desk, 0)
    }
    await go(officer, '/console/boards?period=this-month')
    await officer.page.getByRole('button', { name: 'English' }).click()
    await seeOnce(officer, 'boards-en-1440', desk, 0)
  }
})

// twoClocks comes before any leap: in a city on another day nothing is compared.
async function twoClocks() {
  for (const minutes of [7, 0]) {
    const who = await atDesk('县妇联', undefined, { ownClock: true })
    await who.context.clock.install({ time: new Date(Date.now() + minutes * 60_000) })
    await signIn(who, process.env.QIHE_COUNTY_OFFICER)
    const answered = who.page.waitForResponse((res) => res.url().endsWith('/api/portal/v1/site') && res.ok())
    await who.page.goto('/console/overview')
    await answered
    await who.page.getByTestId('site-foot').waitFor()
    const notices = await who.page.getByTestId('clock-notice').count()
    if (notices !== (minutes > 0 ? 1 : 0)) faults.push(`a clock that is ${minutes} minutes fast: ${notices} notices`)
    if (minutes > 0) {
      await seeOnce(who, 'clock-390', phone, 0)
      await seeOnce(who, 'clock-1440', desk, 0)
    }
    await who.context.close()
  }
}
