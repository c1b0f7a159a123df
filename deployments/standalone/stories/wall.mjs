// 大屏: an officer makes a link, a television nobody is signed in to opens it, the
// city works, and a week passes on the wall: after it the page is as small as
// before. A second run, into which a leak is planted, shows that the measure finds
// one.
import { atDesk, look, person, signIn, story, tell, until } from './browser.mjs'

const control = process.env.QIHE_CONTROL
const television = { viewport: { width: 1920, height: 1080 } }

// A week of turns, one a minute (the wall itself turns three times as often), and
// of lines: twice what the city credits in one.
const week = { turns: 10_080, lines: 5000 }
// How much more the page may hold at the end than at a tenth of the week.
const atOnce = 100 // lines that are confirmed together
const bound = { heap: 1_000_000, nodes: 100, listeners: 20 }

// hasten runs in the page before its own scripts. A wait for the next turn of the
// boards lasts until week() lets it pass, and the clock is that much later then.
// leak is the control: something that holds on to what was there.
function hasten(leak) {
  const wait = window.setTimeout
  const parse = JSON.parse
  const Real = Date
  const turns = []
  const held = []
  let later = 0
  let left = 0
  let done = () => {}
  window.Date = class extends Real {
    constructor(...how) {
      super(...(how.length > 0 ? how : [Real.now() + later]))
    }
    static now() {
      return Real.now() + later
    }
  }
  window.setTimeout = (f, ms, ...rest) => {
    if (!(ms >= 10_000 && ms <= 30_000)) return wait(f, ms, ...rest)
    turns.push({ f, ms })
    return 0
  }
  const pass = async () => {
    for (let n = 0; n < 20 && left > 0 && turns.length > 0; n++) {
      const turn = turns.shift()
      later += turn.ms
      turn.f()
      await null // the page is drawn anew
      if (leak) held.push(document.querySelector('[data-testid=wall-board]'))
      left--
    }
    if (left > 0) wait(pass, 0) // lets messages in
    else done()
  }
  window.told = 0
  let heard = { position: 0, go: () => {} }
  JSON.parse = (text, reviver) => {
    const value = parse(text, reviver)
    if (!value?.areas) return value
    window.told++
    if (value.position >= heard.position) heard.go()
    return value
  }
  window.hear = (position) => new Promise((go) => (heard = { position, go }))
  window.week = (n) =>
    new Promise((go) => {
      left = n
      done = go
      void pass()
    })
}

const growth = (before, after) => Object.fromEntries(Object.keys(bound).map((k) => [k, after[k] - before[k]]))
const beyond = (more) => Object.keys(bound).filter((k) => more[k] > bound[k])

async function measure(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
  await cdp.detach()
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}

// live lets turns pass while the city works, and waits for the last line.
async function live(page, turns, lines) {
  const position = () => page.getByTestId('wall').getAttribute('data-position').then(Number)
  const first = await position()
  const work = async () => {
    for (let done = 0; done < lines; done += atOnce) {
      const heard = page.evaluate((n) => window.hear(n), first + done + atOnce)
      await fetch(`${control}/work?times=${atOnce}`, { method: 'POST' })
      await heard
    }
  }
  const late = new Promise((_, no) => setTimeout(() => no(new Error('the turns do not pass')), 240_000).unref())
  await Promise.race([late, Promise.all([page.evaluate((n) => window.week(n), turns), work()])])
  await until('the last line on the wall', async () => (await position()) === first + lines, 120_000)
}

story(async () => {
  const officer = await atDesk('officer')
  await signIn(officer, process.env.QIHE_OFFICER)
  await officer.page.goto('/console/screens')
  await officer.page.getByTestId('screens-label').fill('一楼大厅')
  await officer.page.getByTestId('screens-make').click()
  const link = new URL(await officer.page.getByTestId('screens-address').innerText())
  await look(officer.page, 'screens', { fullPage: true })
  tell('an officer makes a link for the television in the hall')

  const hang = async (leak) => {
    const hall = await person('television', television, undefined, { ownClock: true })
    await hall.page.addInitScript(hasten, leak)
    await hall.page.goto(link.pathname + link.hash)
    await hall.page.getByTestId('wall').waitFor()
    return hall
  }
  const hall = await hang(false)
  if (new URL(hall.page.url()).hash !== '') throw new Error(`the key stays in the address: ${hall.page.url()}`)
  if (await hall.page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight)) throw new Error('the wall scrolls')
  tell('the television shows the wall, signed in to nothing, without scrolling; the key is not in the address bar')

  await hall.context.setOffline(true)
  await hall.page.getByText('网络中断，数据截至').waitFor()
  await look(hall.page, 'wall-off')
  await hall.context.setOffline(false)
  await hall.page.getByText('网络中断').waitFor({ state: 'detached' })
  tell('without network it says as of when, and comes back by itself')

  await live(hall.page, week.turns / 10, week.lines / 10)
  const before = await measure(hall.page)
  const began = Date.now()
  await live(hall.page, week.turns * 0.9, week.lines * 0.9)
  const more = growth(before, await measure(hall.page))
  await look(hall.page, 'wall')
  const told = await hall.page.evaluate(() => window.told)
  tell(`a week: ${week.turns} turns, ${week.lines} lines in ${told} messages, the last nine tenths in ${Date.now() - began} ms`)
  tell(`at a tenth it held ${JSON.stringify(before)}, at the end more: ${JSON.stringify(more)}`)
  if (told < week.lines / atOnce) throw new Error('the lines did not come one message after another')
  if (beyond(more).length > 0) throw new Error(`the wall grows: ${beyond(more)}`)

  const leaking = await hang(true)
  await live(leaking.page, 200, atOnce)
  const small = await measure(leaking.page)
  await live(leaking.page, 500, atOnce)
  const leaked = growth(small, await measure(leaking.page))
  tell(`with a leak planted, in 500 turns: ${JSON.stringify(leaked)}`)
  if (beyond(leaked).length === 0) throw new Error('the measure does not find a leak')

  await officer.page.getByTestId('screens-end').click()
  await officer.page.getByTestId('screens-end').click()
  await hall.page.getByTestId('wall-key').waitFor()
  tell('the officer ends the link, and the screens go dark')
})
