// Hours from before Qihe: a leader uploads what her brigade's paper register says,
// with two pictures of it, and puts a red row right; an officer looks at the rows
// beside the pictures and approves; the volunteer sees them apart, and how they
// were proved.
import { atDesk, call, look, signIn, story, tell, withPhone } from './browser.mjs'

// register is a picture of a page of a paper register.
async function register({ context }, rows) {
  const page = await context.newPage()
  await page.setContent(`<body style="font:22px serif;padding:24px;background:#fdf8ea"><h2>巾帼志愿服务登记簿</h2><table border=1 cellpadding=8 style="border-collapse:collapse">${rows.map((r) => `<tr>${r.map((c) => `<td>${c}</td>`).join('')}</tr>`).join('')}</table></body>`)
  const picture = await page.screenshot({ type: 'jpeg' })
  await page.close()
  return picture
}

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const officer = await atDesk('市妇联')
  const me = (who) => call(who, 'GET', '/api/teams/v1/me')

  tell('a volunteer and her leader are both in the register')
  await Promise.all([signIn(volunteer, process.env.QIHE_VOLUNTEER), signIn(leader, process.env.QIHE_LEADER), signIn(officer, process.env.QIHE_OFFICER)])
  const [one, two] = await Promise.all([me(volunteer), me(leader)])
  const team = two.memberships.find((m) => m.role === 'leader').team_id
  if (!one.memberships.some((m) => m.team_id === team)) throw new Error('the volunteer is of another brigade')

  tell('the leader takes two pictures and uploads an ugly list')
  await leader.page.goto(`/teams/${team}`)
  await leader.page.getByTestId('history-open').click()
  await look(leader.page, 'begin')
  await leader.page.getByTestId('history-begin').click()
  const rows = [[one.name, '2019.5.1', '清理河道', '2.5小时'], [two.name, '同上', '同上', '〃']]
  const pages = await Promise.all([register(leader, rows), register(leader, [[one.name, '2019年6月2日', '慰问老人', '90分钟']])])
  await leader.page.getByTestId('history-page-add').setInputFiles(pages.map((buffer, i) => ({ name: `登记簿${i + 1}.jpg`, mimeType: 'image/jpeg', buffer })))
  await leader.page.getByTestId('history-page').nth(1).waitFor()
  const list = `社区志愿服务登记,,,,,\n姓 名,志愿者编号,服务日期,服务内容,时长（小时）,登记簿页码\n${one.name},${one.number},2019.5.1,清理河道,2.5小时,1\n${two.name},${two.number},同上,同上,〃,第1页\n${one.name},${one.number},2019年6月,慰问老人,90分钟,2\n合计,,,,6.5,\n`
  await leader.page.getByTestId('history-file').setInputFiles({ name: '登记簿.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
  await leader.page.locator('[data-testid=history-counts][data-rows="3"][data-to-fix="1"]').waitFor()
  await look(leader.page, 'red', { fullPage: true })

  tell('one row is red: its day is not whole. She puts it right and hands all of it in')
  const red = leader.page.getByTestId('history-red')
  await red.getByTestId('row-finding').and(leader.page.locator('[data-kind=day_part]')).waitFor()
  await red.getByTestId('row-day').fill('2019-06-02')
  await red.getByTestId('row-save').click()
  await leader.page.locator('[data-testid=history-counts][data-to-fix="0"]').waitFor()
  await look(leader.page, 'fixed', { fullPage: true })
  await leader.page.getByTestId('history-submit').click()
  await leader.page.locator('[data-testid=history-earlier][data-state=submitted]').waitFor()
  await look(leader.page, 'handed-in')

  tell('an officer looks at the rows beside the pictures, and approves')
  await officer.page.goto('/console/history')
  await officer.page.getByTestId('history-item').first().waitFor()
  await look(officer.page, 'queue')
  await officer.page.getByTestId('history-open').first().click()
  await officer.page.getByTestId('scan-show').click()
  await officer.page.getByTestId('scan-picture').waitFor()
  await officer.page.keyboard.press('ArrowDown')
  await officer.page.keyboard.press('ArrowDown')
  await officer.page.locator('[data-testid=scan-page][data-number="2"][aria-pressed=true]').waitFor()
  await officer.page.keyboard.press('x')
  await officer.page.getByTestId('history-strike-why').waitFor()
  await look(officer.page, 'review')
  await officer.page.getByTestId('history-strike').nth(2).click()
  await officer.page.getByTestId('history-approve').click()
  await officer.page.locator('[data-testid=history-state][data-value=approved]').waitFor()
  await look(officer.page, 'approved')

  tell('the volunteer sees them apart, with the page of the register and through whose hands they went')
  await volunteer.page.goto('/mine')
  await volunteer.page.locator('[data-testid=mine-imported][data-value="240"]').waitFor()
  const line = volunteer.page.getByTestId('entry-row').filter({ hasText: '慰问老人' }).filter({ hasText: '历史时长' })
  await line.getByRole('button').first().click()
  const proof = await line.getByTestId('entry-register').innerText()
  if (!proof.includes(two.name) || !proof.includes('第 2 页')) throw new Error(proof)
  await look(volunteer.page, 'mine', { fullPage: true })
  await line.getByTestId('entry-ask').click()
  await volunteer.page.getByTestId('wrong-more').click()
  await volunteer.page.getByTestId('times-length').waitFor()
  await look(volunteer.page, 'ask')
})
