import { describe, expect, it } from 'vitest'
import { readCode } from './rowCode'

describe('readCode', () => {
  it('reads what the service made, however it is typed', () => {
    for (const code of ['2345Q', 'ZZZZ6', 'K7M2L', 'AB9QL']) expect(readCode(code)).toBe(code)
    expect(readCode(' k7m-2l ')).toBe('K7M2L')
    expect(readCode('Ｋ７Ｍ２Ｌ')).toBe('K7M2L')
  })
  it('refuses every code with one wrong letter', () => {
    for (let at = 0; at < 5; at++) {
      for (const wrong of '23456789ABCDEFGHJKLMNPQRSTUVWXYZ') {
        const spoilt = 'K7M2L'.slice(0, at) + wrong + 'K7M2L'.slice(at + 1)
        if (spoilt !== 'K7M2L') expect(readCode(spoilt)).toBe('')
      }
    }
    for (const typed of ['', '2', 'O0I1A', '王桂兰']) expect(readCode(typed)).toBe('')
  })
})
