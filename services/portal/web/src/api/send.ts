// The way to the server on a weak network.
//
// A request that may be repeated (reads, and writes that carry a key of their
// own) is tried again with growing pauses, and the page says so meanwhile. A
// request that may not is sent once; the person decides.
import { reactive } from 'vue'

// trouble.waiting counts requests that are being tried again just now.
export const trouble = reactive({ waiting: 0 })

const pauses = [600, 1500, 3000, 6000]
const patience = 20_000 // milliseconds for one answer; village networks are slow
const patienceForPhotos = 120_000

export async function send(request: Request): Promise<Response> {
  if (!repeatable(request)) return within(request)
  for (const pause of pauses) {
    const response = await within(request.clone()).catch(() => undefined)
    if (response && response.status !== 503 && response.status !== 502 && response.status !== 504) return response
    await rest(askedPause(response) ?? pause)
  }
  return within(request)
}

// repeatable: doing it twice is the same as doing it once.
export function repeatable(request: Request): boolean {
  if (request.method !== 'POST') return true
  return request.headers.has('Idempotency-Key') || request.url.endsWith('/api/tasks/v1/claims') || isPhoto(request)
}

// A photo carries an id of its own, and is larger than anything else on its way.
const isPhoto = (request: Request) => request.url.includes('/api/tasks/v1/photos?')

async function within(request: Request): Promise<Response> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), isPhoto(request) ? patienceForPhotos : patience)
  try {
    return await fetch(request, { signal: stop.signal })
  } finally {
    clearTimeout(timer)
  }
}

// askedPause is the pause that a busy server asked for, at most ten seconds.
function askedPause(response: Response | undefined): number | undefined {
  const seconds = Number(response?.headers.get('Retry-After') ?? '')
  return seconds > 0 ? Math.min(seconds, 10) * 1000 : undefined
}

// rest waits, but no longer than until the phone is back on the network.
async function rest(milliseconds: number): Promise<void> {
  trouble.waiting++
  await new Promise<void>((resolve) => {
    const go = () => {
      window.removeEventListener('online', go)
      window.clearTimeout(timer)
      resolve()
    }
    const timer = window.setTimeout(go, milliseconds)
    window.addEventListener('online', go)
  })
  trouble.waiting--
}
