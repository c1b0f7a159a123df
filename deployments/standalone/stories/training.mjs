// A class: a leader posts it, the office says what it grants, a volunteer who
// lacks the paper attends by the code, the leader confirms; then the volunteer
// holds a certificate that anybody can check, and may take part in the work.
import { at, atDesk, call, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'
import { codeAt } from './gate_help.mjs'
import { desk, faults, see, seeOnce } from './sight.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const officer = await atDesk('市妇联')
  const stranger = await withPhone('路人')
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))
  const title = '代理家长岗前培训（第八期）'
  await Promise.all([signIn(leader, process.env.QIHE_LEADER), signIn(volunteer, process.env.QIHE_VOLUNTEER), signIn(officer, process.env.QIHE_OFFICER)])

  tell('the work needs a paper from today on, and the volunteer has none')
  const { items } = await call(leader, 'GET', '/api/tasks/v1/programmes')
  const programme = items.find((p) => p.name === '留守儿童代理家长')
  await call(officer, 'POST', `/api/tasks/v1/programmes/${programme.programme_id}/settings`, { ...programme.setting, set_at: undefined, valid_from: day(await now()), needs: ['companion_training'], reason: '先培训后上岗' })
  const work = await postWork()
  const before = await call(volunteer, 'GET', '/api/hours/v1/me/summary')
  if ((await call(volunteer, 'POST', `/api/tasks/v1/shifts/${work}/sign-ups`, undefined, { refused: true })).code !== 'paper_needed') throw new Error('the work needs no paper')

  tell('the leader posts a class in the same form')
  await leader.page.goto('/tasks/new')
  await leader.page.getByTestId('kind-training').click()
  await leader.page.getByTestId('task-programme').selectOption({ label: '留守儿童代理家长' })
  await leader.page.getByTestId('task-title').fill(title)
  await leader.page.getByTestId('task-place').fill('社区活动室')
  await leader.page.getByTestId('shift-date').fill(date)
  await leader.page.getByTestId('shift-start').fill('09:00')
  await leader.page.getByTestId('shift-end').fill('11:00')
  await leader.page.getByTestId('task-risks').fill('无特别风险，注意往返交通')
  await leader.page.getByTestId('task-contact-phone').fill('15400000002')
  await look(leader.page, 'post', { fullPage: true })
  await leader.page.getByTestId('publish').click()
  await leader.page.getByTestId('published').waitFor()

  tell('the office finds it by its initials and says what it grants')
  await officer.page.goto('/console/training')
  await officer.page.getByTestId('classes-sums').waitFor()
  await officer.page.getByTestId('list-search').fill('dljzgqpx')
  const row = officer.page.getByTestId('class-row').filter({ hasText: title })
  await row.getByTestId('grant-open').click()
  await officer.page.getByTestId('grant-kind').selectOption('companion_training')
  await officer.page.getByTestId('grant-months').fill('12')
  await seeOnce(officer, 'grant', desk, 24)
  await officer.page.getByTestId('grant-save').click()
  await row.getByTestId('class-grant').filter({ hasText: '代理家长岗前培训' }).waitFor()

  tell('the volunteer finds it among the classes and signs up: it needs no paper')
  await volunteer.page.goto('/find')
  await volunteer.page.getByTestId('find-training').click()
  const card = volunteer.page.getByTestId('shift-card').filter({ hasText: title })
  await card.first().waitFor()
  await look(volunteer.page, 'find')
  const session = await card.first().getAttribute('data-shift-id')
  await card.first().click()
  await volunteer.page.getByTestId('class-grants').waitFor()
  await see(volunteer, 'class')
  await volunteer.page.getByTestId('sign-up').first().click()
  await volunteer.page.getByTestId('withdraw').waitFor()

  tell('she comes and goes by the code')
  for (const [time, state] of [['09:02', 'open'], ['10:57', 'closed']]) {
    await leapTo(at(date, time))
    await leader.page.goto(`/shifts/${session}/on-site`)
    await volunteer.page.goto(new URL(await (await codeAt(leader.page)).getAttribute('data-href')).pathname)
    await volunteer.page.getByTestId('claim').click()
    await volunteer.page.getByTestId('claim-result').and(volunteer.page.locator(`[data-state=${state}]`)).waitFor()
  }

  tell('the leader confirms and counts who else listened')
  await leapTo(at(date, '11:05'))
  await leader.page.goto(`/shifts/${session}/confirm`)
  await leader.page.getByTestId('people-served').fill('25')
  await look(leader.page, 'confirm', { fullPage: true })
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.locator('[data-testid=confirm-result][data-confirmed="1"]').waitFor()

  tell('she holds the certificate and the qualification; her service hours are what they were')
  await until('the qualification', async () => (await call(volunteer, 'GET', '/api/teams/v1/me/credentials')).qualifications.some((q) => q.state === 'confirmed'))
  await volunteer.page.goto('/mine/credentials')
  const certificate = volunteer.page.getByTestId('certificate').filter({ hasText: title })
  await certificate.waitFor()
  await volunteer.page.locator('[data-testid=qualification][data-state=confirmed]').waitFor()
  const [file] = await Promise.all([volunteer.page.waitForEvent('download'), certificate.getByTestId('certificate-pdf').click()])
  const number = await certificate.getAttribute('data-number')
  if (file.suggestedFilename() !== `参训证明-${number}.pdf`) throw new Error(`saved as ${file.suggestedFilename()}`)
  await certificate.getByTestId('certificate-saved').waitFor()
  await see(volunteer, 'credentials')
  if (process.env.QIHE_PICTURES) await file.saveAs(`${process.env.QIHE_PICTURES}/certificate.pdf`)
  const after = await until('her training time', async () => {
    const sums = await call(volunteer, 'GET', '/api/hours/v1/me/summary')
    return sums.training_minutes > before.training_minutes ? sums : null
  })
  if (Math.abs(after.training_minutes - before.training_minutes - 115) > 5 || after.total_minutes !== before.total_minutes) throw new Error(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}`)
  await volunteer.page.goto('/mine')
  await volunteer.page.getByTestId('mine-total').waitFor()
  await look(volunteer.page, 'mine')

  tell('a stranger types its number and sees that it is genuine, without signing in')
  await stranger.page.goto('/certificates')
  await stranger.page.getByTestId('certificate-number').fill('PX26-22222-22222')
  await stranger.page.getByTestId('certificate-check').click()
  await stranger.page.locator('.wrong').waitFor()
  await stranger.page.getByTestId('certificate-number').fill(number.toLowerCase().replace(/-/g, ' '))
  await stranger.page.getByTestId('certificate-check').click()
  await stranger.page.locator('[data-testid=checked][data-proved=true]').waitFor()
  await see(stranger, 'checked')

  tell('now she may take part in the work; the office reads 26 people trained')
  await call(volunteer, 'POST', `/api/tasks/v1/shifts/${work}/sign-ups`)
  await officer.page.reload()
  await officer.page.getByTestId('list-search').fill('dljzgqpx')
  await row.locator('[data-testid=class-people][data-value="26"]').waitFor()
  await seeOnce(officer, 'classes', desk, 24)
  if (faults.length > 0) throw new Error(faults.join('\n'))

  async function postWork() {
    const team_id = (await call(leader, 'GET', '/api/teams/v1/me')).memberships.find((m) => m.role === 'leader').team_id
    const next = day(new Date(at(date, '12:00').getTime() + 24 * 3600_000))
    const task = await call(leader, 'POST', '/api/tasks/v1/tasks', {
      team_id, programme_id: programme.programme_id, title: '陪孩子写作业', place: '社区活动室', risks: '注意用电', contact_name: '王秀英', contact_phone: '15400000002',
      shifts: [{ starts_at: at(next, '09:00').toISOString(), ends_at: at(next, '10:00').toISOString(), capacity: 5 }],
    })
    return (await call(leader, 'POST', `/api/tasks/v1/tasks/${task.task_id}/publish`)).shifts[0].shift_id
  }
})
