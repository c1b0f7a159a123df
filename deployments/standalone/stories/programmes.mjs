// The city decides what a line of work needs and offers a template for a
// season; a leader takes it up with one tap, and its page names what is needed.
import { atDesk, look, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const officer = await atDesk('市妇联')
  const leader = await withPhone('队长')
  const { page } = officer

  tell('the city asks for a qualification from today on, with a reason')
  await signIn(officer, process.env.QIHE_OFFICER)
  await page.goto('/console/programmes')
  const programme = page.getByTestId('programme').filter({ hasText: '家教巡讲' })
  await programme.getByTestId('programme-open').click()
  await programme.getByTestId('prog-need').filter({ hasText: '家庭教育指导师' }).click()
  await programme.getByTestId('prog-reason').fill('市妇联会议决定')
  await programme.getByTestId('prog-save').click()
  await programme.getByTestId('prog-saved').waitFor()
  await programme.getByTestId('prog-line').filter({ hasText: '家庭教育指导师' }).waitFor()
  await look(page, 'programmes', { fullPage: true })

  tell('and offers a template for a season')
  await page.getByTestId('campaign-new').click()
  await page.getByTestId('campaign-programme').selectOption({ label: '家教巡讲' })
  await page.getByTestId('campaign-name').fill('寒假家教月')
  await page.getByTestId('campaign-title').fill('家庭教育进社区')
  await look(page, 'campaign-form')
  await page.getByTestId('campaign-send').click()
  await page.getByTestId('campaign').filter({ hasText: '寒假家教月' }).waitFor()
  await look(page, 'campaign')

  tell('a leader takes it up with one tap and publishes')
  await signIn(leader, process.env.QIHE_LEADER)
  await leader.page.goto('/tasks/led')
  await leader.page.getByTestId('campaign').waitFor()
  await look(leader.page, 'led-tasks')
  await leader.page.getByTestId('campaign-adopt').click()
  await leader.page.getByTestId('campaign-filled').waitFor()
  if ((await leader.page.getByTestId('task-title').inputValue()) !== '家庭教育进社区') throw new Error('the template is not filled in')
  await leader.page.getByTestId('task-place').fill('社区活动室')
  await leader.page.getByTestId('task-risks').fill('无特别风险，注意往返交通')
  await leader.page.getByTestId('task-contact-phone').fill('15400000002')
  await leader.page.getByTestId('publish').click()
  await leader.page.getByTestId('published').waitFor()
  await leader.page.getByTestId('task-needs').getByText('家庭教育指导师').waitFor()
  await look(leader.page, 'task', { fullPage: true })
})
