// 45 lines of a WeChat 接龙 are pasted: at least 43 are recognised, the rest is
// asked one by one, and pasting the same again changes nothing.
import { call, day, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

// How people number and what they add.
const ways = [
  (i, name) => `${i}. ${name}`,
  (i, name) => `${i}、${name} 带一个孩子`, (i, name) => `${i}.${name}🌹`, (i, name) => `${i}）${name}  13900001111`,
  (i, name) => `${i} ${name}（阳光总在风雨后）`, (i, name) => `${i}．【${name}】`, (i, name) => `${i}, ${name}阿姨，准时到`, (i, name) => `(${i}) @${name} +1`,
]

await story(async () => {
  const leader = await withPhone('队长')

  tell('a leader has posted an activity, and the group has answered with 45 lines')
  await signIn(leader, process.env.QIHE_LEADER)
  const me = await call(leader, 'GET', '/api/teams/v1/me')
  const team = me.memberships.find((m) => m.role === 'leader').team_id
  for (const name of ['尉迟秀芝', '欧阳桂兰', '古丽娜尔', '司马春', '上官云霞', '鹿大妮', '敖红艳', '璩美玲', '卜凤英', '晁爱枝', '仝淑珍', '逯小翠']) {
    await call(leader, 'POST', `/api/teams/v1/teams/${team}/people`, { name, agreed: true }) // members without a phone
  }
  const members = (await call(leader, 'GET', `/api/teams/v1/teams/${team}/members?limit=200`)).items.map((m) => m.name)
  const once = members.filter((name, i) => members.indexOf(name) === i && members.lastIndexOf(name) === i && !name.startsWith(me.name))
  const programme = (await call(leader, 'GET', '/api/tasks/v1/programmes')).items[1].programme_id
  const date = day(new Date((await now()).getTime() + 4 * 24 * 3600_000))
  const draft = await call(leader, 'POST', '/api/tasks/v1/tasks', {
    team_id: team, programme_id: programme, title: '腊八送温暖', place: '社区妇女之家', risks: '路滑，请慢行', contact_name: '王秀英', contact_phone: '15400000002',
    shifts: [{ starts_at: `${date}T09:00:00+08:00`, ends_at: `${date}T11:00:00+08:00`, capacity: 60 }],
  })
  const task = await call(leader, 'POST', `/api/tasks/v1/tasks/${draft.task_id}/publish`, {})
  const shift = task.shifts[0].shift_id
  await until('tasks to know the newest', async () => (await call(leader, 'POST', `/api/tasks/v1/shifts/${shift}/pasted`, { text: '1. 逯小翠' })).lines[0].doubt === 'none')
  const certain = once.slice(0, 43)
  const lines = certain.map((name, i) => ways[i % ways.length](i + 1, name))
  lines.push(`${lines.length + 1}. ${[...certain[0]][0]}大姐`, `${lines.length + 2}. 心若向阳🌻`)
  if (lines.length !== 45) throw new Error(`${lines.length} lines`)

  tell('she pastes them; nearly all are recognised')
  await leader.page.goto(`/tasks/${task.task_id}`)
  await leader.page.getByTestId('paste-open').click()
  const paste = async () => {
    await leader.page.getByTestId('paste-text').fill(`#接龙\n腊八送温暖，${date} 9:00 社区集合\n例 1. 张三\n${lines.join('\n')}`)
    await leader.page.getByTestId('paste-read').click()
    await leader.page.getByTestId('paste-summary').waitFor()
  }
  await leader.page.getByTestId('paste-text').fill(`#接龙\n腊八送温暖，${date} 9:00 社区集合\n例 1. 张三\n${lines.join('\n')}`)
  await look(leader.page, 'paste')
  await paste()
  const summary = leader.page.getByTestId('paste-summary')
  const matched = Number(await summary.getAttribute('data-value'))
  if (Number(await summary.getAttribute('data-lines')) !== lines.length || matched < 43) throw new Error(`${matched} of ${lines.length} recognised`)

  tell('the rest is asked, one line after the other')
  const question = leader.page.getByTestId('paste-question')
  await question.and(leader.page.locator('[data-doubt=title]')).waitFor()
  await look(leader.page, 'question')
  await leader.page.getByTestId('paste-skip').click()
  await question.and(leader.page.locator('[data-doubt=unknown]')).waitFor()
  await look(leader.page, 'unknown')
  await leader.page.getByTestId('paste-skip').click()
  await leader.page.getByTestId('paste-enter').waitFor()
  await look(leader.page, 'ready', { fullPage: true })

  tell('one tap signs them all up; who cannot come is named with the reason')
  await leader.page.getByTestId('paste-enter').click()
  const done = leader.page.getByTestId('paste-done')
  await done.waitFor()
  const signedUp = Number(await done.getAttribute('data-value'))
  const refused = await leader.page.getByTestId('paste-refused').count()
  if (signedUp + refused !== certain.length) throw new Error(`${signedUp} signed up and ${refused} refused of ${certain.length}`)
  await look(leader.page, 'done', { fullPage: true })

  tell('the same again changes nothing')
  const taken = async () => (await call(leader, 'GET', `/api/tasks/v1/tasks/${task.task_id}`)).shifts[0].taken
  const before = await taken()
  await leader.page.getByRole('button', { name: '再粘贴一段' }).click()
  await paste()
  await leader.page.getByTestId('paste-skip').click()
  await leader.page.getByTestId('paste-skip').click()
  if (refused > 0) {
    await leader.page.getByTestId('paste-enter').click()
    await leader.page.getByTestId('paste-refused').first().waitFor()
  }
  if ((await taken()) !== before || before !== signedUp) throw new Error(`${before} seats were taken, ${await taken()} now`)
})
