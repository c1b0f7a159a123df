// What this phone has kept because there was no network, as pages show it, and
// when it is sent: on opening, when the network returns, when the page is looked
// at again, and every half minute while something waits. The keeping itself
// (lib/queue.ts) is fetched when it is needed, or when it soon may be.
import { reactive } from 'vue'
import { kept } from './storage'

export interface Note {
  claim_id: string
  shift_id: string
  kind: 'in' | 'out'
  title: string
  at: number // when it was seen, by this phone's clock
  tapped: string // whom a leader saw; empty: one's own
  who: string // who was signed in; only they send it
  state: 'waiting' | 'refused' | 'doubt'
  message: string // why refused
}

export const waiting = reactive<{ notes: Note[]; offline: boolean }>({ notes: [], offline: !navigator.onLine })

type Queue = typeof import('./queue')
let loading: Promise<Queue | undefined> | undefined

// queue is what keeps claims, or undefined where it cannot be had: on a phone
// that went offline before, or whose browser keeps nothing.
export function queue(): Promise<Queue | undefined> {
  loading ??= import('./queue').catch(() => {
    loading = undefined
    return undefined
  })
  return loading
}

// prepare makes this phone ready to keep claims for the person, while there is
// network, and reports whether it is.
export async function prepare(who: string): Promise<boolean> {
  void import('../components/UnsentClaims.vue').catch(() => {}) // which shows what is kept
  return (await (await queue())?.prepare(who)) ?? false
}

// noteOf is what the phone keeps for one end of one's own presence.
export function noteOf(shiftId: string, who: string, kind: 'in' | 'out', tapped = ''): Note | undefined {
  return waiting.notes.find((n) => n.shift_id === shiftId && n.who === who && n.kind === kind && n.tapped === tapped && n.state === 'waiting')
}

async function flush(): Promise<void> {
  if (!navigator.onLine) return
  if (kept('local', 'sealed')) void import('./sealed_queue').then((q) => q.flushSealed()).catch(() => {})
  if (waiting.notes.length > 0 || kept('local', 'waiting')) await (await queue())?.flush()
}

// watchNetwork begins to send what waits.
export function watchNetwork(): void {
  const look = () => {
    waiting.offline = !navigator.onLine
    if (!document.hidden) void flush()
  }
  window.addEventListener('online', look)
  window.addEventListener('offline', look)
  document.addEventListener('visibilitychange', look)
  window.setInterval(look, 30_000)
  look()
}
