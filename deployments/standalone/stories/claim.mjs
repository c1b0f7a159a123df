// Coming in without a text message, and proving more than the phone. A new
// member of a brigade scans the leader's check-in code before she has ever
// signed in, claims her record by the link in the group, and is back at the
// check-in in two taps. An officer keeps a passkey and is asked for it.
import { atDesk, atLocalhost, call, look, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const newcomer = await withPhone('新队员')
  const officer = await atDesk('市妇联', atLocalhost, { putsOffFactor: false })

  tell('the leader enters a member who has no account, and makes the link for the group')
  await signIn(leader, process.env.QIHE_LEADER)
  const me = await call(leader, 'GET', '/api/teams/v1/me')
  const team = me.memberships.find((m) => m.role !== 'member').team_id
  await call(leader, 'POST', `/api/teams/v1/teams/${team}/people`, { name: '赵桂芝', phone: '15499991234', agreed: true })
  const link = await call(leader, 'POST', `/api/teams/v1/teams/${team}/claim-links`)

  tell('she scans a check-in code first, and is asked to sign in')
  const shift = '0193583c-7d00-7000-8000-00000000beef'
  await newcomer.page.goto(`/c/${shift}/abcdefghijk`)
  await newcomer.page.waitForURL((url) => url.pathname === '/sign-in')

  tell('she opens the link from the group in another window, picks her name, gives four digits, and is at the check-in')
  const window = await newcomer.context.newPage()
  await window.goto(link.path)
  await window.getByTestId('claim-person').filter({ hasText: '赵*芝' }).waitFor()
  await look(window, 'claim-who')
  await window.getByTestId('claim-person').filter({ hasText: '赵*芝' }).click()
  await window.getByTestId('claim-digits').fill('0000')
  await window.getByTestId('claim-submit').click()
  await window.getByTestId('failure').waitFor()
  await window.getByTestId('claim-digits').fill('1234')
  await look(window, 'claim-digits')
  await window.getByTestId('claim-submit').click()
  await window.waitForURL((url) => url.pathname === `/check-in/${shift}`)

  tell('she sees where she is signed in')
  await window.goto('/mine/security')
  await window.getByTestId('session').first().waitFor()
  await look(window, 'security-phone', { fullPage: true })

  tell('an officer opens the console for the first time, is led to a second factor, keeps a passkey and writes down the recovery codes')
  await signIn(officer, process.env.QIHE_OFFICER)
  const cdp = await officer.context.newCDPSession(officer.page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await officer.page.goto('/console/boards')
  await officer.page.waitForURL((url) => url.pathname === '/second-factor')
  await officer.page.getByTestId('passkey-name').waitFor()
  await look(officer.page, 'enrol', { fullPage: true })
  await officer.page.getByTestId('passkey-name').fill('办公室电脑')
  await officer.page.getByTestId('passkey-add').click()
  await officer.page.getByTestId('recovery-codes').waitFor()
  await look(officer.page, 'recovery-codes', { fullPage: true })
  await officer.page.getByTestId('recovery-kept').click()
  await officer.page.getByTestId('passkey').filter({ hasText: '办公室电脑' }).waitFor()
  await officer.page.getByTestId('enrol-on').click()
  await officer.page.waitForURL((url) => url.pathname === '/console/boards')

  tell('signed in anew, the same act asks for the passkey and then goes through')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/mine/security')
  await officer.page.getByTestId('recovery-new').click()
  await officer.page.getByTestId('step-up').waitFor()
  await officer.page.getByTestId('step-up-passkey').waitFor()
  await look(officer.page, 'step-up')
  await officer.page.getByTestId('step-up-passkey').click()
  await officer.page.getByTestId('recovery-codes').waitFor()

  tell('signing out everywhere ends the other page too')
  await officer.page.getByTestId('sign-out-everywhere').click()
  await officer.page.getByTestId('sign-out-everywhere-sure').click()
  await officer.page.waitForURL((url) => url.pathname === '/sign-in')
})
