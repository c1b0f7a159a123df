// Messages about a child that this phone keeps until there is network: sealed.
//
// Whoever picks up the phone must not read them, so a message is sealed at once for
// the service alone and its text is forgotten; this page cannot open it again. With
// network it goes the same way: sealed, kept, sent, dropped. The shape of the envelope
// is told in services/pairings/internal/app/sealed_message.go; in short
//
//   1 ‖ own public key (P-256, 65 bytes) ‖ AES-256-GCM of {"kind","by","at","body"}, filled up with spaces to whole kilobytes
//
// How a page uses it:
//
//   await prepareSealing()                    with network, when the page opens: fetches and remembers the key
//   if (!canSeal()) …                         no key was ever fetched: say so, and show whom to call
//   const id = await keepSealed(me, 'visit', body)    keeps it; then it is sent by itself: now, or later
//   sealed.notes                              what waits and what was answered, for pages: nothing says what it is
//   await dropSealed(id)                      its answer was read
//
// A kind is a row of sealedKinds in the service. body is whatever its function reads.
// The service does a message once, however often it is sent; only who wrote it sends it.
// Sending is started by lib/waiting.ts: on opening, when the network is back, each half
// minute. Chrome 87 and Safari 14 have all that is used here.
import { reactive } from 'vue'
import { ask, pairings } from '../api/client'
import { Failure } from '../api/failure'
import { fromBase64Url, toBase64Url } from './base64'
import { findMe } from './session'
import { forget, keep as remember, kept as remembered } from './storage'
import { newId } from './uuid'

export interface SealedNote {
  message_id: string
  who: string // who was signed in; only they send it
  at: number
  state: 'waiting' | 'sent' | 'refused'
  answer: string // what the service said: a number, or why not
}

interface Kept extends SealedNote {
  envelope: string // base64url
}

export const sealed = reactive<{ notes: SealedNote[] }>({ notes: [] })

const word = 'qihe-sealed-v1'
const whole = 1024 // bytes to which a text is filled up

let open: Promise<IDBDatabase> | undefined
function database(): Promise<IDBDatabase> {
  open ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('qihe-sealed', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('messages', { keyPath: 'message_id' })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
    asked.onblocked = () => reject(new Error('the database is held by another page'))
  })
  open.catch(() => (open = undefined))
  return open
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database()
  return new Promise<T>((resolve, reject) => {
    const tx = db.transaction('messages', mode)
    const asked = work(tx.objectStore('messages'))
    tx.oncomplete = () => resolve(asked.result)
    tx.onabort = () => reject(tx.error ?? asked.error)
  })
}

// prepareSealing fetches the service's key while there is network, and remembers it. It
// reports whether this phone can seal now.
export async function prepareSealing(): Promise<boolean> {
  try {
    remember('local', 'sealing_key', (await ask(pairings.GET('/sealing-key'))).public_key)
  } catch {
    // the one of last time is as good
  }
  await load().catch(() => {})
  return canSeal()
}

export function canSeal(): boolean {
  return remembered('local', 'sealing_key') !== undefined
}

// keepSealed seals a message, keeps it, and begins to send. It throws where the browser
// keeps nothing, or when no key was ever fetched.
export async function keepSealed(who: string, kind: string, body: object): Promise<string> {
  const message_id = newId()
  const at = Date.now()
  const text = JSON.stringify({ kind, by: who, at: new Date(at).toISOString(), body })
  const envelope = toBase64Url(await seal(message_id, text))
  await put({ message_id, who, at, envelope, state: 'waiting', answer: '' })
  void flushSealed()
  return message_id
}

async function seal(messageId: string, text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil(bytes.length / whole) * whole).fill(0x20)
  padded.set(bytes)
  const theirs = fromBase64Url(remembered('local', 'sealing_key') ?? '')
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const service = await crypto.subtle.importKey('raw', theirs, curve, false, [])
  const mine = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey))
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: service }, mine.privateKey, 256)
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const utf8 = (s: string) => new TextEncoder().encode(s)
  const derived = new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: joined(point, theirs), info: utf8(word) }, base, 44 * 8),
  )
  const key = await crypto.subtle.importKey('raw', derived.slice(0, 32), 'AES-GCM', false, ['encrypt'])
  const how = { name: 'AES-GCM', iv: derived.slice(32), additionalData: utf8(`${word}\n${messageId}`) }
  return joined(Uint8Array.of(1), point, new Uint8Array(await crypto.subtle.encrypt(how, key, padded)))
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let end = 0
  for (const part of parts) {
    all.set(part, end)
    end += part.length
  }
  return all
}

// dropSealed forgets a message whose answer was read.
export async function dropSealed(messageId: string): Promise<void> {
  await inStore('readwrite', (s) => s.delete(messageId))
  await load()
}

async function put(kept: Kept): Promise<void> {
  await inStore('readwrite', (s) => s.put(kept))
  await load()
}

async function all(): Promise<Kept[]> {
  const found = await inStore('readonly', (s) => s.getAll() as IDBRequest<Kept[]>)
  return found.sort((a, b) => a.at - b.at)
}

async function load(): Promise<void> {
  const found = await all()
  sealed.notes = found.map(({ message_id, who, at, state, answer }) => ({ message_id, who, at, state, answer }))
  if (found.length > 0) remember('local', 'sealed', 'yes')
  else forget('local', 'sealed')
}

let sending: Promise<void> | undefined
// flushSealed sends what waits. Several calls at once are one.
export function flushSealed(): Promise<void> {
  sending ??= sendAll()
    .catch(() => {}) // the next time
    .finally(() => (sending = undefined))
  return sending
}

async function sendAll(): Promise<void> {
  await load()
  if (!sealed.notes.some((n) => n.state === 'waiting')) return
  const me = await findMe().catch(() => undefined)
  for (const kept of await all()) {
    if (kept.who !== me?.volunteer_id || kept.state !== 'waiting') continue
    try {
      const { answer } = await ask(pairings.POST('/sealed-messages', { body: { message_id: kept.message_id, envelope: kept.envelope } }))
      await put({ ...kept, envelope: '', state: 'sent', answer })
    } catch (reason) {
      if (!(reason instanceof Failure) || reason.unclear || reason.status === 401 || reason.status === 429) return // the next time
      await put({ ...kept, state: 'refused', answer: reason.message })
    }
  }
}
