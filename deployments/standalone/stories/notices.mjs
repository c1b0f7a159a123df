// What is told reaches people: a leader posts and makes a picture for the
// group; a member's phone shows one message more; confirmed hours are told;
// and everybody decides what they want to hear.
import jsQR from 'jsqr'
import { at, comes, day, leapTo, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const title = '“学雷锋·巾帼同行”淇河岸边捡拾垃圾'

await story(async () => {
  const leader = await withPhone('队长')
  const member = await withPhone('队员')

  tell('the leader posts an activity for tomorrow')
  await signIn(leader, process.env.QIHE_LEADER)
  const date = day(new Date((await now()).getTime() + 24 * 3600_000))
  await leader.page.goto('/tasks/new')
  await leader.page.getByTestId('task-programme').selectOption({ label: '保护淇河' })
  for (const [field, value] of Object.entries({
    'task-title': title, 'task-place': '淇水湾东门（南门停车场集合）', 'task-bring': '手套、水杯', 'shift-date': date, 'shift-start': '09:00', 'shift-end': '11:30',
    'shift-capacity': '20', 'task-risks': '岸边湿滑，请穿防滑鞋', 'task-contact-name': '王秀英', 'task-contact-phone': '15400000002',
  })) await leader.page.getByTestId(field).fill(value)
  await leader.page.getByTestId('publish').click()
  await leader.page.getByTestId('published').waitFor()
  const link = await leader.page.getByTestId('copy-link').getAttribute('data-href')

  tell('the poster is a picture whose code opens the activity, and so is that of a cancellation')
  await leader.page.getByTestId('poster-open').click()
  await poster('posted', link)
  await leader.page.getByTestId('poster-cancelled').click()
  await leader.page.getByTestId('poster-words').fill('明天有大雨')
  await leader.page.getByTestId('poster-words').blur()
  await poster('cancelled', link)
  const saved = leader.page.waitForEvent('download')
  await leader.page.getByTestId('poster-save').click()
  if (!/捡拾垃圾.*\.png$/.test((await saved).suggestedFilename())) throw new Error(`it is saved as ${(await saved).suggestedFilename()}`)

  tell('the member’s phone shows that something is new; opened, it is read')
  await signIn(member, process.env.QIHE_VOLUNTEER)
  await comes(member.page, '/today', member.page.getByTestId('unread'))
  await look(member.page, 'badge')
  await member.page.getByTestId('tab-mine').click()
  await member.page.getByTestId('link-notices').waitFor()
  await look(member.page, 'mine', { fullPage: true })
  await member.page.getByTestId('link-notices').click()
  const posted = member.page.locator('[data-testid=notice][data-kind="task.published"]').filter({ hasText: '淇河岸边捡拾垃圾' }).first()
  await posted.waitFor()
  await look(member.page, 'notices', { fullPage: true })
  await until('the badge to go', async () => (await unread()) === 0)
  await posted.click()
  await member.page.getByTestId('sign-up').first().click()
  await member.page.getByTestId('withdraw').waitFor()

  tell('the next day the leader calls the roll and confirms; the member reads for how long')
  await leapTo(at(date, '09:00'))
  const shift = await leader.page.locator('[data-testid=on-site]').first().getAttribute('data-shift-id')
  await leader.page.goto(`/shifts/${shift}/on-site`)
  await leader.page.locator('[data-testid=roll-line][data-state=expected] button').first().click()
  await leader.page.locator('[data-testid=present-count][data-value="1"]').waitFor()
  await leapTo(at(date, '11:28')) // at the end itself the clock would be first and say that nobody checked out
  await leader.page.goto(`/shifts/${shift}/on-site`)
  await leader.page.locator('[data-testid=roll-line][data-state=open] button').last().click()
  await leader.page.locator('[data-testid=roll-line][data-state=closed]').first().waitFor()
  await leader.page.goto(`/shifts/${shift}/confirm`)
  await leader.page.getByTestId('people-served').fill('40')
  await leader.page.getByTestId('confirm-submit').click()
  await leader.page.getByTestId('confirm-result').waitFor()
  await until('the message', async () => (await unread()) === 1)
  await member.page.goto('/mine/notices')
  const hours = member.page.locator('[data-testid=notice][data-kind="hours.confirmed"]').first()
  await hours.waitFor()
  const text = await hours.innerText()
  if (!/今天 2小时(27|28|29|30)分，队长已确认/.test(text)) throw new Error(`it says ${text}`)

  tell('the member wants no more news of new activities, and it is kept')
  const wanted = member.page.getByTestId('want-task.published')
  await wanted.uncheck()
  await until('the choice', async () => (await preferences()).muted.includes('task.published'))
  await member.page.reload()
  await wanted.waitFor()
  if (await wanted.isChecked()) throw new Error('the choice is lost')
  await look(member.page, 'choices', { fullPage: true })

  // poster waits for the picture and reads its code as a phone's camera would.
  async function poster(name, wants) {
    const image = leader.page.getByTestId('poster')
    await image.waitFor()
    const { pixels, width, height } = await until(`the poster ${name}`, () =>
      image.evaluate(async (img) => {
        await img.decode().catch(() => {})
        if (!img.naturalWidth) return null
        const canvas = document.createElement('canvas')
        canvas.width = img.naturalWidth
        canvas.height = img.naturalHeight
        const context = canvas.getContext('2d')
        context.drawImage(img, 0, 0)
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
        let text = ''
        for (let i = 0; i < data.length; i += 4) text += data[i] < 128 ? '1' : '0' // dark or light is all that a code needs
        return { pixels: text, width: canvas.width, height: canvas.height }
      }),
    )
    if (width !== 1080 || height < 1440 || height > 1920) throw new Error(`the poster is ${width} × ${height}`)
    const picture = new Uint8ClampedArray(width * height * 4)
    for (let i = 0; i < pixels.length; i++) picture.set(pixels[i] === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255], i * 4)
    const read = jsQR(picture, width, height)
    if (read?.data !== wants) throw new Error(`the code of ${name} opens ${read?.data}, not ${wants}`)
    await look(leader.page, `poster-${name}`)
  }

  function ask(path) {
    return member.page.evaluate(async (p) => (await fetch(`/api/teams/v1${p}`)).json(), path)
  }
  async function unread() {
    return (await ask('/me/notices/unread')).unread
  }
  async function preferences() {
    return ask('/me/notice-preferences')
  }
})
