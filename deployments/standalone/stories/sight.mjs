// How a page is looked at: in which sizes, what is asserted there, and which
// pictures are kept.
import { look } from './browser.mjs'
import { faultsOf, tooWide, withType } from './checks.mjs'

export const phone = { width: 390, height: 844 }
const small = { width: 360, height: 780 }
export const desk = { width: 1440, height: 900 }

// faults are what was found on any page; the story tells them at its end.
export const faults = []

// see looks at a phone page in three sizes.
export async function see({ page }, name) {
  await page.setViewportSize(phone)
  await read(page, name, 44)
  await lookAtAll(page, `${name}-390`)
  await page.setViewportSize(small)
  await withType(page, '150%')
  await note(page, `${name} at the largest type`, tooWide)
  await withType(page, '')
  await page.setViewportSize(desk)
  await note(page, `${name} at a desk`, tooWide)
  await page.evaluate(() => scrollTo(0, 0))
  await look(page, `${name}-1440`)
  await page.setViewportSize(phone)
}

// seeOnce looks at a page in the one size that matters there.
export async function seeOnce({ page }, name, size, finger) {
  await page.setViewportSize(size)
  await read(page, name, finger)
  await lookAtAll(page, name)
}

// lookAtAll keeps a picture of the whole page, bars at the bottom of it.
async function lookAtAll(page, name) {
  const { width, height } = page.viewportSize()
  const whole = await page.evaluate(() => document.scrollingElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(Math.max(whole, height), 2400) })
  await look(page, name)
}

async function read(page, name, finger) {
  // Grey shapes stand for what comes from the server.
  await page.locator('main').first().waitFor()
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'hidden' })
  await note(page, name, (p) => faultsOf(p, finger))
}
async function note(page, name, ask) {
  for (const fault of await ask(page)) faults.push(`${name}: ${fault}`)
}

// oneVoice: what just happened is said once to who cannot see it.
export async function oneVoice({ page }, name) {
  const n = await page.locator('main [aria-live]').count()
  if (n !== 1) faults.push(`${name}: ${n} live regions`)
}
