import { describe, expect, test } from 'vitest'
import { Failure, unanswered } from '../api/failure'
import { useAction } from './useAction'

// recorder is an action that keeps the keys it was called with and fails as
// long as there are failures left.
function recorder(failures: Failure[]) {
  const keys: string[] = []
  const action = useAction(async (_: string, key: string) => {
    keys.push(key)
    const failure = failures.shift()
    if (failure) throw failure
    return 'done'
  })
  return { keys, action }
}

const refused = () => new Failure({ title: '名额已满', status: 409, code: 'shift_full' })

describe('an action', () => {
  test('uses its key again when no answer came', async () => {
    const { keys, action } = recorder([unanswered()])
    expect(await action.run('x')).toBeUndefined()
    expect(action.failure.value?.unanswered).toBe(true)
    expect(await action.run('x')).toBe('done')
    expect(keys[0]).toBe(keys[1])
    expect(action.failure.value).toBeUndefined()
  })

  test('takes a new key once it was answered, done or refused', async () => {
    const { keys, action } = recorder([refused()])
    await action.run('x')
    await action.run('x')
    await action.run('x')
    expect(new Set(keys).size).toBe(3)
  })

  test('takes a new key for another input, for the old key belongs to the old words', async () => {
    const { keys, action } = recorder([unanswered()])
    await action.run('x')
    await action.run('y')
    expect(keys[0]).not.toBe(keys[1])
  })

  test('is sent once however often it is tapped', async () => {
    const { keys, action } = recorder([])
    await Promise.all([action.run('x'), action.run('x'), action.run('x')])
    expect(keys).toHaveLength(1)
  })
})
