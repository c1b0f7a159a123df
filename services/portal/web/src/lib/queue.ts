// Claims that this phone keeps because there was no network, and the key that
// signs them (docs/check-in.md). They live in IndexedDB, so they outlive the
// page and the browser. The key is made here and cannot be read by anybody, this
// page included; the counter goes up with each claim, so that an old copy of
// this phone's storage is recognised.
import { ask, tasks, type Tasks } from '../api/client'
import { Failure } from '../api/failure'
import { claimAnswered } from './claim'
import { fromBase64Url, toBase64Url } from './base64'
import { findMe } from './session'
import { forget, keep as remember } from './storage'
import { newId } from './uuid'
import { waiting, type Note } from './waiting'

interface Device {
  who: string
  device_id: string
  keys: CryptoKeyPair
  counter: number
}

// Claim is what is to be kept: a code or a ticket of one's own, or a tap.
export interface Claim {
  claim_id: string
  shift_id: string
  kind: 'in' | 'out'
  title: string
  code?: string
  ticket?: string
  volunteer_id?: string // a leader's tap: whom
  card?: string // a volunteer card that a leader scanned: its token
  at?: number // when it was seen, if not just now
}

interface Kept extends Claim {
  who: string
  at: number
  device_id: string
  counter: number
  signature: string
  state: Note['state']
  message: string
}

const patience = 15_000 // milliseconds for an answer; after that it waits for the next time

let open: Promise<IDBDatabase> | undefined
function database(): Promise<IDBDatabase> {
  open ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('qihe', 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('devices', { keyPath: 'who' })
      asked.result.createObjectStore('claims', { keyPath: 'claim_id' })
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
    asked.onblocked = () => reject(new Error('the database is held by another page'))
  })
  open.catch(() => (open = undefined))
  return open
}

// inStore does one thing in a transaction and returns its result when it is kept for good.
async function inStore<T>(name: 'devices' | 'claims', mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database()
  return new Promise<T>((resolve, reject) => {
    const tx = db.transaction(name, mode)
    const asked = work(tx.objectStore(name))
    tx.oncomplete = () => resolve(asked.result)
    tx.onabort = () => reject(tx.error ?? asked.error)
  })
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

async function deviceOf(who: string): Promise<Device> {
  const known = await inStore('devices', 'readonly', (s) => s.get(who) as IDBRequest<Device | undefined>)
  if (known) return known
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const device = { who, device_id: newId(), keys, counter: 0 }
  await inStore('devices', 'readwrite', (s) => s.put(device))
  return device
}

// countUp takes the next number: whoever asks gets one that nobody else has.
async function countUp(who: string): Promise<number> {
  const db = await database()
  return new Promise<number>((resolve, reject) => {
    const tx = db.transaction('devices', 'readwrite')
    const store = tx.objectStore('devices')
    const asked = store.get(who) as IDBRequest<Device>
    let counter = 0
    asked.onsuccess = () => {
      counter = asked.result.counter + 1
      store.put({ ...asked.result, counter })
    }
    tx.oncomplete = () => resolve(counter)
    tx.onabort = () => reject(tx.error)
  })
}

// prepare has the person's key known to the server and says whether this phone
// can keep claims. The server also learns how far the phone's clock is off.
export async function prepare(who: string): Promise<boolean> {
  try {
    const device = await deviceOf(who)
    await load()
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', device.keys.publicKey))
    const body = { public_key: toBase64Url(raw), phone_time: new Date().toISOString() }
    await ask(tasks.PUT('/me/devices/{device_id}', { params: { path: { device_id: device.device_id } }, body }))
    return true
  } catch (reason) {
    return reason instanceof Failure && reason.unclear && (await deviceOf(who).catch(() => undefined)) !== undefined
  }
}

// keep signs a claim and keeps it. It throws where the browser keeps nothing.
export async function keep(who: string, claim: Claim): Promise<void> {
  const device = await deviceOf(who)
  const at = Math.round(claim.at ?? Date.now())
  const counter = await countUp(who)
  const lines = ['qihe-claim-v1', claim.claim_id, claim.shift_id, claim.kind, claim.code ?? '', claim.volunteer_id ?? '', claim.card ?? '', String(at), String(counter)]
  const message = new TextEncoder().encode(lines.join('\n'))
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, device.keys.privateKey, message)
  const kept: Kept = {
    ...claim, who, at, counter, device_id: device.device_id, signature: toBase64Url(new Uint8Array(signed)), state: 'waiting', message: '',
  }
  await inStore('claims', 'readwrite', (s) => s.put(kept))
  await load()
}

