// What every story needs: a browser, people with phones or desks, and the
// text messages that their phones would have got.
import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
const desk = { viewport: { width: 1440, height: 900 } }

const base = process.env.QIHE_URL
// The same by name: passkeys belong to one, and to no IP address.
export const atLocalhost = base.replace('//127.0.0.1', '//localhost')
const control = process.env.QIHE_CONTROL
const pictures = process.env.QIHE_PICTURES

const browser = await chromium.launch({
  executablePath: process.env.QIHE_BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=SpareRendererForSitePerProcess', '--disable-site-isolation-trials'],
})

const faults = [] // what no page may ever do: errors in the console, requests to other hosts

// person opens a browser of their own, signed in to nothing.
export async function person(name, device, baseURL = base, { putsOffFactor = true, ownClock = false } = {}) {
  const context = await browser.newContext({ ...device, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL, serviceWorkers: 'block' })
  if (!ownClock) await context.clock.install({ time: await now() }) // phones and the city agree what time it is
  if (putsOffFactor) {
    await context.addInitScript(() => {
      try {
        sessionStorage.setItem('qihe.factor_later', 'yes') // 今天先不设: most stories are about something else
      } catch {
        // a page that has no storage
      }
    })
  }
  const page = await context.newPage()
  watch(name, page)
  return { name, context, page }
}

export const withPhone = (name) => person(name, phone)
export const atDesk = (name, baseURL, how) => person(name, desk, baseURL, how)

// another opens a second page of the same person.
export async function another(who, path) {
  const page = await who.context.newPage()
  watch(who.name, page)
  await page.goto(path)
  return page
}

function watch(name, page) {
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (e) => faults.push(`${name}: ${e.message}`))
  page.on('console', (m) => {
    // A refusal is an answer, and no network is the weather; the browser logs both all the same.
    if (m.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(m.text())) faults.push(`${name}: ${m.text()}`)
  })
  page.on('request', (r) => {
    if (r.url().includes(encodeURIComponent(canary))) faults.push(`${name} asked ${r.url()}`)
    if (!r.url().startsWith(base) && !r.url().startsWith(atLocalhost) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) faults.push(`${name} asked ${r.url()}`)
  })
}

// signIn goes the way everybody goes: number, message, six digits.
export async function signIn(who, number) {
  await who.page.goto('/sign-in')
  await askForCode(who, number)
  await enterCode(who, number)
}

export async function askForCode({ page }, number) {
  await page.getByTestId('sign-in-phone').fill(number)
  await page.getByTestId('sign-in-send').first().click()
  await page.getByTestId('sign-in-code').waitFor()
}

// texted waits for the six digits that a phone got in a text message.
export const texted = (number) =>
  until(`a code for ${number}`, async () => {
    const res = await fetch(`${control}/code?phone=${number}`)
    return res.ok ? res.text() : null
  })

