import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64'
import { checkInLink } from './claim'

describe('checkInLink', () => {
  const shift = '0190c0de-0000-7000-8000-0000000000aa'

  it('reads whose shift it is and the code, on whatever host', () => {
    expect(checkInLink(` https://qihe.example/c/${shift}/OBIeVGXbAepLpLXN\n`)).toEqual({ shift, code: 'OBIeVGXbAepLpLXN' })
  })

  it('knows that other codes are none', () => {
    for (const text of ['', 'https://example.com', `https://qihe.example/c/${shift}/short`, `https://qihe.example/k/${shift}`, `https://qihe.example/c/${shift}/OBIeVGXbAepLpLXN/more`]) {
      expect(checkInLink(text), text).toBeUndefined()
    }
  })
})

describe('base64url', () => {
  it('brings every byte back, without padding', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    const text = toBase64Url(bytes)
    expect(text).not.toMatch(/[+/=]/)
    expect(Array.from(fromBase64Url(text))).toEqual(Array.from(bytes))
  })
})
