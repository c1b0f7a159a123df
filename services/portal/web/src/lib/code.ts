// The check-in code that the leader's page draws.
//
// A shift has a secret key. Time is cut into steps of a few seconds; each step
// has a code of 96 bits (in the QR) and six digits (for typing), both taken
// from HMAC-SHA-256 over a prefix, the shift's id and the step's number. The
// page fetches the key once and keeps its offset to the server's clock, so it
// goes on drawing right codes when the network is gone.
import { fromBase64Url, toBase64Url } from './base64'

const codePrefix = 'qihe-code-v1'
const digitsPrefix = 'qihe-digits-v1'

export interface Code {
  code: string // base64url of 12 bytes, without padding: 16 characters
  digits: string // six of them
}

// cryptoReady says whether this page may use WebCrypto: only over HTTPS or on
// the machine itself.
export function cryptoReady(): boolean {
  return typeof crypto !== 'undefined' && crypto.subtle !== undefined
}

export function importKey(base64: string): Promise<CryptoKey> {
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', fromBase64Url(base64), hash, false, ['sign'])
}

// stepAt returns the number of the step that holds an instant in milliseconds.
export function stepAt(milliseconds: number, stepSeconds: number): number {
  return Math.floor(milliseconds / 1000 / stepSeconds)
}

export async function codeFor(key: CryptoKey, shiftId: string, step: number): Promise<Code> {
  const [long, short] = await Promise.all([
    sign(key, message(codePrefix, shiftId, step)),
    sign(key, message(digitsPrefix, shiftId, step)),
  ])
  const number = new DataView(short.buffer).getUint32(0) % 1_000_000
  return { code: toBase64Url(long.subarray(0, 12)), digits: String(number).padStart(6, '0') }
}

async function sign(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes))
}

// message is prefix | 16 bytes of the id | step as 8 bytes, big-endian. The
// halves are written apart because Safari 14 has no setBigUint64.
function message(prefix: string, shiftId: string, step: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(prefix.length + 24)
  for (let i = 0; i < prefix.length; i++) bytes[i] = prefix.charCodeAt(i)
  const hex = shiftId.replace(/-/g, '')
  for (let i = 0; i < 16; i++) bytes[prefix.length + i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  const view = new DataView(bytes.buffer, prefix.length + 16)
  view.setUint32(0, Math.floor(step / 0x1_0000_0000))
  view.setUint32(4, step >>> 0)
  return bytes
}
