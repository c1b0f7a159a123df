// What people can show, and what went wrong. A volunteer registers her
// first-aid certificate on the phone; an officer looks at its number, confirms
// it at the desk with one tap and writes down an honour; she sees both. She
// tells the office of something that went wrong in her brigade, and reads the
// outcome.
import { atDesk, day, now, signIn, story, tell, withPhone } from './browser.mjs'
import { desk, faults, see, seeOnce } from './sight.mjs'

await story(async () => {
  const lately = day(new Date((await now()).getTime() - 20 * 24 * 3600_000))
  const anne = await withPhone('志愿者')
  const officer = await atDesk('市妇联')
  await signIn(anne, process.env.QIHE_VOLUNTEER)
  await signIn(officer, process.env.QIHE_OFFICER)

  tell('she registers a certificate: one short form')
  await anne.page.goto('/mine')
  await anne.page.getByTestId('link-credentials').click()
  await anne.page.getByTestId('paper-add').click()
  await anne.page.getByTestId('paper-kind').selectOption('first_aid')
  await anne.page.getByTestId('paper-issuer').fill('鹤壁市红十字会')
  await anne.page.getByTestId('paper-number').fill('豫鹤2026-00123')
  await anne.page.getByTestId('paper-issued').fill(lately)
  await see(anne, 'claim')
  await anne.page.getByTestId('paper-send').click()
  await anne.page.getByTestId('paper-sent').waitFor()
  await anne.page.locator('[data-testid=qualification][data-state=claimed]').waitFor()

  tell('the officer finds it in the queue, compares the number, and confirms all that are chosen')
  await officer.page.goto('/console/qualifications')
  const line = officer.page.getByTestId('waiting-paper').first()
  await line.getByTestId('paper-read').click()
  await line.getByText('豫鹤2026-00123').waitFor()
  await seeOnce(officer, 'queue', desk, 24)
  const record = await line.getByRole('link').getAttribute('href')
  await officer.page.getByTestId('queue-all').check()
  await officer.page.getByTestId('queue-confirm').click()
  await officer.page.locator('[data-testid=queue-done][data-value="1"]').waitFor()

  tell('on her record he writes down an honour')
  await officer.page.goto(record)
  await officer.page.getByTestId('add-honour').click()
  await officer.page.getByTestId('note-title').fill('最美志愿者')
  await officer.page.getByTestId('note-by').fill('鹤壁市妇联')
  await officer.page.getByTestId('note-day').fill(lately)
  await officer.page.getByTestId('note-save').click()
  await officer.page.getByTestId('honour').waitFor()
  await seeOnce(officer, 'record', desk, 24)

  tell('she sees both on the phone')
  await anne.page.goto('/mine/credentials')
  await anne.page.locator('[data-testid=qualification][data-state=confirmed]').waitFor()
  await anne.page.getByTestId('honour').waitFor()
  await see(anne, 'mine')

  tell('she tells the office what went wrong in her brigade')
  await anne.page.goto('/mine/complaints')
  await anne.page.getByTestId('complaint-write').click()
  await anne.page.getByTestId('complaint-team').selectOption({ index: 0 })
  await anne.page.getByTestId('complaint-day').fill(lately)
  await anne.page.getByTestId('complaint-happened').fill('说好九点集合，没有人来，也没有通知。')
  await see(anne, 'complaint')
  await anne.page.getByTestId('complaint-send').click()
  await anne.page.getByTestId('complaint-sent').waitFor()

  tell('the office takes it up and decides, and she reads the outcome')
  await officer.page.goto('/console/complaints')
  await officer.page.getByTestId('complaint-take').click()
  await officer.page.getByTestId('complaint-reason').fill('已和队长核实，以后改期提前一天通知。')
  await seeOnce(officer, 'complaints', desk, 24)
  await officer.page.getByTestId('complaint-uphold').click()
  await officer.page.getByTestId('complaint-done').waitFor()
  await anne.page.goto('/mine/complaints')
  await anne.page.locator('[data-testid=my-complaint][data-state=upheld]').waitFor()
  await see(anne, 'outcome')
  if (faults.length > 0) throw new Error(faults.join('\n'))
})
