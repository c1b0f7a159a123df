// A figure opens downwards until the lines of which it is the sum; the leader
// reads the brigade's hours by name; and everybody takes their own home.
import { readFile } from 'node:fs/promises'
import { atDesk, look, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const officer = await atDesk('市妇联')
  const leader = await withPhone('队长')

  tell('the officer opens a county, and in it what gave most, down to a brigade')
  await signIn(officer, process.env.QIHE_OFFICER)
  const { page } = officer
  await page.goto('/console/overview?period=this-year')
  const table = (region, by) => page.locator(`[data-testid=figures-table][data-region="${region}"][data-by=${by}]`)
  await table('4106', 'region').waitFor()
  await look(page, 'figures-city', { fullPage: true })
  let minutes = -1
  for (let level = 0; level < 4; level++) {
    const row = page.getByTestId('figures-row').first()
    const id = await row.getAttribute('data-id')
    minutes = Number(await row.locator('[data-value]').first().getAttribute('data-value'))
    const by = await page.getByTestId('figures-table').getAttribute('data-by')
    await row.getByTestId('figures-open').click()
    if (by === 'team') break
    await page.locator(`[data-testid=figures-table][data-region="${id}"]`).waitFor()
    const whole = Number(await page.getByTestId('figures-whole').locator('[data-value]').first().getAttribute('data-value'))
    if (whole !== minutes) throw new Error(`${id} has ${minutes} minutes in the row and ${whole} when it is opened`)
  }
  await page.getByTestId('team-line').first().waitFor()
  await look(page, 'figures-lines')

  tell('by reporting unit; how people are counted is one key away')
  await page.goto('/console/overview?period=this-year&by=unit')
  await table('4106', 'unit').waitFor()
  await page.getByTestId('sort-people').click()
  const meaning = page.getByTestId('figures-table').getByTestId('fig-meaning').nth(1)
  await meaning.focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('figures-table').getByText('都只算一次').waitFor()
  await look(page, 'figures-units')

  tell('brigades by hours per active member, with the rule beside them')
  await page.goto('/console/boards/per-member?period=this-year')
  await page.getByTestId('pm-row').first().waitFor()
  if (!(await page.getByTestId('pm-rule').innerText()).includes('不到 3 人')) throw new Error('the rule is not on the page')
  await look(page, 'per-member', { fullPage: true })

  tell('the leader reads the hours of the brigade by name, and how one was proved')
  await signIn(leader, process.env.QIHE_LEADER)
  const teams = await leader.page.evaluate(async () => (await (await fetch('/api/teams/v1/me')).json()).memberships)
  const led = teams.find((m) => m.role === 'leader')
  await leader.page.goto(`/teams/${led.team_id}`)
  await leader.page.getByTestId('team-hours-open').click()
  await leader.page.getByTestId('team-member-open').first().click()
  await leader.page.getByTestId('entry-row').first().getByRole('button').click()
  await leader.page.getByTestId('entry-facts').getByText('核实方式').waitFor()
  await look(leader.page, 'team-hours', { fullPage: true })

  tell('and takes the own hours home, as a table that spreadsheets open')
  await leader.page.goto('/mine/privacy')
  const [csv] = await Promise.all([leader.page.waitForEvent('download'), leader.page.getByTestId('download-csv').click()])
  const text = await readFile(await csv.path(), 'utf8')
  const rows = text.slice(1).trimEnd().split('\r\n')
  if (text[0] !== '\ufeff' || !rows[0].includes('"核实方式","状态","冲销的明细编号"') || rows.length < 2) throw new Error(`the table begins ${text.slice(0, 200)}`)
  if (!/扫码核实|现场核实|事后补录|本人申报/.test(rows[1])) throw new Error(`a line does not say how it was proved: ${rows[1]}`)
  const [book] = await Promise.all([leader.page.waitForEvent('download'), leader.page.getByTestId('download-hours').click()])
  const file = await readFile(await book.path())
  if (file.subarray(0, 2).toString() !== 'PK') throw new Error('all about the hours is no workbook')
})
