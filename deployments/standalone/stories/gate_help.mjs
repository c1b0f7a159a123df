// What the stories at a gate share.
import { call, now, until } from './browser.mjs'

const step = 10_000 // milliseconds for which one code is shown

// post has the leader post a shift from nine to half past eleven, in which she
// takes part herself, and returns its id.
export async function post(leader, date, title) {
  const { page } = leader
  await page.goto('/tasks/new')
  await page.getByTestId('task-programme').selectOption({ label: '保护淇河' })
  await page.getByTestId('task-title').fill(title)
  await page.getByTestId('task-place').fill('淇水湾东门')
  await page.getByTestId('shift-date').fill(date)
  await page.getByTestId('shift-start').fill('09:00')
  await page.getByTestId('shift-end').fill('11:30')
  await page.getByTestId('shift-capacity').fill('30')
  await page.getByTestId('task-risks').fill('山路湿滑')
  await page.getByTestId('task-contact-name').fill('王秀英')
  await page.getByTestId('task-contact-phone').fill('15400000002')
  await page.getByTestId('publish').click()
  await page.getByTestId('published').waitFor()
  const id = new URL(page.url()).pathname.split('/').pop()
  const { shift_id } = (await call(leader, 'GET', `/api/tasks/v1/tasks/${id}`)).shifts[0]
  await signUp(leader, shift_id)
  return shift_id
}

export const signUp = (who, shift) => call(who, 'POST', `/api/tasks/v1/shifts/${shift}/sign-ups`)

// codeAt waits for the code of this moment on the leader's page: after a leap it shows the one before for an instant.
export async function codeAt(page) {
  const code = page.getByTestId('code-link')
  await until('the code', async () => {
    const drawn = Number(await code.getAttribute('data-step'))
    return drawn >= Math.floor((await now()).getTime() / step)
  })
  return code
}

// allSent waits until a page has sent what it kept. While a tap is sent the clock must not leap:
// a phone whose clock moves meanwhile is not believed.
export const allSent = (page) => until('all that was kept is sent', async () => (await page.locator('[data-testid=unsent]:not([data-count="0"])').count()) === 0)
