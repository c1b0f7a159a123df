import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { Hours } from '../api/client'
import { followWall } from '../lib/wallStream'

// A beat is when boards turn over and the clock moves; three to a minute.
const beat = 20_000
// The portal ends every stream after an hour. What takes so long to come back is
// a network that is down.
const patience = 5000

// useWall follows a wall: what it shows, whether it is connected, and what time it
// is there, by the server's clock, whatever the television's says.
export function useWall(address: () => string, key: () => string | undefined) {
  const wall = shallowRef<Hours['Wall']>()
  const off = ref(false) // for longer than a blink
  const refused = ref(0)
  const turn = ref(0)
  const now = ref(Date.now())
  let ahead = 0 // of the server's clock before ours
  let beating: number | undefined
  let waiting: number | undefined
  let stop: (() => void) | undefined
  let release: string | null | undefined

  // With the minute, and never in less than half a beat.
  const untilNext = () => {
    const left = beat - (now.value % beat)
    return left < beat / 2 ? left + beat : left
  }
  const tick = () => {
    now.value = Date.now() + ahead
    turn.value++
    beating = window.setTimeout(tick, untilNext())
  }

  function connected(yes: boolean): void {
    window.clearTimeout(waiting)
    if (yes) {
      off.value = false
      refused.value = 0
      void renew()
    } else {
      waiting = window.setTimeout(() => (off.value = true), patience)
    }
  }

  // A screen that nobody reloads still gets the new release: when a stream is
  // opened anew, the app's page is looked at.
  async function renew(): Promise<void> {
    const tag = await fetch('/', { method: 'HEAD', cache: 'no-store' }).then((r) => r.headers.get('ETag'), () => null)
    if (tag && release && tag !== release) window.location.reload()
    release = tag ?? release
  }

  function start(): void {
    stop?.()
    stop = followWall(address(), key(), {
      wall: (next) => {
        ahead = new Date(next.at).getTime() - Date.now()
        now.value = Date.now() + ahead
        wall.value = next
      },
      on: connected,
      refused: (status) => (refused.value = status),
    })
  }

  onMounted(() => {
    start()
    beating = window.setTimeout(tick, untilNext())
  })
  onBeforeUnmount(() => {
    stop?.()
    window.clearTimeout(beating)
    window.clearTimeout(waiting)
  })
  return { wall, off, refused, turn, now, again: start, since: computed(() => wall.value?.at) }
}
