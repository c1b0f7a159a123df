import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeFor, importKey, stepAt } from './code'

const shift = '0190b3a0-7c1d-7abc-8def-0123456789ab'
const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i))

// expected computes the code once more, by the words of the protocol and with
// another implementation of HMAC.
function expected(step: bigint) {
  const tail = Buffer.alloc(24)
  Buffer.from(shift.replace(/-/g, ''), 'hex').copy(tail)
  tail.writeBigUInt64BE(step, 16)
  const mac = (prefix: string) =>
    createHmac('sha256', secret).update(prefix, 'ascii').update(tail).digest()
  return {
    code: mac('qihe-code-v1').subarray(0, 12).toString('base64url'),
    digits: String(mac('qihe-digits-v1').readUInt32BE(0) % 1_000_000).padStart(6, '0'),
  }
}

describe('the check-in code', () => {
  test('is the one that the protocol names, for small and very large steps', async () => {
    const key = await importKey(secret.toString('base64'))
    for (const step of [0, 1, 179_000_000, 2 ** 32 + 7]) {
      expect(await codeFor(key, shift, step)).toEqual(expected(BigInt(step)))
    }
  })

  test('is the one that the tasks service accepts (the same values stand in its test)', async () => {
    const key = await importKey(Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64'))
    const noon = Date.UTC(2026, 10, 23, 4)
    expect(await codeFor(key, '0190c0de-0000-7000-8000-0000000000aa', stepAt(noon, 10))).toEqual({ code: 'OBIeVGXbAepLpLXN', digits: '578758' })
  })

  test('always has sixteen characters fit for an address and six digits', async () => {
    const key = await importKey(secret.toString('base64'))
    for (let step = 0; step < 300; step++) {
      const { code, digits } = await codeFor(key, shift, step)
      expect(code).toMatch(/^[A-Za-z0-9_-]{16}$/)
      expect(digits).toMatch(/^\d{6}$/)
    }
  })

  test('changes exactly at the border of a step', () => {
    expect(stepAt(1_790_000_009_999, 10)).toBe(179_000_000)
    expect(stepAt(1_790_000_010_000, 10)).toBe(179_000_001)
  })
})
