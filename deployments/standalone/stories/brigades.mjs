// A brigade's first day: a volunteer founds it, the office finds it by its
// initials in the console and approves it, and the founder leads it.
import { atDesk, look, signIn, story, tell, until, withPhone } from './browser.mjs'

const name = '淇滨区故事里巾帼志愿服务队'
const same = (what, got, want) => {
  if (got !== want) throw new Error(`${what}: ${got}, want ${want}`)
}

await story(async () => {
  const founder = await withPhone('建队的人')
  const officer = await atDesk('市妇联')

  tell('a volunteer founds a brigade and sends it for approval')
  await signIn(founder, process.env.QIHE_VOLUNTEER)
  await founder.page.goto('/mine/teams')
  await founder.page.getByTestId('found-team').click()
  await founder.page.getByTestId('team-name').fill(name)
  await founder.page.getByTestId('team-county').selectOption({ label: '淇滨区' })
  await founder.page.getByTestId('team-category').selectOption({ label: '社区' })
  await founder.page.getByTestId('team-description').fill('桂鹤社区内护河、助老')
  await look(founder.page, 'found-team')
  await founder.page.getByTestId('team-submit').click()
  await founder.page.getByTestId('team-state').waitFor()
  same('state', await founder.page.getByTestId('team-state').getAttribute('data-value'), 'submitted')
  await look(founder.page, 'team-submitted')

  tell('the office finds it by its initials among those that wait, and approves it')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/console/teams')
  await officer.page.getByTestId('list-row').first().waitFor()
  await look(officer.page, 'console-teams')
  await officer.page.getByTestId('to-waiting').click()
  await officer.page.getByTestId('list-search').fill('gsl')
  await officer.page.getByTestId('list-row').filter({ hasText: name }).waitFor()
  await look(officer.page, 'console-teams-waiting')
  await officer.page.getByTestId('list-row').filter({ hasText: name }).getByRole('link').click()
  await officer.page.getByTestId('act-approve').click()
  await until('the brigade active', async () => (await officer.page.getByTestId('team-state').getAttribute('data-value')) === 'active')
  await officer.page.locator('[data-act="team.approved"]').waitFor()
  await look(officer.page, 'console-team')

  tell('the founder sees that she leads it')
  await founder.page.reload()
  await until('the role', async () => (await founder.page.getByTestId('my-role').getAttribute('data-value')) === 'leader')
  await look(founder.page, 'team-leader')
})
