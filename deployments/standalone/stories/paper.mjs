// A gate without signal and people without phones: the leader prints a sheet,
// everybody signs it, and in the evening she types it in with one tap.
import { readFileSync } from 'node:fs'
import { at, call, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

await story(async () => {
  const leader = await withPhone('队长')
  const volunteer = await withPhone('志愿者')
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))

  tell('a shift for tomorrow at nine; the volunteer, the leader and eight members sign up')
  await signIn(leader, process.env.QIHE_LEADER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  const me = (await call(volunteer, 'GET', '/api/teams/v1/me')).volunteer_id
  const her = await call(leader, 'GET', '/api/teams/v1/me')
  const team_id = her.memberships.find((m) => m.role === 'leader').team_id
  const shift = await post()
  const others = (await call(leader, 'GET', `/api/teams/v1/teams/${team_id}/members`)).items.map((m) => m.volunteer_id).filter((id) => id !== me && id !== her.volunteer_id)
  await call(volunteer, 'POST', `/api/tasks/v1/shifts/${shift}/sign-ups`)
  await call(leader, 'POST', `/api/tasks/v1/shifts/${shift}/sign-ups`)
  await call(leader, 'POST', `/api/tasks/v1/shifts/${shift}/entered-sign-ups`, { volunteer_ids: others.slice(0, 8) })

  tell('before they leave she prints the sheet with one tap')
  await leapTo(at(date, '08:10'))
  await leader.page.goto(`/shifts/${shift}/on-site`)
  const [file] = await Promise.all([leader.page.waitForEvent('download'), leader.page.getByTestId('paper-print').click()])
  const pdf = readFileSync(await file.path())
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-')) || !/^签到表-.*\.pdf$/.test(file.suggestedFilename())) throw new Error(`no PDF but ${file.suggestedFilename()}`)
  await leader.page.getByTestId('paper-printed').waitFor()
  await look(leader.page, 'printed', { fullPage: true })

  tell('in the evening all have come but one, who is found by her row code, and one more who signed an empty row')
  await leapTo(at(date, '19:30'))
  await leader.page.goto(`/shifts/${shift}/paper`)
  const rows = leader.page.getByTestId('paper-row')
  await leader.page.locator(`[data-testid=paper-row][data-volunteer-id="${me}"][data-came=true]`).waitFor()
  await look(leader.page, 'sheet', { fullPage: true })
  const absent = leader.page.locator(`[data-testid=paper-row][data-volunteer-id="${others[3]}"]`)
  const code = await absent.getAttribute('data-code')
  await leader.page.getByTestId('paper-find').fill(wrong(code))
  await leader.page.getByTestId('paper-misread').waitFor()
  await leader.page.getByTestId('paper-find').fill(code.toLowerCase())
  await leader.page.locator('.sought').waitFor()
  await absent.getByTestId('paper-absent').click()
  await absent.and(leader.page.locator('[data-came=false]')).waitFor()
  await look(leader.page, 'exception')
  await rows.getByTestId('paper-choose').first().click()
  await leader.page.getByTestId('paper-signer').getByTestId('pick').first().click()
  await leader.page.locator('[data-testid=paper-enter][data-value="10"]').waitFor() // ten with a seat, less one, and one without
  await look(leader.page, 'to-enter', { fullPage: true })
  await elder(leader.page, 'to-enter-elder')
  await leader.page.getByTestId('paper-enter').click()
  await leader.page.locator('[data-testid=paper-result][data-entered="9"][data-own="1"]').waitFor()
  await until('her own row is her word', async () => (await leader.page.locator(`[data-testid=paper-row][data-volunteer-id="${her.volunteer_id}"]`).getAttribute('data-state')) === 'declared')
  await look(leader.page, 'entered', { fullPage: true })

  tell('she confirms; the volunteer reads how her hour was proved')
  await leader.page.getByTestId('paper-confirm').click()
  await leader.page.getByTestId('row-code').first().waitFor()
  await look(leader.page, 'confirm', { fullPage: true })
  await leader.page.getByTestId('people-served').fill('12')
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.locator('[data-testid=confirm-result][data-confirmed="9"]').waitFor()
  await volunteer.page.goto('/mine')
  const entry = volunteer.page.getByTestId('entry-row').filter({ hasText: '村口义诊' }).first()
  await entry.click()
  await until('the proof in words', async () => (await entry.innerText()).includes('事后补录'))
  await look(volunteer.page, 'hour')

  async function post() {
    const { items } = await call(leader, 'GET', '/api/tasks/v1/programmes')
    const task = await call(leader, 'POST', '/api/tasks/v1/tasks', {
      team_id, programme_id: items[1].programme_id, title: '村口义诊', place: '石佛铺村村委会', latitude: 35.75, longitude: 114.3, risks: '路滑，注意脚下',
      contact_name: '王秀英', contact_phone: '15400000002', shifts: [{ starts_at: at(date, '09:00').toISOString(), ends_at: at(date, '11:30').toISOString(), capacity: 30 }],
    })
    return (await call(leader, 'POST', `/api/tasks/v1/tasks/${task.task_id}/publish`)).shifts[0].shift_id
  }
})

// wrong is a row code with one letter mistyped.
function wrong(code) {
  return (code[0] === 'A' ? 'B' : 'A') + code.slice(1)
}

// elder looks at the page in 长辈模式 and goes back.
async function elder(page, name) {
  await page.evaluate(() => document.documentElement.classList.add('elder'))
  await look(page, name, { fullPage: true })
  await page.evaluate(() => document.documentElement.classList.remove('elder'))
}
