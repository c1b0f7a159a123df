import { describe, expect, test } from 'vitest'
import { pagesOf, type Page } from './useList'

// later is a read whose answers come when the test says, in any order.
function later() {
  const answers: ((page: Page<number>) => void)[] = []
  const asked: (string | undefined)[] = []
  const read = (after?: string) => {
    asked.push(after)
    return new Promise<Page<number>>((done) => answers.push(done))
  }
  return { asked, read, answers }
}
const settled = () => new Promise((done) => setTimeout(done))

describe('a list read page by page', () => {
  test('appends the next page and says where the one after it starts', async () => {
    const { asked, read, answers } = later()
    const { page, more } = pagesOf(read)
    answers[0]!({ items: [1, 2], next: 'b' })
    await settled()
    const run = more.run('b')
    answers[1]!({ items: [3] })
    await run
    expect(page.data.value).toEqual({ items: [1, 2, 3] })
    expect(asked).toEqual([undefined, 'b'])
  })

  test('drops a page that was on its way when the list was read anew', async () => {
    const { read, answers } = later()
    const { page, more } = pagesOf(read)
    answers[0]!({ items: [1], next: 'b' })
    await settled()
    const run = more.run('b')
    const anew = page.refresh()
    answers[2]!({ items: [9] })
    await anew
    answers[1]!({ items: [2] })
    await run
    expect(page.data.value).toEqual({ items: [9] })
  })
})
