import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { repeatable, send, trouble } from './send'

const at = 'http://qihe.test'
const get = () => new Request(`${at}/api/tasks/v1/shifts`)
const post = (path: string, headers: Record<string, string> = {}) => new Request(at + path, { method: 'POST', body: '{}', headers })

// answers makes fetch give these answers in turn; undefined is a dead network.
// It returns the bodies of what was sent.
function answers(...replies: (Response | undefined)[]) {
  const sent: Promise<string>[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request.text())
    const reply = replies.shift()
    return reply ? Promise.resolve(reply) : Promise.reject(new TypeError('no network'))
  })
  return sent
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', Object.assign(new EventTarget(), { setTimeout, clearTimeout }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('sending on a weak network', () => {
  test('only what does no harm twice is repeated', () => {
    expect(repeatable(get())).toBe(true)
    expect(repeatable(post('/api/tasks/v1/claims'))).toBe(true)
    expect(repeatable(post('/api/tasks/v1/tasks', { 'Idempotency-Key': 'k' }))).toBe(true)
    expect(repeatable(post('/api/tasks/v1/photos?photo_id=1'))).toBe(true)
    expect(repeatable(post('/api/teams/v1/sessions'))).toBe(false)
    expect(repeatable(post('/api/teams/v1/sign-in-codes'))).toBe(false)
  })

  test('a claim goes out again, with the same body, until it is answered', async () => {
    const sent = answers(undefined, new Response('', { status: 503 }), new Response('{}', { status: 200 }))
    const done = send(post('/api/tasks/v1/claims'))
    await vi.advanceTimersByTimeAsync(100)
    expect(trouble.waiting).toBe(1)
    await vi.runAllTimersAsync()
    expect((await done).status).toBe(200)
    expect(await Promise.all(sent)).toEqual(['{}', '{}', '{}'])
    expect(trouble.waiting).toBe(0)
  })

  test('a refusal is an answer', async () => {
    const sent = answers(new Response('{}', { status: 409 }))
    expect((await send(get())).status).toBe(409)
    expect(sent).toHaveLength(1)
  })

  test('it goes on at once when the phone is back on the network', async () => {
    answers(undefined, new Response('{}', { status: 200 }))
    const done = send(get())
    await vi.advanceTimersByTimeAsync(10)
    window.dispatchEvent(new Event('online'))
    expect((await done).status).toBe(200)
  })

  test('it gives up in the end and lets the person decide', async () => {
    const sent = answers()
    const done = send(get()).catch((reason: unknown) => reason)
    await vi.runAllTimersAsync()
    expect(await done).toBeInstanceOf(TypeError)
    expect(sent).toHaveLength(5)
  })

  test('what may not be repeated is sent once', async () => {
    const sent = answers()
    await expect(send(post('/api/teams/v1/sessions'))).rejects.toThrow()
    expect(sent).toHaveLength(1)
  })
})
