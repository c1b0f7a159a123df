import { describe, expect, it } from 'vitest'
import { byCause, type DeadLetter } from './deadLetters'

const letter = (letter_id: string, change: Partial<DeadLetter> = {}): DeadLetter => ({
  letter_id, consumer: 'hours-from-tasks', subject: 'tasks.v1.shift.changed', cause: 'conflict', error: 'credit 0190c0de-0000-7000-8000-000000000001: no', attempts: 6,
  occurred_at: '2026-11-24T00:00:00Z', tried_at: '2026-11-24T00:15:00Z', waits: false, ...change,
})

describe('byCause', () => {
  it('puts together what differs in an id only', () => {
    const causes = byCause('hours', [letter('a'), letter('b', { error: 'credit 0190c0de-0000-7000-8000-000000000002: no' })])
    expect(causes.map((c) => c.letters.map((l) => l.letter_id))).toEqual([['a', 'b']])
  })
  it('keeps apart what was told of other things, or failed otherwise', () => {
    expect(byCause('hours', [letter('a'), letter('b', { subject: 'tasks.v1.task.published' }), letter('c', { cause: 'fault' }), letter('d', { error: 'other' })])).toHaveLength(4)
  })
})
