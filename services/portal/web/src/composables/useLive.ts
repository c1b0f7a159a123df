import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

const firstPause = 1000
const longestPause = 30_000

// useLive follows a stream of server-sent events while the page is looked at.
//
// The server sends the present state first, whenever a stream is opened, so
// nothing is missed: a hidden page lets go of its connection, and one that is
// looked at again, or whose connection was cut, opens a new one. An answer
// other than a stream (signed out, service down) ends a browser's EventSource
// for good, so it is opened anew after growing pauses.
export function useLive(address: string, events: Record<string, (data: unknown) => void>): Ref<boolean> {
  const connected = ref(false)
  let source: EventSource | undefined
  let timer: number | undefined
  let pause = firstPause

  function open(): void {
    if (source || document.hidden) return
    source = new EventSource(address)
    source.onopen = () => {
      connected.value = true
      pause = firstPause
    }
    source.onerror = () => {
      connected.value = false
      if (source?.readyState === EventSource.CLOSED) later()
    }
    for (const [name, handle] of Object.entries(events)) {
      source.addEventListener(name, (event) => handle(parse((event as MessageEvent<string>).data)))
    }
  }

  function close(): void {
    source?.close()
    source = undefined
    connected.value = false
    window.clearTimeout(timer)
  }

  function later(): void {
    close()
    timer = window.setTimeout(open, pause * (0.75 + Math.random() / 2))
    pause = Math.min(pause * 2, longestPause)
  }

  function look(): void {
    if (document.hidden) close()
    else open()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', look)
    open()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('online', look)
    close()
  })
  return connected
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
