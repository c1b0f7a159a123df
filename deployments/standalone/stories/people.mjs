// One person, two records. She has a new phone and registers again, fills in
// her profile; the office finds her by initials, corrects her record, and makes
// the old one part of the new: the hours and the brigade of both are hers, and
// the old phone is out.
import { atDesk, call, comes, look, signIn, story, tell, texted, withPhone } from './browser.mjs'

const newPhone = '15499990001'

await story(async () => {
  const old = await withPhone('旧手机')
  const her = await withPhone('新手机')
  const officer = await atDesk('市妇联')

  tell('on the old phone she has a brigade and hours')
  await signIn(old, process.env.QIHE_VOLUNTEER)
  const me = await call(old, 'GET', '/api/teams/v1/me')
  await old.page.goto('/mine')
  const hours = await old.page.getByTestId('mine-total').getAttribute('data-value')
  if (!(Number(hours) > 0) || me.memberships.length === 0) throw new Error(`she has ${hours} minutes and ${me.memberships.length} brigades`)

  tell('on the new one she registers: the phone first, then the rest on one page')
  await her.page.goto('/sign-in')
  await her.page.getByTestId('sign-in-register').click()
  await her.page.getByTestId('register-phone').fill(newPhone)
  await look(her.page, 'register-phone')
  await her.page.getByTestId('register-send').click()
  await her.page.getByTestId('register-code').fill(await texted(newPhone))
  await her.page.getByTestId('register-name').fill(me.name)
  await her.page.locator('[data-testid="home-county"][data-code="410671"]').waitFor() // 鹤壁经济技术开发区 is one of them
  await her.page.locator('[data-testid="home-county"][data-code="410621"]').click()
  await her.page.getByTestId('home-township').selectOption({ index: 1 })
  await her.page.getByTestId('register-adult').click()
  await look(her.page, 'register-rest', { fullPage: true })
  await her.page.getByTestId('register-submit').click()
  await her.page.waitForURL((url) => url.pathname === '/today')

  tell('she completes her profile: sex, what she can do, when she has time')
  await her.page.goto('/mine')
  await her.page.getByTestId('link-profile').click()
  const number = await her.page.getByTestId('profile-number').innerText()
  await her.page.getByTestId('profile-edit').click()
  await her.page.getByTestId('profile-female').click()
  await look(her.page, 'profile-edit', { fullPage: true })
  await her.page.getByTestId('profile-save').click()
  await her.page.getByTestId('profile-saved').waitFor()
  await her.page.getByTestId('skill-first_aid').click()
  await her.page.getByTestId('week-part-2').click() // every evening
  await her.page.getByTestId('slot-15').click() // and Saturday morning
  await look(her.page, 'profile', { fullPage: true })
  await her.page.getByTestId('skills-save').click()
  await her.page.getByTestId('skills-saved').waitFor()

  tell('the office finds both by the initials, and corrects the new one')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/console/volunteers')
  await officer.page.getByTestId('list-search').fill(initials(me.name))
  await officer.page.getByTestId('list-row').filter({ hasText: number }).waitFor()
  await officer.page.getByTestId('list-row').filter({ hasText: me.number }).waitFor()
  await look(officer.page, 'volunteers')
  await officer.page.getByTestId('list-row').filter({ hasText: number }).getByRole('link').click()
  await officer.page.getByTestId('act-correct').click()
  await officer.page.getByTestId('record-home-another').click()
  await officer.page.getByTestId('record-home-search').fill('xx')
  await officer.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await officer.page.getByTestId('correct-reason').selectOption('moved')
  await look(officer.page, 'correct', { fullPage: true })
  await officer.page.getByTestId('correct-save').click()
  await officer.page.getByTestId('record-done').waitFor()
  await officer.page.locator('[data-act="volunteer.corrected"]').first().waitFor()
  await look(officer.page, 'record', { fullPage: true })

  tell('the old record is suggested; the two stand side by side, and the new one stays')
  await officer.page.getByTestId('act-merge').click()
  await look(officer.page, 'suspects', { fullPage: true })
  await officer.page.getByTestId('suspect').filter({ hasText: me.number }).getByTestId('suspect-compare').click()
  await officer.page.getByTestId(`keep-${number}`).check()
  await officer.page.getByTestId('no-undo').waitFor()
  await officer.page.getByTestId('merge-reason').selectOption('registered_twice')
  await officer.page.getByTestId('merge-checked').check()
  await look(officer.page, 'compare', { fullPage: true })
  await officer.page.getByTestId('merge-do').click()
  await officer.page.getByTestId('record-merged').waitFor()

  tell('on the new phone stand the hours and the brigade of both, and the news of it')
  await comes(her.page, '/mine', her.page.locator(`[data-testid=mine-total][data-value="${hours}"]`))
  await her.page.getByText(me.memberships[0].team_name).first().waitFor()
  await comes(her.page, '/mine/notices', her.page.getByText(me.number))
  await look(her.page, 'merged-notice')

  tell('the old phone is out, and its number signs nobody in')
  await old.page.goto('/mine')
  await old.page.waitForURL((url) => url.pathname === '/sign-in')
})

// initials are the first letters of a name's pinyin: of each letter the first
// character in the dictionary's order is known.
function initials(name) {
  const letters = 'abcdefghjklmnopqrstwxyz'
  const first = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀']
  const before = (a, b) => a.localeCompare(b, 'zh-Hans-CN-u-co-pinyin') <= 0
  return [...name].map((c) => letters[first.filter((f) => before(f, c)).length - 1]).join('')
}
