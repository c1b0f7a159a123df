// 时间不对: after the confirmation she reads how long and how that was proved,
// says that it is not right, reads who decides and by which day; another person
// decides, the line says 已更正 and the sum follows. What a leader doubts goes to
// the office, which decides it at its desk.
import { at, atDesk, call, comes, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const deputy = await withPhone('副队长')
  const officer = await atDesk('市妇联')
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))

  tell('a brigade with a second person who may decide, and a shift of two and a half hours')
  await Promise.all([
    signIn(leader, process.env.QIHE_LEADER), signIn(volunteer, process.env.QIHE_VOLUNTEER),
    signIn(deputy, process.env.QIHE_COUNTY_OFFICER), signIn(officer, process.env.QIHE_OFFICER),
  ])
  const { memberships } = await call(leader, 'GET', '/api/teams/v1/me')
  const team = memberships.find((m) => m.role === 'leader').team_id
  const { membership_id } = await call(deputy, 'POST', `/api/teams/v1/teams/${team}/applications`, { word: '一起带队' })
  await call(leader, 'POST', `/api/teams/v1/memberships/${membership_id}/approve`)
  await call(leader, 'PUT', `/api/teams/v1/memberships/${membership_id}/role`, { role: 'deputy' })
  const second = (await call(deputy, 'GET', '/api/teams/v1/me')).name
  const { volunteer_id } = await call(volunteer, 'GET', '/api/teams/v1/me')
  const { shift, attend } = await post()
  await leapTo(at(date, '08:55'))
  await attend('in')
  await leapTo(at(date, '11:30'))
  await attend('out')
  await leapTo(at(date, '11:31'))
  await call(leader, 'POST', `/api/tasks/v1/shifts/${shift}/confirm`, { people_served: 12, decisions: [] })

  tell('she is told 今天 2小时30分，队长已确认; one tap shows how')
  const line = volunteer.page.getByTestId('entry-row').filter({ hasText: '淇河岸边捡垃圾' }).first()
  await comes(volunteer.page, '/mine/notices', volunteer.page.getByText('今天 2小时30分，队长已确认'))
  await volunteer.page.goto('/mine')
  await line.getByText('今天').waitFor()
  await line.locator('[data-testid=entry-minutes][data-value="150"]').waitFor()
  const before = (await call(volunteer, 'GET', '/api/hours/v1/me/summary')).month_minutes
  await line.getByRole('button').click()
  await line.getByTestId('entry-facts').getByText('现场核实').waitFor()
  await look(volunteer.page, 'line', { fullPage: true })

  tell('she stayed half an hour longer: 时间不对 names who decides and the day')
  await leapTo(at(date, '12:10'))
  await line.getByTestId('entry-ask').click()
  await volunteer.page.getByTestId('wrong-less').click()
  await volunteer.page.getByTestId('period-to').fill('12:00')
  await volunteer.page.getByTestId('ask-word').fill('收拾完工具十二点才走')
  await look(volunteer.page, 'ask', { fullPage: true })
  await volunteer.page.getByTestId('ask-send').click()
  const who = await volunteer.page.getByTestId('correction-who').textContent()
  const last = new Date(at(date, '12:00').getTime() + 7 * 24 * 3600_000)
  if (!who.includes(second) || !who.includes(`${last.getUTCMonth() + 1}月${last.getUTCDate()}日`)) throw new Error(`it says: ${who}`)
  await look(volunteer.page, 'asked', { fullPage: true })

  tell('the leader who confirmed it reads that another decides; the deputy does')
  const address = new URL(volunteer.page.url()).pathname
  await leader.page.goto(address)
  await leader.page.getByTestId('correction-may-not').waitFor()
  await look(leader.page, 'leader', { fullPage: true })
  await deputy.page.goto(`/corrections?team=${team}`)
  await look(deputy.page, 'waiting', { fullPage: true })
  await deputy.page.getByTestId('corrections-waiting').getByTestId('correction-item').first().click()
  await deputy.page.getByTestId('decide-asked').click()
  await deputy.page.getByTestId('decide-reason').fill('照片上十二点还在收工具')
  await look(deputy.page, 'decide', { fullPage: true })
  await deputy.page.getByTestId('decide-send').click()
  await deputy.page.getByTestId('decide-done').waitFor()

  tell('the line says 已更正, from what to what, by whom and why; the sum follows, and the roster says so')
  await volunteer.page.reload()
  await volunteer.page.locator('[data-testid=correction-now][data-value="180"]').waitFor()
  await volunteer.page.getByTestId('correction-decided').getByText(second).waitFor()
  await look(volunteer.page, 'corrected', { fullPage: true })
  await volunteer.page.goto('/mine')
  await volunteer.page.locator(`[data-testid=mine-month][data-value="${before + 30}"]`).waitFor()
  await volunteer.page.locator('[data-testid=entry-settling][data-settling=reversed]').first().waitFor()
  await look(volunteer.page, 'mine', { fullPage: true })
  await until('the roster', async () => (await call(leader, 'GET', `/api/tasks/v1/shifts/${shift}/roster`)).lines.some((l) => l.state === 'corrected' && l.corrected_minutes === 180))
  await leader.page.goto(`/shifts/${shift}/confirm`)
  await leader.page.getByTestId('line-corrected').waitFor()
  await look(leader.page, 'roster', { fullPage: true })

  tell('what the leader doubts lies with the office, which leaves it as it is, by keyboard')
  await leader.page.getByTestId('line-ask').click()
  await leader.page.getByTestId('wrong-not_there').click()
  await leader.page.getByTestId('ask-send').click()
  await leader.page.getByTestId('correction-who').getByText('妇女联合会').waitFor()
  await officer.page.goto('/console/corrections')
  await officer.page.getByTestId('correction-about').waitFor()
  await look(officer.page, 'console')
  await officer.page.keyboard.press('d')
  await officer.page.getByTestId('decide-reason').fill('问过现场三个人，她在')
  await look(officer.page, 'console-decide')
  await officer.page.getByTestId('decide-send').click()
  await officer.page.getByTestId('decide-done').waitFor()

  async function post() {
    const { items } = await call(leader, 'GET', '/api/tasks/v1/programmes')
    const task = await call(leader, 'POST', '/api/tasks/v1/tasks', {
      team_id: team, programme_id: items[1].programme_id, title: '淇河岸边捡垃圾', place: '淇水湾东门', latitude: 35.75, longitude: 114.3, risks: '岸边湿滑，请穿防滑鞋',
      contact_name: '王秀英', contact_phone: '15400000002', shifts: [{ starts_at: at(date, '09:00').toISOString(), ends_at: at(date, '11:30').toISOString(), capacity: 5 }],
    })
    const shift = (await call(leader, 'POST', `/api/tasks/v1/tasks/${task.task_id}/publish`)).shifts[0].shift_id
    return { shift, attend: (kind) => call(leader, 'POST', '/api/tasks/v1/claims', { claim_id: crypto.randomUUID(), shift_id: shift, kind, volunteer_id, walk_in: kind === 'in' }) }
  }
})
