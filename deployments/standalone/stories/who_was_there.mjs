// Who was there, and who says so: on the spot with taps, a mistake taken back
// and somebody who had not signed up; afterwards with what was forgotten,
// entered and said; at night, when the city is looked at; and with a phone that
// compares places because its owner agreed.
import { at, atDesk, call, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'
import { codeAt } from './gate_help.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const officer = await atDesk('市妇联')
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))

  tell('a shift for tomorrow at nine, one at the same time, and one at eleven; the volunteer signs up for two')
  await signIn(leader, process.env.QIHE_LEADER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  const me = await call(volunteer, 'GET', '/api/teams/v1/me')
  const nine = await post('淇河岸边捡拾垃圾', '09:00', '10:00', 2)
  const same = await post('给社区老人读报', '09:00', '10:00', 5)
  const eleven = await post('清理小广告', '11:00', '12:00', 5)
  for (const shift of [nine, eleven]) await call(volunteer, 'POST', `/api/tasks/v1/shifts/${shift}/sign-ups`)
  await call(leader, 'POST', `/api/tasks/v1/shifts/${nine}/sign-ups`)

  tell('at nine she taps the volunteer, by mistake; takes it back; and taps again')
  await leapTo(at(date, '09:02'))
  await leader.page.goto(`/shifts/${nine}/on-site`)
  const present = leader.page.getByTestId('present-count')
  const line = leader.page.locator(`[data-testid=roll-line][data-volunteer-id="${me.volunteer_id}"]`)
  await line.getByTestId('roll-call').click()
  await shows(present, 1)
  await look(leader.page, 'tapped', { fullPage: true })
  await line.getByTestId('undo-tap').click()
  await line.and(leader.page.locator('[data-state=expected]')).waitFor() // the count may be quicker than the line
  await line.getByTestId('roll-call').click()
  await shows(present, 1)

  tell('two members came without having signed up: one tap each, beyond the seats')
  await leader.page.getByTestId('walk-in').click()
  for (const n of [2, 3]) {
    const who = await leader.page.getByTestId('pick').first().getAttribute('data-volunteer-id')
    const pick = leader.page.locator(`[data-testid=pick][data-volunteer-id="${who}"]`)
    await pick.click()
    await shows(present, n)
    await pick.waitFor({ state: 'detached' }) // the count may be quicker than the list
  }
  await look(leader.page, 'walk-in')
  await leader.page.getByTestId('walk-in-close').click()
  await leader.page.getByTestId('over').waitFor()
  await leader.page.getByTestId('walk-in-sheet').waitFor({ state: 'hidden' })
  await look(leader.page, 'on-site', { fullPage: true })
  await elder(leader.page, 'on-site-elder')
  const members = (await call(leader, 'GET', `/api/teams/v1/teams/${await led()}/members`)).items
  for (const volunteer_id of [me.volunteer_id, members[members.length - 1].volunteer_id]) {
    await call(leader, 'POST', '/api/tasks/v1/claims', { claim_id: crypto.randomUUID(), shift_id: same, kind: 'in', volunteer_id, walk_in: true })
  }

  tell('nobody checks out; minutes after the end the leader reads who forgot, and nothing is credited')
  await leapTo(at(date, '10:01'))
  await until('what was forgotten', async () => (await call(leader, 'GET', `/api/tasks/v1/shifts/${nine}/roster`)).counts.forgotten === 3)
  await leader.page.goto(`/shifts/${nine}/confirm`)
  const forgot = leader.page.getByTestId('confirm-line')
  await until('three lines', async () => (await forgot.count()) === 3)
  for (const i of [0, 1, 2]) await forgot.nth(i).getByTestId('set-end').click()
  await look(leader.page, 'confirm', { fullPage: true })
  await elder(leader.page, 'confirm-elder')

  tell('one more is entered who had no phone; then all are confirmed with one number')
  await leader.page.getByTestId('enter-open').click()
  await leader.page.getByTestId('enter-sheet').getByTestId('pick').first().click()
  await leader.page.getByTestId('enter-reason').fill('没有手机')
  await look(leader.page, 'enter')
  await leader.page.getByTestId('enter-send').click()
  await leader.page.getByTestId('entered').waitFor()
  await leader.page.getByTestId('people-served').fill('30')
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.locator('[data-testid=confirm-result][data-confirmed="4"]').waitFor()
  await look(leader.page, 'confirmed', { fullPage: true })

  tell('the volunteer was at eleven and nobody saw it: she says so, and the leader takes her word')
  await leapTo(at(date, '12:10'))
  await volunteer.page.goto(`/shifts/${eleven}/declare`)
  await volunteer.page.getByTestId('declare-word').fill('和李姐一组，清了西街')
  await look(volunteer.page, 'declare')
  await volunteer.page.getByTestId('declare-send').click()
  await volunteer.page.getByTestId('declared').waitFor()
  await leader.page.goto(`/shifts/${eleven}/confirm`)
  await leader.page.getByTestId('accept').click()
  await look(leader.page, 'own-word', { fullPage: true })
  await leader.page.getByTestId('people-served').fill('0')
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.locator('[data-testid=confirm-result][data-confirmed="1"]').waitFor()

  tell('she was tapped at two places at once: at night that is found, she says a sentence, an officer decides')
  const double = (await call(leader, 'GET', `/api/tasks/v1/shifts/${same}/roster`)).lines.find((l) => l.volunteer_id === me.volunteer_id)
  await call(leader, 'POST', `/api/tasks/v1/shifts/${same}/confirm`, { people_served: 0, decisions: [{ attendance_id: double.attendance_id, verdict: 'set_end', ended_at: at(date, '10:00').toISOString(), reason: '忘了签退' }] })
  await leapTo(at(day(new Date(at(date, '09:00').getTime() + 24 * 3600_000)), '02:01'))
  await until('the question', async () => (await call(volunteer, 'GET', '/api/tasks/v1/me/anomalies')).items.length > 0)
  await volunteer.page.goto('/mine/questions')
  await volunteer.page.getByTestId('question-answer').first().fill('先去了河边，后来到社区帮忙')
  await look(volunteer.page, 'question', { fullPage: true })
  await volunteer.page.getByTestId('question-send').first().click()
  await volunteer.page.locator('[data-testid=question][data-state=answered]').waitFor()
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/console/verify')
  await officer.page.getByTestId('verify-about').waitFor()
  await look(officer.page, 'verify')
  await officer.page.keyboard.press('d')
  await officer.page.getByTestId('verify-reason').fill('给队长打过电话，前后脚两处都在')
  await look(officer.page, 'verify-decide')
  await officer.page.getByTestId('verify-send').click()
  await officer.page.getByTestId('verify-done').waitFor()
  await volunteer.page.reload()
  await volunteer.page.locator('[data-testid=question][data-state=dismissed]').waitFor()

  tell('she agrees that her phone compares places, is scanned five kilometres away, and reads what everybody reads')
  const morning = day(new Date(at(date, '09:00').getTime() + 24 * 3600_000))
  const far = await post('整理图书角', '09:00', '10:00', 5, morning)
  await call(volunteer, 'POST', `/api/tasks/v1/shifts/${far}/sign-ups`)
  await volunteer.context.grantPermissions(['geolocation'])
  await volunteer.context.setGeolocation({ latitude: 35.795, longitude: 114.3, accuracy: 10 })
  await volunteer.page.goto('/mine/privacy')
  await volunteer.page.getByTestId('switch-check_in_location').click()
  await volunteer.page.locator('[data-testid=consent-check_in_location][data-state=given]').waitFor()
  await look(volunteer.page, 'place-consent', { fullPage: true })
  for (const [time, state] of [['09:01', 'open'], ['09:59', 'closed']]) {
    await leapTo(at(morning, time))
    await leader.page.goto(`/shifts/${far}/on-site`)
    await volunteer.page.goto(await (await codeAt(leader.page)).getAttribute('data-href'))
    const told = volunteer.page.waitForResponse((r) => r.url().endsWith('/api/tasks/v1/away'))
    await volunteer.page.getByTestId('claim').click()
    await volunteer.page.locator(`[data-testid=claim-result][data-state=${state}]`).waitFor()
    if ((await told).status() !== 204) throw new Error('the phone’s one word was not kept')
  }
  await look(volunteer.page, 'place-result')
  await leapTo(at(morning, '10:01'))
  await call(leader, 'POST', `/api/tasks/v1/shifts/${far}/confirm`, { people_served: 0, decisions: [] })
  await officer.page.goto('/console/verify')
  await officer.page.getByTestId('anomaly-rule').filter({ hasText: '一公里以上' }).waitFor()
  await look(officer.page, 'place-verify')
  const { proof } = await call(volunteer, 'GET', `/api/tasks/v1/shifts/${far}/presence`)
  if (proof !== 'on_site') throw new Error(`it is confirmed as ${proof}`)

  tell('a week later what nobody confirmed is at the office')
  await leapTo(at(day(new Date(at(date, '10:00').getTime() + 7 * 24 * 3600_000)), '10:01'))
  await officer.context.clearCookies() // an officer who did nothing for three days signs in again
  await signIn(officer, process.env.QIHE_OFFICER)
  await until('what waits for the office', async () => (await call(officer, 'GET', '/api/tasks/v1/confirmations')).items.some((w) => w.shift.shift_id === same))
  await officer.page.goto('/console/confirmations')
  await officer.page.getByTestId('waiting-row').first().waitFor()
  await look(officer.page, 'waiting')

  async function led() {
    return (await call(leader, 'GET', '/api/teams/v1/me')).memberships.find((m) => m.role === 'leader').team_id
  }

  async function post(title, starts, ends, capacity, on = date) {
    const team_id = await led()
    const { items } = await call(leader, 'GET', '/api/tasks/v1/programmes')
    const task = await call(leader, 'POST', '/api/tasks/v1/tasks', {
      team_id, programme_id: items[1].programme_id, title, place: '淇水湾东门', latitude: 35.75, longitude: 114.3, risks: '岸边湿滑，请穿防滑鞋',
      contact_name: '王秀英', contact_phone: '15400000002', shifts: [{ starts_at: at(on, starts).toISOString(), ends_at: at(on, ends).toISOString(), capacity }],
    })
    return (await call(leader, 'POST', `/api/tasks/v1/tasks/${task.task_id}/publish`)).shifts[0].shift_id
  }
})

async function shows(count, n) {
  await until(`${n} on site`, async () => (await count.getAttribute('data-value')) === String(n))
}

// elder looks at the page in 长辈模式 and goes back.
async function elder(page, name) {
  await page.evaluate(() => document.documentElement.classList.add('elder'))
  await look(page, name, { fullPage: true })
  await page.evaluate(() => document.documentElement.classList.remove('elder'))
}
