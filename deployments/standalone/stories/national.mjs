// The five groups of records for the national system: the city writes its
// headings into the mapping, sees what is kept back and why; a volunteer agrees;
// a batch is made, taken with a second factor and answered; what was refused
// goes again when it was mended, and nothing goes twice.
import { readFile } from 'node:fs/promises'
import { atDesk, call, keepSecondFactor, signIn, story, tell, until, withPhone } from './browser.mjs'
import { desk, faults, seeOnce } from './sight.mjs'

await story(async () => {
  const her = await withPhone('志愿者')
  const city = await atDesk('市妇联')
  const page = city.page
  await Promise.all([signIn(her, process.env.QIHE_VOLUNTEER), signIn(city, process.env.QIHE_OFFICER)])
  const me = await call(her, 'GET', '/api/teams/v1/me')
  const count = async (group, column) => Number((await page.getByTestId(`count-${group}`).locator('td').nth(column).innerText()).replace(/\D/g, ''))
  // check has the city look until the rows that may be sent are as they ought to be: what is known of a person travels between the services.
  const check = (right) =>
    until('what may be sent', async () => {
      await page.goto('/console/national')
      await page.getByTestId('nat-check').click()
      await page.getByTestId('nat-found').waitFor()
      return right(Number(await page.getByTestId('nat-found').getAttribute('data-rows')))
    })

  tell('nobody has agreed yet: everybody is counted, nothing can be sent')
  await check((rows) => rows === 0)
  await page.getByTestId('why-no_consent').waitFor()
  await seeOnce(city, 'check-none', desk, 24)

  tell('she registers her paper and agrees, and only then are her records ready')
  await call(her, 'PATCH', '/api/teams/v1/me/profile', { name: '李桂英', id_number: '410621196505201229' })
  await her.page.goto('/mine/privacy')
  await her.page.getByTestId('switch-national_system').click()
  await her.page.locator('[data-testid=consent-national_system][data-state=given]').waitFor()
  let lines = 0
  await check(async (rows) => (lines = await count('service', 1)) > 0 && rows > lines && (await count('basic', 1)) === 1)

  tell('the city writes its own heading into the mapping, which becomes version 2')
  await page.getByTestId('part-mapping').click()
  await page.getByTestId('sheet-service').click()
  await page.getByTestId('column-heading').nth(4).fill('服务项目名称')
  await page.getByTestId('mapping-save').click()
  await page.locator('[data-testid=mapping-version][data-version="2"]').waitFor()
  await seeOnce(city, 'mapping', desk, 24)

  tell('a batch is made for a purpose, and taken, with a second factor')
  await keepSecondFactor(city)
  await page.goto('/console/national?part=batches')
  await page.getByTestId('batch-purpose').fill('向市民政局报送')
  await page.getByTestId('batch-make').click()
  const first = page.locator('[data-testid=batch][data-number="1"]')
  await first.getByTestId('batch-take').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), first.getByTestId('batch-take').click()])
  if ((await readFile(await file.path())).subarray(0, 2).toString() !== 'PK') throw new Error('the file is no workbook')
  await page.locator('[data-testid=batch][data-number="1"][data-taken=true]').waitFor()
  await check((rows) => rows === 0)

  tell('what comes back is compared: her area was refused, a line accepted, a row is none of ours, the rest is missing')
  await page.getByTestId('part-batches').click()
  await first.getByTestId('answer-open').click()
  const answer = ['淇河行号,处理结果,失败原因', '1-B1,失败,所在区域有误', '1-S1,导入成功,', '1-S99999,导入成功,'].join('\n')
  await first.getByTestId('answer-file').setInputFiles({ name: '回执.csv', mimeType: 'text/csv', buffer: Buffer.from(answer) })
  await first.getByTestId('answer-do').click()
  await first.locator(`[data-testid=answered][data-accepted="1"][data-refused="1"][data-missing="${lines - 1}"][data-unknown="1"]`).waitFor()
  await seeOnce(city, 'answered', desk, 24)
  const [marked] = await Promise.all([page.waitForEvent('download'), first.getByTestId('answer-mark').click()])
  if (!(await marked.path())) throw new Error('no marked file')

  tell('the refused row says why and waits; mended, it goes again with what was missing, and nothing else')
  await check((rows) => rows === lines - 1)
  await page.locator('[data-testid=problem][data-code=refused]').filter({ hasText: '所在区域有误' }).waitFor()
  await seeOnce(city, 'refused', desk, 24)
  await call(her, 'PATCH', '/api/teams/v1/me/profile', { region_code: '410621' })
  await check((rows) => rows === lines)

  tell('she takes her consent back: nothing of hers is sent any more')
  await her.page.reload()
  await her.page.getByTestId('switch-national_system').click()
  await her.page.locator('[data-testid=consent-national_system][data-state=withdrawn]').waitFor()
  await check((rows) => rows === 0)
  await her.page.goto('/mine/privacy')
  await her.page.getByTestId('access').filter({ hasText: '报送全国系统' }).first().waitFor()
  if (faults.length > 0) throw new Error(`${me.name}: pages are not as they must be:\n${faults.join('\n')}`)
})
