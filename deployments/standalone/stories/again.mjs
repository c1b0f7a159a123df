// A leader at 21:10: last week's activity is posted again and in the group
// within six taps. Then the place changes, and then it rains: whoever signed up
// hears of both.
import { at, comes, day, leapTo, look, now, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const { page } = leader

  tell('it is ten past nine in the evening; the leader opens Qihe')
  await leapTo(at(day(await now()), '21:10'))
  await signIn(leader, process.env.QIHE_LEADER)
  await page.getByTestId('led-tasks').waitFor()
  await look(page, 'leader-today')

  let taps = 0
  const tap = async (element) => {
    taps++
    await element.click()
  }
  await tap(page.getByTestId('led-tasks'))
  await page.getByTestId('post-again').first().waitFor()
  await look(page, 'again-list')
  await tap(page.getByTestId('post-again').first())
  await page.getByTestId('shift-date').first().waitFor()
  await look(page, 'again-form', { fullPage: true })
  const title = await page.getByTestId('task-title').inputValue()
  await tap(page.getByTestId('publish'))
  await page.getByTestId('published').waitFor()
  await tap(page.getByTestId('copy-link'))
  tell(`“${title}” is posted again and copied for the group after ${taps} taps`)
  if (taps > 6) throw new Error(`${taps} taps`)
  await look(page, 'again-published', { fullPage: true })
  const text = await page.getByTestId('share-text').innerText()
  const taskPath = new URL(page.url()).pathname
  if (!text.includes(title) || !text.includes(taskPath)) throw new Error(`the text for the group: ${text}`)

  tell('a volunteer signs up')
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  await volunteer.page.goto(taskPath)
  await volunteer.page.getByTestId('sign-up').click()
  await volunteer.page.getByTestId('withdraw').waitFor()

  tell('the place changes; the form says that she will be told')
  await page.reload()
  await page.getByTestId('edit-task').click()
  await page.getByTestId('will-tell').waitFor()
  await page.getByTestId('task-place').fill('淇水湾西门')
  await look(page, 'edit', { fullPage: true })
  await page.getByTestId('save').click()
  await page.getByTestId('said-changed').waitFor()
  await look(page, 'changed')

  tell('it rains: the leader calls it off with one tap on a reason')
  await page.getByTestId('cancel-task').click()
  await page.getByTestId('cancel-why').first().click()
  await look(page, 'cancel-sheet')
  await page.getByTestId('cancel-confirm').click()
  await page.getByTestId('said-cancelled').waitFor()
  await page.getByTestId('poster-open').click()
  await page.getByTestId('poster').waitFor()
  await look(page, 'cancel-poster')

  tell('the volunteer hears of both, and sees why')
  const list = volunteer.page.getByTestId('notices')
  await comes(volunteer.page, '/mine/notices', list.filter({ hasText: '活动取消' }).filter({ hasText: '淇水湾西门' }))
  if (!(await list.innerText()).includes(title)) throw new Error(await list.innerText())
  await look(volunteer.page, 'notices')
  await volunteer.page.goto(taskPath)
  await volunteer.page.getByTestId('shift-off').waitFor()
  await look(volunteer.page, 'task-off')
})
