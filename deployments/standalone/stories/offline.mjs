// A gate without signal: the pages are open, the network is gone. The leader's
// page goes on drawing codes and keeps her taps; the volunteer's page scans the
// code itself and keeps it in the phone, through a closed page, until there is
// network again; what the two disagree about waits for the leader's look. Service
// workers are blocked: nothing here rests on one.
import { at, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'
import { allSent, codeAt, post, signUp } from './gate_help.mjs'

const title = '山里没有信号的活动'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')

  tell('the leader posts, the volunteer signs up')
  await signIn(leader, process.env.QIHE_LEADER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))
  const shift = await post(leader, date, title)
  await signUp(volunteer, shift)

  tell('at nine both open their pages; then the signal is gone')
  await leapTo(at(date, '09:01'))
  await leader.page.goto(`/shifts/${shift}/on-site`)
  await leader.page.locator('[data-testid=offline-ready][data-keeps=true]').waitFor()
  await look(leader.page, 'on-site-ready')
  await volunteer.page.goto('/today')
  await volunteer.page.locator(`[data-testid=shift-card][data-shift-id="${shift}"]`).getByTestId('to-check-in').click()
  await volunteer.page.getByTestId('scan-open').waitFor()
  await look(volunteer.page, 'check-in')
  await volunteer.page.waitForLoadState('networkidle')
  for (const { context } of [leader, volunteer]) await context.setOffline(true)

  tell('the leader taps the volunteer and herself without network, and the lines move')
  const expected = leader.page.locator('[data-testid=roll-line][data-state=expected]')
  for (const n of [1, 2]) {
    await expected.first().getByTestId('roll-call').click()
    await until('the kept tap', async () => (await leader.page.getByTestId('roll-kept').count()) === n)
  }
  await look(leader.page, 'on-site-offline', { fullPage: true })

  tell('two minutes later the volunteer scans the code in the open page all the same; it is kept')
  await leapTo(at(date, '09:03'))
  await volunteer.page.getByTestId('scan-open').click()
  await scanPhoto(volunteer.page)
  await volunteer.page.getByTestId('claim-kept').waitFor()
  await look(volunteer.page, 'kept', { fullPage: true })

  tell('the volunteer closes her page; an hour later there is network, and what was kept is sent')
  await volunteer.page.close()
  await leapTo(at(date, '10:05'))
  await volunteer.context.setOffline(false)
  volunteer.page = await volunteer.context.newPage()
  await volunteer.page.goto('/today')
  const presence = async () => (await volunteer.context.request.get(`/api/tasks/v1/shifts/${shift}/presence`)).json()
  await until('the check-in', async () => (await presence()).state === 'open')
  const known = await presence()
  const minute = new Date(known.checked_in_at).toISOString().slice(11, 16)
  if (minute < '01:00' || minute > '01:04' || known.proof !== 'on_site') throw new Error(`kept at 09:03, known as ${JSON.stringify(known)}`)
  await until('nothing left to send', async () => (await volunteer.page.getByTestId('unsent').count()) === 0)
  await look(volunteer.page, 'today-after')
  await leader.context.setOffline(false) // hers comes second
  await allSent(leader.page)

  tell('with network the same scanner checks her out at once')
  await leapTo(at(date, '10:40'))
  await leader.page.goto(`/shifts/${shift}/on-site`)
  await volunteer.page.goto(`/check-in/${shift}`)
  await volunteer.page.getByTestId('scan-open').click()
  await scanPhoto(volunteer.page)
  await volunteer.page.getByTestId('claim-result').and(volunteer.page.locator('[data-state=closed]')).waitFor()
  await look(volunteer.page, 'checked-out')
  const out = await presence()
  if (out.proof !== 'on_site' || out.minutes < 95 || out.minutes > 100) throw new Error(`after the check-out: ${JSON.stringify(out)}`)
  await until('nothing is left in the phone', async () => (await volunteer.page.evaluate(() => localStorage.getItem('qihe.waiting'))) === null)

  tell('two times are known of one arrival: the leader leaves the other aside, takes that back, and accepts it')
  await leader.page.goto(`/shifts/${shift}/confirm`)
  const doubt = leader.page.locator('[data-testid=doubt][data-doubt=conflict]')
  await doubt.getByTestId('doubt-dismiss').click()
  await doubt.and(leader.page.locator('[data-verdict=dismiss]')).getByTestId('doubt-undo').click()
  await doubt.getByTestId('doubt-accept').waitFor()
  await look(leader.page, 'doubt', { fullPage: true })
  await doubt.getByTestId('doubt-accept').click()
  await doubt.and(leader.page.locator('[data-verdict=accept]')).waitFor()
  await look(leader.page, 'accepted', { fullPage: true })

  async function scanPhoto(page) {
    const code = await codeAt(leader.page)
    await page.getByTestId('scan-photo').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: await code.screenshot() })
  }
})
