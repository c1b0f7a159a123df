// 交接: the leader hands her brigade over to one of its people, who accepts.
// From then on the new one leads it, the old join code is over, and the office
// reads who did what.
import { atDesk, look, signIn, story, tell, until, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('老队长')
  const heir = await withPhone('新队长')
  const officer = await atDesk('市妇联')
  const role = async ({ page }) => page.getByTestId('my-role').getAttribute('data-value', { timeout: 500 }).catch(() => '')

  tell('the leader makes a join code, and then asks somebody of the brigade to lead it')
  await signIn(leader, process.env.QIHE_LEADER)
  await signIn(heir, process.env.QIHE_VOLUNTEER)
  const { volunteer_id } = await (await heir.context.request.get('/api/teams/v1/me')).json()
  await leader.page.goto('/today')
  await leader.page.getByTestId('people-open').first().click()
  await leader.page.getByTestId('code-make').click()
  const link = await leader.page.getByTestId('code-share').getAttribute('data-href')
  const team = `/teams/${new URL(leader.page.url()).pathname.split('/')[2]}`
  await leader.page.goto(team)
  await leader.page.getByTestId('handover-open').click()
  await leader.page.getByTestId('handover-heir').selectOption(volunteer_id)
  await look(leader.page, 'propose', { fullPage: true })
  await leader.page.getByTestId('handover-propose').click()
  await leader.page.getByTestId('handover-waiting').waitFor()
  await look(leader.page, 'waiting', { fullPage: true })

  tell('until she answers, nothing has changed')
  if ((await role(leader)) !== 'leader') throw new Error('the leader leads no more')

  tell('she finds the question among her brigades, and accepts')
  await heir.page.goto('/mine/teams')
  await heir.page.getByTestId('offered-team').waitFor()
  await look(heir.page, 'offered')
  await heir.page.getByTestId('offered-team').click()
  await heir.page.getByTestId('handover-accept').waitFor()
  await look(heir.page, 'answer')
  await heir.page.getByTestId('handover-accept').click()
  await heir.page.getByTestId('team-news').waitFor()
  await until('she leads', async () => (await role(heir)) === 'leader')
  await look(heir.page, 'accepted')

  tell('the old leader is one of its people now, and her join code is over')
  await leader.page.reload()
  await until('she is no leader', async () => (await role(leader)) !== 'leader' && (await role(leader)) !== '')
  await leader.page.getByTestId('hand-over').waitFor({ state: 'detached' })
  await officer.page.goto('/sign-in')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto(link)
  await officer.page.getByTestId('join-over').waitFor()

  tell('the office sees who leads it, and every step')
  await officer.page.goto(`/console${team}`)
  await officer.page.locator('[data-act="team.handed_over"]').waitFor()
  await officer.page.locator('[data-act="team.handover_proposed"]').waitFor()
  const { name } = await (await heir.context.request.get('/api/teams/v1/me')).json()
  await officer.page.getByTestId('team-leader').getByText(name).waitFor()
  await look(officer.page, 'office')
})
