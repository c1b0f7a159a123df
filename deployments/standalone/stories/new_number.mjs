// A member has a new phone and number. Her leader, who sees her, enters it; she
// signs in with it herself; the office sees it and takes it back.
import { askForCode, atDesk, call, comes, enterCode, look, signIn, story, tell, withPhone } from './browser.mjs'

const me = (who) => call(who, 'GET', '/api/teams/v1/me')
const newNumber = '15499995678'

await story(async () => {
  const leader = await withPhone('队长')
  const fresh = await withPhone('新手机')
  const office = await atDesk('市妇联')

  tell('the sign-in page says whom to ask')
  await fresh.page.goto('/sign-in')
  await fresh.page.getByTestId('sign-in-changed').waitFor()
  await look(fresh.page, 'sign-in')

  tell('the leader opens the member and enters the new number')
  await signIn(leader, process.env.QIHE_LEADER)
  const team = (await me(leader)).memberships.find((m) => m.role !== 'member').team_id
  await leader.page.goto(`/teams/${team}/people`)
  const member = leader.page.locator('[data-testid="member"][data-role="member"]').first()
  const memberId = await member.getAttribute('data-volunteer-id')
  await member.getByTestId('manage').click()
  await member.getByTestId('change-phone').click()
  await leader.page.getByTestId('new-phone').fill(newNumber)
  await look(leader.page, 'vouch')
  await leader.page.getByTestId('phone-vouch').click()
  await leader.page.getByTestId('phone-waiting').waitFor()
  await look(leader.page, 'vouched')

  tell('the member signs in with it on her new phone, and is herself')
  await askForCode(fresh, newNumber)
  await enterCode(fresh, newNumber)
  if ((await me(fresh)).volunteer_id !== memberId) throw new Error('somebody else is signed in')
  await leader.page.getByTestId('phone-look').click()
  await leader.page.locator('[data-testid="phone-state"][data-state="done"]').waitFor()
  await look(leader.page, 'vouch-done')

  tell('the office sees the change, and takes it back')
  await signIn(office, process.env.QIHE_OFFICER)
  await office.page.goto(`/console/volunteers/${memberId}`)
  await office.page.getByTestId('phone-undo').waitFor()
  await look(office.page, 'office', { fullPage: true })
  await office.page.getByTestId('phone-undo').click()
  await office.page.getByTestId('sheet-text').fill('本人来说不是她换的')
  await office.page.getByTestId('sheet-send').click()
  await office.page.getByTestId('phone-undo').waitFor({ state: 'detached' })
  await comes(fresh.page, '/today', fresh.page.getByTestId('sign-in-phone'))
})
