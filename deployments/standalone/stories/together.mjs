// Two brigades hold a task without fixed hours together: the other brigade joins
// and a member accepts an invitation, each with one tap; both do it when they
// can and record it, and each brigade has the hours of its own.
import { comes, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const title = '给独居老人打陪伴电话'
const dayAhead = async (n) => day(new Date((await now()).getTime() + n * 24 * 3600_000))

await story(async () => {
  const leader = await withPhone('队长')
  const member = await withPhone('队员')
  const other = await withPhone('别队的队长')
  const api = async (who, path) => (await who.context.request.get(path)).json()

  tell('a leader posts what has to be done by a day, at no fixed hour')
  await signIn(leader, process.env.QIHE_LEADER)
  await leader.page.goto('/tasks/new')
  await leader.page.getByTestId('task-programme').selectOption({ label: '送温暖·微心愿' })
  await leader.page.getByTestId('task-title').fill(title)
  await leader.page.getByTestId('task-place').fill('在家里打')
  await leader.page.getByTestId('shift-period').click()
  await leader.page.getByTestId('period-until').fill(await dayAhead(6))
  await leader.page.getByTestId('task-risks').fill('无特别风险，不谈钱，不留老人的住址')
  await leader.page.getByTestId('task-contact-name').fill('王秀英')
  await leader.page.getByTestId('task-contact-phone').fill('15400000002')
  await look(leader.page, 'post', { fullPage: true })
  await leader.page.getByTestId('publish').click()
  await leader.page.getByTestId('published').waitFor()
  await leader.page.getByTestId('share-text').getByText('前完成').waitFor()
  const path = new URL(leader.page.url()).pathname
  const task = await api(leader, `/api/tasks/v1${path}`)
  const shift = task.shifts[0].shift_id

  tell('and asks another brigade by its name')
  await signIn(member, process.env.QIHE_VOLUNTEER)
  const { contact_phone, team_id: east, team_name: name } = await another(member, task.team_name)
  await leader.page.getByTestId('joint-open').click()
  await leader.page.getByTestId('joint-search').fill(name)
  await leader.page.getByTestId('joint-found').filter({ hasText: name }).first().getByTestId('joint-ask').click()
  await leader.page.locator(`[data-testid=joint-team][data-team-id="${east}"][data-state=asked]`).waitFor()
  await look(leader.page, 'asked', { fullPage: true })

  tell('whose leader joins with one tap, and takes part herself')
  await signIn(other, contact_phone)
  await other.page.goto(path)
  await other.page.getByTestId('joint-join').waitFor()
  await look(other.page, 'will-you-join')
  await other.page.getByTestId('joint-join').click()
  await other.page.locator('[data-testid=joint-led][data-state=joined]').waitFor()
  await other.page.getByTestId('sign-up').click()
  await other.page.getByTestId('record-open').waitFor()
  await look(other.page, 'joined', { fullPage: true })

  tell('a member is invited, and signs up with one tap')
  const { volunteer_id } = await api(member, '/api/teams/v1/me')
  await leader.page.getByTestId('invite-open').click()
  await leader.page.locator(`[data-testid=invite-pick][data-volunteer-id="${volunteer_id}"]`).click()
  await leader.page.getByTestId('invite-send').click()
  await leader.page.locator(`[data-testid=invitee][data-volunteer-id="${volunteer_id}"][data-reply=invited]`).waitFor()
  await look(leader.page, 'invited')
  await comes(member.page, '/mine/notices', member.page.getByText(`请您参加“${title}”`))
  await member.page.goto(path)
  await member.page.getByTestId('invited').waitFor()
  await look(member.page, 'invitation', { fullPage: true })
  await member.page.getByTestId('sign-up').click()
  await member.page.getByTestId('record-open').waitFor()

  tell('two days later both did it, and record when')
  await leapTo(new Date(`${await dayAhead(2)}T20:00:00+08:00`))
  const record = async ({ page }, from, to) => {
    await page.goto(path)
    await page.getByTestId('record-open').click()
    await page.getByTestId('record-day').fill(await dayAhead(-1))
    await page.getByTestId('period-from').fill(from)
    await page.getByTestId('period-to').fill(to)
    await page.getByTestId('record-word').fill('给三位老人打了电话')
    await page.getByTestId('record-send').click()
    await page.getByTestId('recorded').waitFor()
    await page.locator('[data-testid=stretch][data-state=declared]').waitFor()
  }
  await record(other, '15:00', '16:30')
  await record(member, '09:00', '10:00')
  await look(member.page, 'recorded', { fullPage: true })

  tell('the leader takes both at their word')
  await leader.page.goto(`/shifts/${shift}/confirm`)
  const lines = leader.page.getByTestId('confirm-line')
  await lines.nth(1).waitFor()
  for (const i of [0, 1]) {
    await lines.nth(i).getByTestId('accept').click()
    await lines.nth(i).locator('[data-testid=accept][aria-pressed=true]').waitFor()
  }
  await look(leader.page, 'confirm', { fullPage: true })
  await leader.page.getByTestId('people-served').fill('6')
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.getByTestId('confirm-result').waitFor()
  await look(leader.page, 'confirmed', { fullPage: true })

  tell('each brigade has the hours of its own')
  const latest = async (who) => (await api(who, '/api/hours/v1/me/entries')).items?.find((e) => e.title === title)
  const hers = await until('her entry', () => latest(other))
  const ours = await until('the member’s entry', () => latest(member))
  if (hers.team_name !== name || hers.minutes !== 90) throw new Error(`hers went to ${hers.team_name}`)
  if (ours.team_name !== task.team_name || ours.minutes !== 60) throw new Error(`ours went to ${ours.team_name}`)
  const { volunteer_id: her } = await api(other, '/api/teams/v1/me')
  const board = async (team) => (await api(other, `/api/hours/v1/boards?subject=volunteer&scope=team:${team}&period=all&limit=200`)).rows ?? []
  await until('the board of her brigade', async () => (await board(east)).some((row) => row.subject_id === her && row.minutes >= 90))
  if ((await board(task.team_id)).some((row) => row.subject_id === her)) throw new Error('she stands on the board of the brigade that posted it')
})

// another is a task of another brigade, whose leader's phone shows to who signed up.
async function another(who, ours) {
  const { items } = await (await who.context.request.get('/api/tasks/v1/shifts?limit=100')).json()
  for (const s of items.filter((i) => i.team_name !== ours && i.taken < i.capacity)) {
    await who.page.evaluate((id) => fetch(`/api/tasks/v1/shifts/${id}/sign-ups`, { method: 'POST' }), s.shift_id)
    const task = await (await who.context.request.get(`/api/tasks/v1/tasks/${s.task_id}`)).json()
    if (task.contact_phone) return task
  }
  throw new Error('no other brigade has a leader with a phone')
}
