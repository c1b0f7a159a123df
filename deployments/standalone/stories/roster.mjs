// An ugly roster: its first line, the uploader's own file back with red cells,
// put right it passes, is applied, and whoever uploads it again is told that
// nothing changes.
import { readFile } from 'node:fs/promises'
import { atDesk, look, signIn, story, tell, until, withPhone } from './browser.mjs'
import { unzip } from './unzip.mjs'

const team = '善堂镇东善堂村巾帼志愿服务队'
const header = '序号,姓 名,手 机,身份证号码,职务,所在服务队,区划\n'
const ugly =
  '浚县巾帼志愿服务队花名册,,,,,,\n填报时间：2026年11月,,,,,,\n' +
  header +
  `1,王　桂兰,１３７００００００１１,,队长,${team},浚县善堂镇东善堂村\n` +
  `2,李 秀英,13700000012,4.10621E+17,队员,${team},浚县善堂\n` +
  `3,张玉梅,1370000013,,队员,${team},浚县善堂镇\n` +
  `4,赵凤莲,13700000014,,队员,,\n` +
  '合计,4 人,,,,,\n'
const right = ugly.replace('4.10621E+17', '').replace('1370000013', '13700000013')

await story(async () => {
  const officer = await atDesk('浚县妇联')
  await signIn(officer, process.env.QIHE_COUNTY_OFFICER)
  const { page } = officer

  tell('the page offers a template and a place to drop a file')
  await page.goto('/console/import')
  await page.getByTestId('roster-drop').waitFor()
  await look(page, 'empty', { fullPage: true })
  const template = await saved(page, () => page.getByTestId('roster-template').click())
  if (!template.name.endsWith('.xlsx') || !unzip(template.data, 'xl/workbook.xml').includes('说明')) throw new Error(`no template: ${template.name}`)

  tell('a picture of a list is refused with what to do')
  await give(page, '名册.xlsx', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
  await page.getByTestId('failure').getByText('这是图片').waitFor()
  await look(page, 'refused')

  tell('an ugly roster: first the counts')
  await give(page, '善堂镇名册.csv', Buffer.from(ugly))
  await page.getByTestId('roster-first-line').waitFor()
  const first = await page.getByTestId('roster-first-line').innerText()
  if (first !== '4 行，2 行可用，2 行要改') throw new Error(`the first line is ${first}`)
  if (await page.getByTestId('roster-apply').isEnabled()) throw new Error('it can be applied with rows to put right')
  await look(page, 'judged', { fullPage: true })

  tell('the file comes back with red cells and reasons')
  const marked = await saved(page, () => page.getByTestId('roster-marked').click())
  const sheet = unzip(marked.data, 'xl/worksheets/sheet1.xml')
  const red = unzip(marked.data, 'xl/styles.xml').includes('FFC7CE')
  for (const cell of ['D5', 'C6']) if (!new RegExp(`<c r="${cell}" s="[1-9]`).test(sheet) || !red) throw new Error(`${cell} is not red`)
  if (!unzip(marked.data, 'xl/sharedStrings.xml').includes('改坏了')) throw new Error('it does not say why')

  tell('put right it passes, is confirmed, and is there')
  await page.getByTestId('roster-other').click()
  await give(page, '善堂镇名册.csv', Buffer.from(right))
  await page.getByTestId('roster-changes').waitFor()
  if (!(await page.getByTestId('roster-changes').innerText()).includes('新增 4 人')) throw new Error('four people would be new')
  await page.getByTestId('roster-apply').click()
  await page.getByTestId('roster-done').waitFor({ timeout: 60_000 })
  await look(page, 'done', { fullPage: true })

  tell('the same file again changes nothing')
  await page.getByTestId('roster-other').click()
  await give(page, '善堂镇名册.csv', Buffer.from(right))
  await page.getByTestId('roster-no-change').waitFor()

  tell('and whoever is in it stands in the export, which asks what for')
  await page.getByTestId('export-purpose').fill('核对善堂镇名单')
  await page.getByTestId('export-format').selectOption('csv')
  const list = await saved(page, () => page.getByTestId('export-do').click())
  const lines = list.data.toString('utf8')
  if (!lines.includes('赵凤莲') || !lines.includes(team) || lines.includes('13700000014')) throw new Error('she is not in the export, or her whole number is')
  await page.setViewportSize({ width: 390, height: 844 })
  await look(page, 'phone', { fullPage: true })

  tell('a volunteer finds no such page')
  const volunteer = await withPhone('志愿者')
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  await volunteer.page.goto('/console/import')
  await until('the volunteer to be sent home', async () => new URL(volunteer.page.url()).pathname === '/today')
})

// give puts a file into the page as if it had been chosen.
function give(page, name, buffer) {
  return page.getByTestId('roster-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
}

// saved does something that ends in a download, and returns its name and content.
async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return { name: download.suggestedFilename(), data: await readFile(await download.path()) }
}