export async function enterCode({ page }, number) {
  await page.getByTestId('sign-in-code').fill(await texted(number))
  await page.getByTestId('sign-in-submit').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

// now is the city's time; leapTo moves it ahead, and everybody's clock with it.
export const now = async () => new Date(await (await fetch(`${control}/now`)).text())
export async function leapTo(time) {
  await fetch(`${control}/leap?to=${encodeURIComponent(time.toISOString())}`, { method: 'POST' })
  for (const context of browser.contexts()) await context.clock.setSystemTime(time)
}

// day and at speak of the city's days: 2026-11-24, and 09:00 on it.
export const day = (d) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(d)
export const at = (date, time) => new Date(`${date}T${time}:00+08:00`)

export async function until(what, ask, ms = 60_000) {
  const end = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`)
    await new Promise((go) => setTimeout(go, 20))
  }
}

// call asks a service as the person's own page would, and returns what it answers: of a refusal, if that is what is meant to come.
export async function call({ name, page }, method, address, body, { refused = false } = {}) {
  const answer = await page.evaluate(
    async ([method, address, body]) => {
      const headers = { 'Content-Type': 'application/json', ...(method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() }) }
      const res = await fetch(address, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      return { ok: res.ok, text: await res.text() }
    },
    [method, address, body],
  )
  if (answer.ok === refused) throw new Error(`${name} ${method} ${address}: ${answer.text}`)
  return answer.text ? JSON.parse(answer.text) : undefined
}

// within says how long something took, and no after five times what is promised: other stories run beside this one.
export function within(promised, since, what) {
  const took = Date.now() - since
  console.log(`    ${what} after ${took} ms`)
  if (took > 5 * promised) throw new Error(`${what} only after ${took} ms`)
}

// comes loads a page anew until it shows what it is told of by another service: most pages are read once.
export async function comes(page, path, shown) {
  await until(`${path} shows ${shown}`, async () => {
    await page.goto(path)
    return shown.first().waitFor({ timeout: 5000 }).then(() => true, () => false)
  })
}

// look keeps a picture of the page for whoever wants to see it.
export async function look(page, name, how = {}) {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), ...how })
}

let step = 0
export function tell(text) {
  console.log(`${String(++step).padStart(2)}. ${text}`)
}

// story runs f and ends the process: 0 when it went as told and no page did what it may not.
export async function story(f) {
  try {
    await f()
    if (readFileSync(process.argv[1], 'utf8').includes(canary)) await lookForCanary()
    if (faults.length > 0) throw new Error(`pages did what they may not:\n${faults.join('\n')}`)
  } catch (e) {
    for (const context of browser.contexts())
      for (const [i, page] of context.pages().entries()) await look(page, `failed-${browser.contexts().indexOf(context)}-${i}`).catch(() => {})
    console.error(e)
    process.exitCode = 1
  } finally {
    await browser.close()
  }
}

// The word that all children and families of the stories have in their names and notes:
// no browser keeps it, and no URL has it.
const canary = '金丝雀'
async function lookForCanary() {
  for (const context of browser.contexts())
    for (const page of context.pages()) {
      if (!page.url().startsWith('http')) continue
      const kept = await page.evaluate(async () => {
        const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
        for (const { name } of await indexedDB.databases()) {
          const db = await new Promise((done, fail) => Object.assign(indexedDB.open(name), { onsuccess: (e) => done(e.target.result), onerror: fail }))
          for (const store of db.objectStoreNames) all.push(JSON.stringify(await new Promise((done, fail) => Object.assign(db.transaction(store).objectStore(store).getAll(), { onsuccess: (e) => done(e.target.result), onerror: fail }))))
          db.close()
        }
        for (const name of await caches.keys()) {
          const cache = await caches.open(name)
          for (const request of await cache.keys()) all.push(await (await cache.match(request)).text())
        }
        return all.join('\n')
      })
      if (kept.includes(canary)) faults.push(`${page.url()} keeps what is known of a child or a family`)
    }
}

// keepSecondFactor lets somebody who is signed in set up a code app, which proves
// them with a second factor at once, for a while, and returns the app's secret.
export async function keepSecondFactor({ page }) {
  await page.goto('/mine/security')
  await page.getByTestId('totp-start').click()
  const secret = (await page.getByTestId('totp-secret').innerText()).replace(/[^A-Z2-7]/g, '')
  await page.getByTestId('totp-code').fill(sixDigits(secret, await now()))
  await page.getByTestId('totp-confirm').click()
  await page.getByTestId('recovery-kept').click()
  return secret
}

// proveAgain answers the sheet that asks for the second factor once that while is over.
export async function proveAgain({ page }, secret) {
  await page.getByTestId('step-up-code').fill(sixDigits(secret, await now()))
  await page.getByTestId('step-up-send').click()
}

// sixDigits is what a code app shows (RFC 6238).
function sixDigits(secret, time) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(time.getTime() / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
