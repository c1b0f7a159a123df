// What came of an activity: photos go up from the leader's phone, which knows
// where it took them; a stranger sees them on the brigade's page and does not
// learn it; a picture with a child on it is taken down by the office.
import { atDesk, look, now, signIn, story, tell, until, withPhone } from './browser.mjs'

const canary = 'GPS35.7478N114.2974E-CANARY'

await story(async () => {
  const leader = await withPhone('队长')
  const stranger = await withPhone('路过的人')
  const officer = await atDesk('市妇联')

  tell('the leader opens a shift that is over and confirmed')
  await signIn(leader, process.env.QIHE_LEADER)
  const { page } = leader
  const { shift, task, team } = await page.evaluate(async (before) => {
    const get = async (path) => (await fetch(`/api/tasks/v1${path}`)).json()
    for (const led of (await get('/me/led-tasks')).items) {
      const task = led.state === 'published' ? await get(`/tasks/${led.task_id}`) : { shifts: [] }
      const shift = task.shifts.find((s) => s.state === 'confirmed' && Date.parse(s.ends_at) < before)
      if (shift) return { shift: shift.shift_id, task: task.task_id, team: task.team_id }
    }
    return {}
  }, (await now()).getTime())
  await page.goto(`/tasks/${task}`)
  await page.locator(`[data-testid=shift-album-open][data-shift-id="${shift}"]`).click()
  await page.getByTestId('photo-kind').waitFor()
  await look(page, 'record-empty', { fullPage: true })

  tell('two photos go up; the phone shrinks them, a HEIC it cannot show is refused in words')
  const photo = await withPlace(page)
  await page.getByTestId('photo-add').setInputFiles([
    { name: '1.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: '2.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: '3.heic', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x24ftypheic\0\0\0\0mif1heic') },
  ])
  await page.getByTestId('photo-said').waitFor()
  await page.getByTestId('photo').nth(1).waitFor()
  await page.getByTestId('summary').fill('三十人沿岸走了四公里，捡了三十袋垃圾。\n下个月还来。')
  await page.getByTestId('summary-save').click()
  await page.getByTestId('summary-saved').waitFor()
  await look(page, 'record-written', { fullPage: true })

  tell('whoever opens the brigade’s page sees it, signed in to nothing, and no place in any byte')
  await stranger.page.goto(`/b/${team}`)
  const record = stranger.page.locator(`[data-testid=record][data-shift-id="${shift}"]`)
  await record.getByTestId('photo').nth(1).waitFor()
  await record.getByTestId('record-minutes').waitFor()
  const id = await record.getByTestId('photo').first().getAttribute('data-photo-id')
  await until('the picture itself', () => record.locator('img').first().evaluate((img) => img.complete && img.naturalWidth > 0))
  await look(stranger.page, 'album', { fullPage: true })
  for (const size of ['display', 'thumbnail']) {
    const bytes = await stranger.page.evaluate(async (path) => {
      const res = await fetch(path)
      return { status: res.status, kept: res.headers.get('Cache-Control'), text: new TextDecoder('latin1').decode(await res.arrayBuffer()) }
    }, `/api/tasks/v1/photos/${id}/${size}`)
    if (bytes.status !== 200 || !/max-age=\d{6}/.test(bytes.kept) || bytes.text.includes('CANARY') || bytes.text.includes('Exif')) throw new Error(`${size}: ${bytes.status}, ${bytes.kept}`)
  }
  await record.getByTestId('photo').first().click()
  await stranger.page.getByTestId('photo-large').waitFor()
  await look(stranger.page, 'photo-large')

  tell('the office takes one down, with a reason; it is gone for everybody')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto(`/shifts/${shift}/album`)
  await officer.page.locator(`[data-testid=photo-take-down][data-photo-id="${id}"]`).click()
  await officer.page.getByTestId('sheet-text').fill('看得清孩子的脸')
  await officer.page.getByTestId('sheet-send').click()
  await officer.page.locator('[data-testid=taken-down][data-value="1"]').waitFor()
  await look(officer.page, 'taken-down', { fullPage: true })
  await stranger.page.reload()
  await record.getByTestId('photo').first().waitFor()
  await until('one photo', async () => (await record.getByTestId('photo').count()) === 1)
  const gone = await stranger.page.evaluate(async (path) => (await fetch(path, { cache: 'no-store' })).status, `/api/tasks/v1/photos/${id}/display`)
  if (gone !== 404) throw new Error(`the photo that was taken down is answered with ${gone}`)

  tell('the leader takes the month out as a workbook, the office its region’s')
  await page.goto(`/teams/${team}`)
  await page.getByTestId('export-open').click()
  await page.getByTestId('export-first').fill('2026-10-01')
  await downloaded(page)
  await look(page, 'export', { fullPage: true })
  await officer.page.goto('/console/ledger')
  await officer.page.getByTestId('export-first').fill('2026-10-01')
  await downloaded(officer.page)
  await look(officer.page, 'console-export')

  tell('the city pastes the year’s holidays')
  await officer.page.goto('/console/settings/holidays')
  await officer.page.getByTestId('holiday-list').fill('2026-11-27 例假 休\n2026-11-28 例假 班')
  await officer.page.getByTestId('holidays-save').click()
  await officer.page.getByTestId('holidays-saved').waitFor()
  await look(officer.page, 'holidays')

  tell('a calendar asks the leader’s own address, and hears when nothing is new; a new address ends the old one')
  await page.goto('/mine')
  await page.getByTestId('calendar-open').click()
  const mine = page.locator('[data-testid=feed][data-team=""]')
  const make = async () => {
    await mine.getByTestId('feed-make').click()
    return mine.getByTestId('feed-address').textContent()
  }
  const first = await make()
  await look(page, 'calendar', { fullPage: true })
  const file = await fetch(new URL(new URL(first).pathname, process.env.QIHE_URL))
  const same = await fetch(file.url, { headers: { 'If-None-Match': file.headers.get('ETag') } })
  if (!(await file.text()).startsWith('BEGIN:VCALENDAR') || same.status !== 304) throw new Error(`${file.status}, then ${same.status}`)
  await make()
  await until('another address', async () => (await mine.getByTestId('feed-address').textContent()) !== first)
  const old = await fetch(file.url)
  if (old.status !== 404) throw new Error(`the old address is answered with ${old.status}`)
})

async function downloaded(page) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-do').click()])
  const chunks = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (!file.suggestedFilename().startsWith('活动台账') || bytes.subarray(0, 2).toString() !== 'PK') throw new Error(`${file.suggestedFilename()}: ${bytes.length} bytes`)
  await page.getByTestId('export-done').waitFor()
}

// withPlace is a photo as a phone writes it: with the place in its Exif block.
async function withPlace(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 1800
    const pen = canvas.getContext('2d')
    for (let i = 0; i < 60; i++) {
      pen.fillStyle = `hsl(${90 + i}, 45%, ${30 + (i % 30)}%)`
      pen.fillRect((i * 397) % 2400, (i * 211) % 1800, 900, 500)
    }
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9))
    return Array.from(new Uint8Array(await blob.arrayBuffer()))
  })
  const plain = Buffer.from(bytes)
  const block = Buffer.from(`Exif\0\0${canary}`)
  return Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, block.length + 2]), block, plain.subarray(2)])
}
