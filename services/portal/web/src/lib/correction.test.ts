import { describe, expect, it } from 'vitest'
import { complete, spanOf, timesOf } from './correction'

describe('the hours that a line should have', () => {
  it('are whole minutes between two times of a day in Hebi', () => {
    expect(spanOf({ date: '2026-11-24', from: '09:00', to: '11:30' })).toEqual({ from: '2026-11-24T09:00:00+08:00', to: '2026-11-24T11:30:00+08:00', minutes: 150 })
  })
  it('run past midnight when they end before they start', () => {
    expect(spanOf({ date: '2026-11-24', from: '22:00', to: '01:00' })).toEqual({ from: '2026-11-24T22:00:00+08:00', to: '2026-11-25T01:00:00+08:00', minutes: 180 })
  })
  it('begin as the line says', () => {
    expect(timesOf({ from: '2026-11-24T01:00:00Z', to: '2026-11-24T03:00:00Z' })).toEqual({ date: '2026-11-24', from: '09:00', to: '11:00' })
    expect(complete({ date: '2026-11-24', from: '', to: '11:00' })).toBe(false)
  })
})
