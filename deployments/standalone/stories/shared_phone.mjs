// One phone, two people: a reading room's. Each signs in on it once and
// chooses a PIN; from then on a name and a PIN are enough, and whoever acted
// before acts no more.
import { call, look, signIn, story, tell, until, withPhone } from './browser.mjs'

const type = async (page, pin) => {
  for (const digit of pin) await page.getByTestId(`pin-${digit}`).click()
  await page.getByTestId('pin-done').click()
}
const me = (who) => call(who, 'GET', '/api/teams/v1/me')

await story(async () => {
  const room = await withPhone('读书屋')
  const { page } = room

  tell('a volunteer says that the phone is shared, and chooses a PIN')
  await signIn(room, process.env.QIHE_VOLUNTEER)
  const one = await me(room)
  await page.goto('/mine/security')
  await page.getByTestId('shared-phone').click()
  await page.getByTestId('shared-begin').waitFor()
  await look(page, 'shared-why', { fullPage: true })
  await page.getByTestId('shared-begin').click()
  await type(page, '1234')
  await page.getByTestId('failure').waitFor()
  await look(page, 'shared-pin', { fullPage: true })
  await type(page, '2580')
  await page.getByTestId('shared-kept').waitFor()
  await look(page, 'shared-kept', { fullPage: true })

  tell('the leader signs in on it by text code, and is asked for a PIN of her own')
  await page.getByTestId('shared-add').click()
  await signIn(room, process.env.QIHE_LEADER)
  await page.waitForURL((url) => url.pathname === '/mine/shared-phone')
  await type(page, '147258')
  await page.waitForURL((url) => url.pathname === '/today')
  const two = await me(room)
  await look(page, 'today-shared')

  tell('a name and a PIN: it is the volunteer who is here now')
  await page.getByTestId('switch').click()
  await page.getByTestId('switch-person').filter({ hasText: one.name }).waitFor()
  await look(page, 'switch-names')
  await page.locator(`[data-volunteer-id="${one.volunteer_id}"]`).click()
  await page.getByTestId('pin-1').waitFor()
  await look(page, 'switch-pin')
  await type(page, '2581')
  await page.getByTestId('failure').waitFor()
  await look(page, 'switch-wrong')
  await type(page, '2580')
  await page.waitForURL((url) => url.pathname === '/today')
  if ((await me(room)).volunteer_id !== one.volunteer_id) throw new Error('somebody else is here')
  await page.goto('/mine/security')
  await page.getByTestId('session-shared').first().waitFor()

  tell('five wrong PINs lock the leader out of this phone, and a text code lets her in again')
  await page.goto('/switch')
  await page.locator(`[data-volunteer-id="${two.volunteer_id}"]`).click()
  for (let n = 0; n < 5; n++) {
    await type(page, '147259')
    await until('the try to be judged', () => page.evaluate(() => (document.querySelector('[data-testid=pin-dots]')?.dataset.value ?? '0') === '0'))
  }
  await page.getByTestId('switch-locked').waitFor()
  await look(page, 'switch-locked')
  await signIn(room, process.env.QIHE_LEADER)
  await page.waitForURL((url) => url.pathname === '/today')

  tell('old eyes: the same in elder mode')
  await page.evaluate(() => localStorage.setItem('qihe.elder', 'yes'))
  await page.goto('/switch')
  await page.getByTestId('switch-person').first().waitFor()
  await look(page, 'elder-names', { fullPage: true })
  await page.getByTestId('switch-person').first().click()
  await page.getByTestId('pin-done').waitFor()
  await look(page, 'elder-pin', { fullPage: true })
})
