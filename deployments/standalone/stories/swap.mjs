// 换班: one who cannot come makes a link, another takes the seat with one tap,
// the leader reads who goes for whom, and undoes it.
import { at, call, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const giver = await withPhone('来不了的')
  const taker = await withPhone('替她的')

  tell('a shift for the day after tomorrow with a single seat, and she has it')
  await signIn(leader, process.env.QIHE_LEADER)
  await signIn(giver, process.env.QIHE_VOLUNTEER)
  await signIn(taker, process.env.QIHE_COUNTY_OFFICER)
  const date = day(new Date((await now()).getTime() + 48 * 3600_000))
  const { team_id } = (await call(leader, 'GET', '/api/teams/v1/me')).memberships.find((m) => m.role === 'leader')
  const { items } = await call(leader, 'GET', '/api/tasks/v1/programmes')
  const draft = await call(leader, 'POST', '/api/tasks/v1/tasks', {
    team_id, programme_id: items[1].programme_id, title: '陪老人过生日', place: '桂鹤社区活动室', risks: '路滑，注意脚下', contact_name: '王秀英', contact_phone: '15400000002',
    shifts: [{ starts_at: at(date, '09:00').toISOString(), ends_at: at(date, '11:00').toISOString(), capacity: 1 }],
  })
  const { task_id, shifts } = await call(leader, 'POST', `/api/tasks/v1/tasks/${draft.task_id}/publish`)
  const shift = shifts[0].shift_id
  await call(giver, 'POST', `/api/tasks/v1/shifts/${shift}/sign-ups`)

  tell('she makes a link and copies it for the group')
  await giver.page.goto(`/tasks/${task_id}`)
  await giver.page.getByTestId('swap').click()
  await giver.page.getByTestId('swap-make').waitFor()
  await look(giver.page, 'ask')
  await giver.page.getByTestId('swap-make').click()
  const message = giver.page.getByTestId('swap-message')
  await message.filter({ hasText: '/swap/' }).waitFor()
  await look(giver.page, 'link')
  const link = (await message.innerText()).match(/\/swap\/[\w-]{22}/)[0]

  tell('the other opens it, sees what it is, and takes the seat with one tap')
  await taker.page.goto(link)
  await taker.page.getByTestId('swap-take').waitFor()
  if (taker.page.url().includes(link.slice(6))) throw new Error('the secret stays in the address bar')
  await look(taker.page, 'offer')
  await taker.page.getByTestId('swap-take').click()
  await taker.page.getByTestId('swap-done').waitFor()
  await look(taker.page, 'taken')
  await giver.page.goto(link)
  await giver.page.getByTestId('failure').waitFor()
  await giver.page.goto(`/tasks/${task_id}`)
  await giver.page.getByTestId('sign-up').waitFor()

  tell('the leader is told, reads who goes for whom, and undoes it before the start')
  await leapTo(at(date, '07:30'))
  await until('the notice', async () => (await call(leader, 'GET', '/api/teams/v1/me/notices')).items.some((n) => n.kind === 'swap.taken'))
  await leader.page.goto(`/shifts/${shift}/call`)
  await leader.page.getByTestId('swap-undo').waitFor()
  await look(leader.page, 'leader')
  await leader.page.getByTestId('swap-undo').click()
  await leader.page.getByTestId('swap-undone').waitFor()
  await look(leader.page, 'undone')
  await giver.page.reload()
  await giver.page.getByTestId('withdraw').waitFor()
})
