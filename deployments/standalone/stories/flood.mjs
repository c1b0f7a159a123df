// Six in the morning, a flood alert: an officer pauses 浚县 with three taps.
// Whoever signed up hears of it, and each leader sees whom to call. Then the
// alert is called off, within the ten minutes of an undo.
import { at, atDesk, comes, day, leapTo, look, now, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const officer = await atDesk('市妇联')
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const tomorrow = day(new Date((await now()).getTime() + 24 * 3600_000))

  tell('the evening before: a leader in 浚县 posts an activity for the morning, and somebody signs up')
  await signIn(leader, process.env.QIHE_LEADER)
  await leader.page.getByTestId('led-tasks').click()
  await leader.page.getByTestId('post-again').first().click()
  await leader.page.getByTestId('shift-date').first().fill(tomorrow)
  await leader.page.getByTestId('publish').click()
  await leader.page.getByTestId('published').waitFor()
  const taskPath = new URL(leader.page.url()).pathname
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  await volunteer.page.goto(taskPath)
  await volunteer.page.getByTestId('sign-up').click()
  await volunteer.page.getByTestId('withdraw').waitFor()

  tell('it is six in the morning; the officer has the page open')
  await leapTo(at(tomorrow, '06:00'))
  await signIn(officer, process.env.QIHE_OFFICER)
  const { page } = officer
  await page.goto('/console/pauses')
  await page.getByTestId('pause-region').nth(3).waitFor()
  await look(page, 'pauses-before')

  let taps = 0
  const tap = async (element) => {
    taps++
    await element.click()
  }
  await tap(page.getByTestId('pause-region').filter({ hasText: '浚县' }))
  await tap(page.getByTestId('pause-why').first())
  await page.getByTestId('pause-preview').waitFor()
  const foreseen = Number(await page.getByTestId('pause-preview').getAttribute('data-value'))
  await look(page, 'pauses-chosen')
  await tap(page.getByTestId('pause-send'))
  await page.getByTestId('pause-said').waitFor()
  tell(`浚县 is paused after ${taps} taps: ${await page.getByTestId('pause-said').innerText()}`)
  if (taps !== 3 || foreseen === 0) throw new Error(`${taps} taps, ${foreseen} shifts foreseen`)
  await look(page, 'pauses-after')

  tell('the leader sees what is paused, and whom to call')
  await leader.page.goto('/today')
  await leader.page.getByTestId('call-open').first().waitFor()
  await look(leader.page, 'leader-today')
  await leader.page.getByTestId('call-open').first().click()
  await leader.page.getByTestId('callee').first().waitFor()
  const tel = await leader.page.getByTestId('call').first().getAttribute('href')
  if (!/^tel:\d{11}$/.test(tel)) throw new Error(`the call button leads to ${tel}`)
  await look(leader.page, 'call')
  await comes(leader.page, '/mine/notices', leader.page.getByText('您带的活动暂停'))

  await volunteer.page.goto(taskPath)
  await volunteer.page.getByTestId('shift-off').waitFor()
  await look(volunteer.page, 'paused-task')

  tell('it was called off: undone, and everything is back')
  await page.getByTestId('pause-end').first().click()
  await page.getByTestId('pause').first().and(page.locator('[data-standing=false]')).waitFor()
  await look(page, 'pauses-undone')
  await leader.page.goto('/today')
  await leader.page.getByTestId('on-site').first().waitFor()
  if ((await leader.page.getByTestId('call-open').count()) > 0) throw new Error('something is still paused')
})
