import { describe, expect, test } from 'vitest'
import { clockTrouble } from './site'

describe('two clocks', () => {
  test('that agree to two minutes trouble nobody, whatever the server follows', () => {
    for (const synchronised of [true, false, null]) for (const ahead of [0, 119_000, -119_000]) expect(clockTrouble(ahead, synchronised)).toBe(undefined)
  })
  test('apart by more: a server that follows a time server is right, and the device is not', () => {
    expect(clockTrouble(7 * 60_000, true)).toEqual({ whose: 'device', minutes: 7 })
    expect(clockTrouble(-7 * 60_000, true)).toEqual({ whose: 'device', minutes: 7 })
  })
  test('apart by more: a server that follows none, or does not say, is looked at first', () => {
    expect(clockTrouble(-120_000, false)).toEqual({ whose: 'server', minutes: 2 })
    expect(clockTrouble(86_400_000, null)).toEqual({ whose: 'server', minutes: 1440 })
  })
})
