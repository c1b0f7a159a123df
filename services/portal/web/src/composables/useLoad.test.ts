import { describe, expect, test } from 'vitest'
import { Failure } from '../api/failure'
import { inTurn, useLoad } from './useLoad'

// gates are promises that the test opens in the order it likes.
function gates() {
  const open: ((value: string) => void)[] = []
  const shut: ((reason: unknown) => void)[] = []
  const next = () => new Promise<string>((resolve, reject) => (open.push(resolve), shut.push(reject)))
  return { open, shut, next }
}

describe('loading', () => {
  test('the latest read counts, whichever is answered last', async () => {
    const { open, next } = gates()
    const page = useLoad(next)
    const second = page.refresh()
    open[1]!('new')
    await second
    open[0]!('old')
    await Promise.resolve()
    expect(page.data.value).toBe('new')
  })

  test('what was read stays when reading anew fails', async () => {
    const { open, shut, next } = gates()
    const page = useLoad(next)
    open[0]!('old')
    await Promise.resolve()
    const again = page.refresh()
    shut[1]!(new Failure({ title: '稍后再试', status: 503, code: 'busy' }))
    await again
    expect([page.data.value, page.failure.value?.message, page.busy.value]).toEqual(['old', '稍后再试', false])
  })
})

describe('in turn', () => {
  test('calls during the work become one more turn, and none is lost', async () => {
    const { open, next } = gates()
    const go = inTurn(next)
    const done = go()
    void go()
    void go()
    expect(open).toHaveLength(1)
    open[0]!('')
    await new Promise((later) => setTimeout(later))
    expect(open).toHaveLength(2)
    open[1]!('')
    await done
    void go()
    expect(open).toHaveLength(3)
  })
})
