// 需要帮助. A volunteer opens the page once; then the signal is gone, and the numbers
// are there all the same. What she writes is sealed in her phone, in which nobody finds a
// word of it, and goes when there is network. The county is told, takes it, reports it
// with a receipt, which ends the timer, and another officer closes it.
import { atDesk, atLocalhost, comes, keepSecondFactor, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const seen = '胳膊上有好几处淤青，说晚上没有人'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const volunteer = await withPhone('志愿者')
  await signIn(county, process.env.QIHE_COUNTY_OFFICER)
  await signIn(city, process.env.QIHE_OFFICER)
  await signIn(volunteer, process.env.QIHE_VOLUNTEER)
  await keepSecondFactor(county)
  await keepSecondFactor(city)

  tell('she opens the page with network; then the signal is gone')
  await volunteer.page.goto('/mine')
  await volunteer.page.getByTestId('link-need-help').click()
  await volunteer.page.getByTestId('need-send').waitFor()
  await volunteer.page.waitForLoadState('networkidle')
  await look(volunteer.page, 'page', { fullPage: true })
  await volunteer.page.getByTestId('need-region-search').fill('xx')
  await volunteer.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await volunteer.context.setOffline(true)

  tell('without network the numbers are there, and what she writes is kept')
  const numbers = await volunteer.page.getByTestId('help-number').allInnerTexts()
  for (const phone of ['110', '120', '12345', '12338', '12355']) if (!numbers.some((n) => n.includes(phone))) throw new Error(`no ${phone} in ${numbers}`)
  if ((await volunteer.page.locator('body').innerText()).includes('侵害')) throw new Error('the page names it')
  await volunteer.page.getByTestId('need-danger-yes').click()
  await volunteer.page.getByTestId('need-s-injuries').check()
  await volunteer.page.getByTestId('need-text').fill(seen)
  await volunteer.page.getByTestId('need-about').fill('码头村三组老李家的小孙女')
  await volunteer.page.getByTestId('need-place').fill('码头村')
  await volunteer.page.getByTestId('need-send').click()
  await volunteer.page.locator('[data-testid=sealed-note][data-state=waiting]').waitFor()
  await look(volunteer.page, 'kept', { fullPage: true })

  tell('nobody who has the phone finds a word of it')
  const kept = await volunteer.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open('qihe-sealed')
        asked.onerror = () => reject(asked.error)
        asked.onsuccess = () => {
          const all = asked.result.transaction('messages').objectStore('messages').getAll()
          all.onsuccess = () => resolve(JSON.stringify(all.result) + JSON.stringify({ ...localStorage }) + document.body.innerText)
        }
      }),
  )
  if (!kept.includes('envelope')) throw new Error('nothing is kept')
  for (const word of ['淤青', '老李', 'injuries', 'concern']) if (kept.includes(word)) throw new Error(`the phone says ${word}`)

  tell('ten minutes later there is network: it is sent by itself, and she hears its number')
  await leapTo(new Date((await now()).getTime() + 10 * 60_000))
  await volunteer.context.setOffline(false)
  await volunteer.page.locator('[data-testid=sealed-note][data-state=sent]').waitFor({ timeout: 90_000 })
  await look(volunteer.page, 'sent', { fullPage: true })
  await volunteer.page.getByTestId('sealed-read').click()
  await until('nothing left', async () => (await volunteer.page.getByTestId('sealed-note').count()) === 0)

  tell('the county is told, and its timer runs')
  await comes(county.page, '/mine/notices', county.page.getByText('需要马上处理'))
  await county.page.goto('/console/concerns')
  await county.page.locator('[data-testid=conc-timer][data-running=true]').waitFor()
  await county.page.getByTestId('conc-take').click()
  await county.page.getByTestId('conc-reported').waitFor()
  await county.page.getByTestId('conc-open').click()
  await county.page.getByTestId('conc-record').filter({ hasText: seen }).waitFor()
  await look(county.page, 'desk', { fullPage: true })

  tell('half an hour on, nobody has reported it: the city is told as well')
  await leapTo(new Date((await now()).getTime() + 31 * 60_000))
  await comes(city.page, '/mine/notices', city.page.getByText('还没有报告'))

  tell('the county reports it with a receipt, and the timer ends')
  await county.page.reload()
  await county.page.getByTestId('conc-overdue').waitFor()
  await county.page.getByTestId('conc-reported').click()
  await county.page.getByTestId('conc-a-police').click()
  await county.page.getByTestId('conc-contact').fill('屯子派出所 李警官')
  await county.page.getByTestId('conc-receipt').fill('A4106-88')
  await county.page.getByTestId('conc-save').click()
  await county.page.getByTestId('conc-show-reported').filter({ hasText: '1' }).waitFor()
  await county.page.getByTestId('conc-show-reported').click()
  await county.page.locator('[data-testid=conc-timer][data-running=false]').waitFor()
  const paper = county.page.waitForEvent('download')
  await county.page.getByTestId('conc-print').click()
  await paper
  await county.page.getByTestId('conc-open').click()
  await county.page.locator('[data-testid=conc-step][data-kind=reported]').filter({ hasText: 'A4106-88' }).waitFor()
  if ((await county.page.getByTestId('conc-close').count()) > 0) throw new Error('who has it may close it')
  await look(county.page, 'reported', { fullPage: true })

  tell('another officer closes it')
  await city.page.goto('/console/concerns')
  await city.page.getByTestId('conc-show-reported').click()
  await city.page.getByTestId('conc-close').click()
  await city.page.getByTestId('conc-o-in_care').click()
  await city.page.getByTestId('conc-close-note').fill('民政已经接到救助站，孩子平安。')
  await city.page.getByTestId('conc-close-do').click()
  await city.page.getByTestId('conc-show-closed').filter({ hasText: '1' }).waitFor()
  await look(city.page, 'closed', { fullPage: true })
})
