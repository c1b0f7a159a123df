import { describe, expect, it } from 'vitest'
import type { Tasks } from '../api/client'
import { signedUp, sortOut } from './paste'

const member = (volunteer_id: string, state?: Tasks['PastedMember']['state']) => ({ volunteer_id, name: volunteer_id, number: '', ...(state ? { state } : {}) })
const line = (text: string, volunteer_ids: string[], doubt: Tasks['PastedLine']['doubt'] = 'none') => ({ text, doubt, volunteer_ids })

describe('sortOut', () => {
  const pasted: Tasks['Pasted'] = {
    members: [member('a'), member('b', 'confirmed'), member('c', 'withdrawn'), member('d'), member('e')],
    lines: [line('1. a', ['a']), line('2. b', ['b']), line('3. c', ['c']), line('4. d?', ['d', 'e'], 'same_name'), line('5. a', ['a']), line('6. ?', [], 'unknown')],
  }
  const sorted = sortOut(pasted)
  it('takes whom it is certain of, once, and leaves who is signed up', () => {
    expect(sorted.sure).toEqual(['a'])
    expect(sorted.already).toEqual(['b'])
  })
  it('asks about doubts, and about who withdrew', () => {
    expect(sorted.questions.map((q) => q.doubt)).toEqual(['withdrew', 'same_name', 'unknown'])
    expect([sorted.lines, sorted.matched]).toEqual([6, 3])
  })
  it('adds whom the leader names, and nobody twice', () => {
    expect(signedUp(sorted, [['c'], ['d'], []])).toEqual(['a', 'c', 'd'])
    expect(signedUp(sorted, [[], ['a'], ['b']])).toEqual(['a'])
  })
})
