import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

// useNow is the time of day in milliseconds, moving every so many seconds and
// set right when the page is looked at again.
export function useNow(seconds = 20): Ref<number> {
  const now = ref(Date.now())
  const tick = () => (now.value = Date.now())
  let timer: number | undefined
  onMounted(() => {
    timer = window.setInterval(tick, seconds * 1000)
    document.addEventListener('visibilitychange', tick)
  })
  onBeforeUnmount(() => {
    window.clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}

// useReturn calls back whenever the page is looked at again.
export function useReturn(callback: () => void): void {
  const look = () => {
    if (!document.hidden) callback()
  }
  onMounted(() => document.addEventListener('visibilitychange', look))
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', look))
}
