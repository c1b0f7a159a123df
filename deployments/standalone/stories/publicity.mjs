// What was confirmed is open to objections for some days. Anybody may read it,
// without sign-in and mostly without names; the board shows it and shows what has
// settled; and on its day it settles by itself.
import { atDesk, leapTo, look, now, signIn, story, tell, withPhone } from './browser.mjs'

await story(async () => {
  const stranger = await withPhone('路人')
  const officer = await atDesk('市妇联')

  tell('the officer sees which brigades are in publicity, and makes it three days from today')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/console/publicity')
  const team = officer.page.getByTestId('pub-team').first()
  await team.waitFor()
  await officer.page.getByTestId('pub-days-3').click()
  await officer.page.getByTestId('pub-reason').fill('市妇联会议决定')
  await officer.page.getByTestId('pub-save').click()
  await officer.page.getByTestId('pub-line').filter({ hasText: '3' }).waitFor()
  await look(officer.page, 'publicity', { fullPage: true })

  tell('somebody who is not signed in reads the list of that brigade')
  await stranger.page.goto(`/b/${await team.getAttribute('data-id')}`)
  await stranger.page.getByTestId('album-publicity').click()
  await stranger.page.getByTestId('public-line').first().waitFor()
  if (!(await stranger.page.getByTestId('public-line').first().innerText()).includes('公示到')) throw new Error('the line does not say until when')
  await look(stranger.page, 'public-list', { fullPage: true })

  tell('the board of all time shows less of what has settled than of what is posted')
  const total = async (basis) => {
    const answer = officer.page.waitForResponse((r) => r.url().includes('/hours/v1/boards?') && r.url().includes(`basis=${basis}`))
    await officer.page.goto(`/console/boards?subject=team&period=all&basis=${basis}`)
    return (await (await answer).json()).total_minutes
  }
  const posted = await total('posted')
  await officer.page.getByTestId('board-row').first().waitFor()
  await look(officer.page, 'board-posted')
  await officer.page.getByTestId('board-basis-settled').click()
  await officer.page.locator('[data-testid=board-basis][data-basis=settled]').waitFor()
  await look(officer.page, 'board-settled')
  const settled = await total('settled')
  if (!(settled > 0 && settled < posted)) throw new Error(`${settled} minutes are settled of ${posted}`)

  tell('eight days later all of it has settled by itself')
  await leapTo(new Date((await now()).getTime() + 8 * 24 * 3600_000))
  const later = [await total('posted'), await total('settled')]
  if (later[0] !== later[1]) throw new Error(`of ${later[0]} minutes ${later[1]} are settled`)
  await stranger.page.reload()
  await stranger.page.getByText('现在没有正在公示的时长').waitFor()
})
