// Moment 8, the cut-off day: the form is filled and frozen by itself, a correction
// afterwards is explained, every figure opens its entries, two persons sign, and
// it is taken out as the form and on A4.
import { atDesk, call, day, now, signIn, story, tell, until } from './browser.mjs'
import { desk, faults, seeOnce } from './sight.mjs'

await story(async () => {
  const county = await atDesk('县妇联')
  const city = await atDesk('市妇联')
  await Promise.all([signIn(county, process.env.QIHE_COUNTY_OFFICER), signIn(city, process.env.QIHE_OFFICER)])

  tell('the county uploads the form, its cells marked; they are bound at once')
  await county.page.goto('/console/reports')
  await county.page.getByTestId('form-add').click()
  const [sample] = await Promise.all([county.page.waitForEvent('download'), county.page.getByTestId('sample').click()])
  await county.page.getByTestId('form-file').setInputFiles(await sample.path())
  await county.page.getByTestId('form-name').fill('巾帼志愿服务月报')
  await county.page.getByTestId('form-send').click()
  await county.page.getByTestId('uploaded').waitFor()

  tell('it says to whom it is reported, and that last month is to be reported too')
  await county.page.getByTestId('form-setup').click()
  await county.page.getByTestId('cell-B5').click()
  await county.page.getByTestId('bind-says').waitFor()
  await county.page.getByTestId('set-addressee').fill('鹤壁市妇女联合会')
  const [year, month] = day(await now()).split('-').map(Number)
  const last = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  await county.page.getByTestId('set-from').fill(`${last}-01`)
  await seeOnce(county, 'setup', desk, 24)
  await county.page.getByTestId('set-save').click()
  await county.page.getByTestId('set-saved').waitFor()

  tell('this month is a preview; last month, whose cut-off day is over, is frozen by itself')
  await county.page.goto('/console/reports')
  const row = county.page.locator(`[data-testid=period][data-period="${last}"][data-version="1"]`)
  await until('last month to be frozen', async () => {
    await county.page.reload()
    await county.page.getByTestId('period').first().waitFor()
    return row.isVisible()
  }, 60_000)
  await seeOnce(county, 'list', desk, 24)
  await row.getByTestId('period-open').click()
  await county.page.locator('[data-testid=report-state][data-version="1"]').waitFor()
  const formId = new URL(county.page.url()).pathname.split('/')[3]
  const path = `/api/hours/v1/report-forms/${formId}/reports/${last}`

  tell('a figure opens its entries, and they come to it')
  await county.page.getByTestId('cell-B5').click()
  await county.page.getByTestId('report-entry').first().waitFor()
  const sheet = encodeURIComponent('月报')
  const entries = []
  for (let after = ''; after !== undefined; ) {
    const page = await call(county, 'GET', `${path}/entries?version=1&sheet=${sheet}&cell=B5&limit=200${after ? `&after=${after}` : ''}`)
    entries.push(...page.items)
    after = page.next
  }
  const report = await call(county, 'GET', path)
  const cell = report.cells.find((c) => c.cell === 'B5')
  const sum = entries.reduce((n, e) => n + e.minutes, 0)
  if (sum !== cell.value || sum === 0) throw new Error(`${entries.length} entries come to ${sum}, the figure is ${cell.value}`)
  await seeOnce(county, 'opened', desk, 24)

  tell('a line turns out wrong: the city asks, the county decides, and the page says what differs and why')
  const asked = await call(city, 'POST', `/api/hours/v1/entries/${entries[0].id}/corrections`, { reason: '名册上没有这个人', minutes: 0 })
  await call(county, 'POST', `/api/hours/v1/corrections/${asked.correction_id}/decide`, { accept: true, reason: '核对签到表，确实没有到场' })
  await county.page.reload()
  const difference = county.page.locator('[data-testid=difference][data-cell=B5]')
  await difference.waitFor()
  if (!(await difference.innerText()).includes('核对签到表')) throw new Error(`it says ${await difference.innerText()}`)
  await county.page.getByTestId('cell-B5').click()
  await county.page.getByTestId('which-since').click()
  await county.page.locator(`[data-testid=report-entry][data-minutes="${-entries[0].minutes}"]`).waitFor()
  await seeOnce(county, 'differs', desk, 24)

  tell('who filled it does not review it; the city does')
  await county.page.getByTestId('sign').click()
  await county.page.getByTestId('may-not').waitFor()
  await city.page.goto(county.page.url())
  await city.page.getByTestId('sign').click()
  await city.page.locator('[data-testid=signed-reviewer] b').waitFor()
  await city.page.getByTestId('sign').click()
  await city.page.locator('[data-testid=signed-head] b').waitFor()

  tell('it is taken out: the form itself, and A4')
  for (const format of ['xlsx', 'pdf']) {
    const [file] = await Promise.all([city.page.waitForEvent('download'), city.page.getByTestId(`take-${format}`).click()])
    if (!file.suggestedFilename().endsWith(`上报版.${format}`)) throw new Error(`saved as ${file.suggestedFilename()}`)
    if (process.env.QIHE_PICTURES) await file.saveAs(`${process.env.QIHE_PICTURES}/month.${format}`)
    await city.page.getByTestId('taken').waitFor()
  }
  await seeOnce(city, 'signed', desk, 24)
  if (faults.length > 0) throw new Error(faults.join('\n'))
})
