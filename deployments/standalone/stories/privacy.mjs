// Her data are hers: each consent by itself, her name on the board within two
// seconds, who looked at her data and why, everything as a file, and the way
// out, which leaves a number without a name.
import { readFile } from 'node:fs/promises'
import { atDesk, call, look, signIn, story, tell, texted, until, withPhone, within } from './browser.mjs'

const phone = process.env.QIHE_VOLUNTEER

await story(async () => {
  const her = await withPhone('志愿者')
  const officer = await atDesk('市妇联')

  tell('she agrees to one thing after the other, and takes one back')
  await signIn(her, phone)
  const me = await call(her, 'GET', '/api/teams/v1/me')
  await her.page.goto('/mine/privacy')
  for (const purpose of ['board_name', 'rank_neighbours', 'check_in_location']) await answer(her.page, purpose, true)
  await answer(her.page, 'check_in_location', false)
  await look(her.page, 'privacy', { fullPage: true })

  tell('the board says her name, and two seconds after she changed her mind it does not')
  await signIn(officer, process.env.QIHE_OFFICER)
  const reads = (name) =>
    officer.page.evaluate(
      async ([team, id, name]) => {
        const board = await (await fetch(`/api/hours/v1/boards?subject=volunteer&scope=team:${team}&period=all`)).json()
        return board.rows.some((row) => row.subject_id === id && row.name === name)
      },
      [me.memberships[0].team_id, me.volunteer_id, name],
    )
  await until('her name on the board', () => reads(me.name))
  await answer(her.page, 'board_name', false)
  const masked = `${me.name[0]}**`
  const began = Date.now()
  await until('her name off the board', () => reads(masked))
  within(2000, began, `the board read ${masked}`)

  tell('an officer looks at her numbers, and she sees who and why')
  await officer.page.goto(`/console/volunteers/${me.volunteer_id}`)
  await officer.page.getByTestId('volunteer-purpose').selectOption('certificate')
  await officer.page.getByTestId('volunteer-read').click()
  await officer.page.getByTestId('volunteer-phone').filter({ hasText: phone }).waitFor()
  await her.page.reload()
  await her.page.locator('[data-testid="access"]').filter({ hasText: '出具证明' }).waitFor()

  tell('she takes everything home as a file')
  const [file] = await Promise.all([her.page.waitForEvent('download'), her.page.getByTestId('download-json').click()])
  const whole = await readFile(await file.path(), 'utf8')
  if (!whole.includes(me.name) || !whole.includes(phone)) throw new Error('the file does not hold her name and phone')
  JSON.parse(whole)

  tell('she erases the account: what goes and what stays, a code, the word')
  await her.page.getByTestId('erase-begin').click()
  await look(her.page, 'erase', { fullPage: true })
  await her.page.getByTestId('erase-send').click()
  await her.page.getByTestId('erase-code').waitFor()
  await her.page.getByTestId('erase-code').fill(await texted(phone))
  await her.page.getByTestId('erase-word').fill('注销')
  await her.page.getByTestId('erase-confirm').click()
  await her.page.getByTestId('erased').waitFor()
  await look(her.page, 'erased')

  tell('the board keeps her hours under a tombstone, and the office finds nobody')
  await until('the tombstone', () => reads('已注销'))
  await officer.page.goto('/console/volunteers')
  await officer.page.getByTestId('list-search').fill(me.number)
  await officer.page.getByTestId('list-clear').waitFor()
  await officer.page.goto(`/console/audit`)
  await officer.page.getByRole('heading', { level: 1 }).first().waitFor()
  await look(officer.page, 'audit')
})

// answer turns a switch and waits until the server keeps it.
async function answer(page, purpose, yes) {
  const input = page.getByTestId(`switch-${purpose}`)
  await input.waitFor()
  if ((await input.isChecked()) !== yes) await input.click()
  await page.locator(`[data-testid="consent-${purpose}"][data-state="${yes ? 'given' : 'withdrawn'}"]`).waitFor()
}