// drop forgets a claim: it was answered another way, or its note was read.
export async function drop(claimId: string): Promise<void> {
  await inStore('claims', 'readwrite', (s) => s.delete(claimId))
  await load()
}

async function all(): Promise<Kept[]> {
  const found = await inStore('claims', 'readonly', (s) => s.getAll() as IDBRequest<Kept[]>)
  return found.sort((a, b) => a.counter - b.counter)
}

async function load(): Promise<void> {
  const found = await all()
  waiting.notes = found.map(({ claim_id, shift_id, kind, title, at, volunteer_id, card, who, state, message }) => ({
    claim_id, shift_id, kind, title, at, tapped: volunteer_id ?? (card ? 'card' : ''), who, state, message,
  }))
  if (found.length > 0) remember('local', 'waiting', 'yes')
  else forget('local', 'waiting')
}

// answers are what came back, by claim, for pages that are waiting for them.
export const answers = new Map<string, Tasks['ClaimResult']>()

let sending: Promise<void> | undefined
// flush sends what waits, in the order in which it was kept. Several calls at
// once are one, and two pages at once do no harm: a claim counts once.
export function flush(): Promise<void> {
  sending ??= sendAll().finally(() => (sending = undefined))
  return sending
}

async function sendAll(): Promise<void> {
  await load()
  if (waiting.notes.length === 0) return
  const me = await findMe().catch(() => undefined)
  for (const kept of await all()) {
    if (kept.who !== me?.volunteer_id || kept.state !== 'waiting') continue
    if (!(await send(kept))) return // no network: the next time
  }
}

async function send(kept: Kept): Promise<boolean> {
  try {
    const answer = await submit(kept)
    answers.set(kept.claim_id, answer)
    if (answer.doubt) await inStore('claims', 'readwrite', (s) => s.put({ ...kept, state: 'doubt' }))
    else await inStore('claims', 'readwrite', (s) => s.delete(kept.claim_id))
  } catch (reason) {
    if (!(reason instanceof Failure) || reason.unclear || reason.status === 401 || reason.status === 429) return false
    await inStore('claims', 'readwrite', (s) => s.put({ ...kept, state: 'refused', message: reason.message }))
  }
  claimAnswered(kept.volunteer_id ?? kept.who, kept.shift_id, kept.kind)
  await load()
  return true
}

// submit shows the ticket first, for the portal vouches for it; when that is
// too old, what the phone signed.
async function submit(kept: Kept): Promise<Tasks['ClaimResult']> {
  const claim = { claim_id: kept.claim_id, shift_id: kept.shift_id, kind: kept.kind }
  if (kept.ticket) {
    try {
      return await post({ ...claim, ticket: kept.ticket })
    } catch (reason) {
      if (!(reason instanceof Failure) || reason.code !== 'code_expired') throw reason
    }
  }
  return post({
    ...claim,
    ...(kept.card ? { card: kept.card, walk_in: true } : kept.volunteer_id ? { volunteer_id: kept.volunteer_id } : { code: kept.code ?? '' }),
    kept: {
      device_id: kept.device_id,
      counter: kept.counter,
      observed_at: new Date(kept.at).toISOString(),
      sent_at: new Date().toISOString(),
      signature: kept.signature,
    },
  })
}

// post sends a claim once; what gets no answer soon is sent again another time.
async function post(body: Tasks['NewClaim']): Promise<Tasks['ClaimResult']> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patience)
  try {
    return await ask(tasks.POST('/claims', { body, fetch: (request: Request) => fetch(request, { signal: stop.signal }) }))
  } finally {
    clearTimeout(timer)
  }
}

// codeOf reads the code out of a ticket that this browser holds: what the
// portal signed is for reading, not secret.
export function codeOf(ticket: string): string {
  try {
    const body = JSON.parse(new TextDecoder().decode(fromBase64Url(ticket.split('.')[1] ?? ''))) as { code?: string }
    return body.code ?? ''
  } catch {
    return ''
  }
}
