import { describe, expect, test } from 'vitest'
import type { Tasks } from '../api/client'
import { counted, decisionsOf, endOf, group } from './confirmation'

const shift = { starts_at: '2026-11-24T06:00:00Z', ends_at: '2026-11-24T08:30:00Z' } as Tasks['Shift']
const night = { starts_at: '2026-11-24T14:00:00Z', ends_at: '2026-11-24T17:00:00Z' } as Tasks['Shift']
const line = (state: string, exception: string, volunteer_id = 'other') => ({ state, exception, volunteer_id, yours: exception !== 'own' && exception !== 'household' }) as Tasks['RosterLine']

describe('confirming a roster', () => {
  test('puts everybody in exactly one group, exceptions apart from 无异议', () => {
    const lines = [
      line('closed', 'none'),
      line('open', 'no_check_out'),
      line('closed', 'no_check_out'),
      line('expected', 'missing'),
      line('closed', 'own', 'reader'),
      line('closed', 'household'),
      line('unconfirmed', 'no_check_out'),
      line('declared', 'declared'),
      line('closed', 'asked'),
      line('confirmed', 'none'),
      line('confirmed', 'own'),
      line('rejected', 'none'),
    ]
    const groups = group(lines)
    const sizes = Object.fromEntries(Object.entries(groups).map(([name, lines]) => [name, lines.length]))
    expect(sizes).toEqual({ asked: 1, declared: 1, fine: 1, unclear: 3, missing: 1, own: 2, settled: 3 })
  })

  test('own words count when they are taken for true, and whoever lives with the reader does not', () => {
    const lines = [
      { ...line('declared', 'declared'), attendance_id: 'a' },
      { ...line('declared', 'declared'), attendance_id: 'b' },
      { ...line('closed', 'none'), attendance_id: 'c' },
    ]
    const { list, unreasoned } = decisionsOf({ a: { verdict: 'accept', end: '', reason: '' }, c: { verdict: 'household', end: '', reason: '' } }, shift)
    expect([unreasoned, counted(group(lines), list)]).toEqual([0, 1])
  })

  test('sends an end only with a set end, and counts decisions without a reason', () => {
    const { list, unreasoned } = decisionsOf(
      { a: { verdict: 'reject', end: '16:00', reason: ' 提前离开 ' }, b: { verdict: 'set_end', end: '16:00', reason: '' } },
      shift,
    )
    expect(list).toEqual([
      { attendance_id: 'a', verdict: 'reject', reason: '提前离开' },
      { attendance_id: 'b', verdict: 'set_end', reason: '', ended_at: '2026-11-24T16:00:00+08:00' },
    ])
    expect(unreasoned).toBe(1)
  })

  test('counts whoever is not rejected, and of those without a check-out whoever was given an end', () => {
    const lines = [
      { ...line('closed', 'none'), attendance_id: 'a' },
      { ...line('closed', 'none'), attendance_id: 'b' },
      { ...line('open', 'no_check_out'), attendance_id: 'c' },
      { ...line('open', 'no_check_out'), attendance_id: 'd' },
    ]
    const groups = group(lines)
    expect(counted(groups, [])).toBe(2)
    const decide = (attendance_id: string, verdict: 'reject' | 'set_end') => ({ attendance_id, verdict, reason: 'x' })
    expect(counted(groups, [decide('a', 'reject'), decide('b', 'set_end'), decide('c', 'set_end'), decide('d', 'reject')])).toBe(2)
  })

  test('an end after midnight belongs to the next day of a night shift only', () => {
    expect(endOf(night, '00:30')).toBe('2026-11-25T00:30:00+08:00')
    expect(endOf(night, '23:30')).toBe('2026-11-24T23:30:00+08:00')
    expect(endOf(shift, '13:00')).toBe('2026-11-24T13:00:00+08:00')
  })
})
