// Reads the wall's stream. An EventSource would do but for two things: it cannot
// send the key of a screen's link in a header, and it does not notice a cable that
// was pulled, because nothing says so.
import type { Hours } from '../api/client'

const firstPause = 1000
const longestPause = 30_000
// The server says something at least every 20 seconds.
const silence = 70_000

export interface WallReader {
  wall: (wall: Hours['Wall']) => void
  on: (connected: boolean) => void
  refused: (status: number) => void // 404: nobody may look by this key; 401: not signed in
}

// followWall keeps a stream open until the function that it returns is called.
export function followWall(address: string, key: string | undefined, reader: WallReader): () => void {
  let stopped = false
  let pause = firstPause
  let timer: number | undefined
  let abort: AbortController | undefined

  async function open(): Promise<void> {
    timer = undefined
    abort = new AbortController()
    let heard = listen(abort)
    try {
      const answer = await fetch(address, { headers: { Accept: 'text/event-stream', ...(key ? { 'Display-Key': key } : {}) }, cache: 'no-store', signal: abort.signal })
      if (answer.status === 404 || answer.status === 401 || answer.status === 400) reader.refused(answer.status)
      if (answer.ok && answer.body) {
        pause = firstPause
        reader.on(true)
        await read(answer.body, () => (heard = listen(abort!, heard)))
      }
    } catch {
      // No network, or silence: tried again like any other end.
    }
    window.clearTimeout(heard)
    if (stopped) return
    reader.on(false)
    timer = window.setTimeout(() => void open(), pause * (0.75 + Math.random() / 2))
    pause = Math.min(pause * 2, longestPause)
  }

  function listen(what: AbortController, before?: number): number {
    window.clearTimeout(before)
    return window.setTimeout(() => what.abort(), silence)
  }

  async function read(body: ReadableStream<Uint8Array>, hear: () => void): Promise<void> {
    const stream = body.getReader()
    const text = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await stream.read()
      if (done) return
      hear()
      const events = (rest + text.decode(value, { stream: true })).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) tell(event)
    }
  }

  function tell(event: string): void {
    const data = event.split('\n').find((line) => line.startsWith('data: '))
    if (!data || stopped) return
    try {
      reader.wall(JSON.parse(data.slice(6)) as Hours['Wall'])
    } catch (reason) {
      console.error(reason) // the next one is whole again
    }
  }

  // What comes back wants no pause: the network, a screen that was off.
  function look(): void {
    if (stopped || timer === undefined) return
    window.clearTimeout(timer)
    pause = firstPause
    void open()
  }
  const drop = () => abort?.abort() // what is open when the network goes would stay silent
  window.addEventListener('online', look)
  window.addEventListener('offline', drop)
  void open()
  return () => {
    stopped = true
    window.removeEventListener('online', look)
    window.removeEventListener('offline', drop)
    window.clearTimeout(timer)
    abort?.abort()
  }
}
