import { describe, expect, test } from 'vitest'
import { clock, dateInput, instant, moment, startOfDay } from './time'

describe('time in Hebi', () => {
  test('a late evening in UTC is the next morning there', () => {
    expect(dateInput('2026-11-23T20:16:00Z')).toBe('2026-11-24')
    expect(clock('2026-11-23T20:16:00Z')).toBe('04:16')
    expect(moment('2026-11-23T20:16:00Z').weekday).toBe(2)
  })

  test('what was typed comes back as it was typed', () => {
    const at = instant('2026-12-31', '23:59')
    expect(new Date(at).toISOString()).toBe('2026-12-31T15:59:00.000Z')
    expect([dateInput(at), clock(at)]).toEqual(['2026-12-31', '23:59'])
  })

  test('a day starts at midnight there, not in UTC', () => {
    expect(startOfDay('2026-11-23T15:59:59Z').toISOString()).toBe('2026-11-22T16:00:00.000Z')
    expect(startOfDay('2026-11-23T16:00:00Z').toISOString()).toBe('2026-11-23T16:00:00.000Z')
    expect(startOfDay('2026-11-23T16:00:00Z', 1).toISOString()).toBe('2026-11-24T16:00:00.000Z')
  })
})
