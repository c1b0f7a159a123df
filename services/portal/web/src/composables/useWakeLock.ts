import { onBeforeUnmount, onMounted } from 'vue'

// useWakeLock keeps the screen on while the page is looked at, where the
// browser can (Chrome 84, Safari 16.4); elsewhere the page says to keep it on.
export function useWakeLock(): void {
  let lock: WakeLockSentinel | undefined
  const take = () => {
    if (document.hidden || !('wakeLock' in navigator)) return
    navigator.wakeLock.request('screen').then(
      (got) => (lock = got),
      () => {},
    )
  }
  onMounted(() => {
    take()
    document.addEventListener('visibilitychange', take)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', take)
    void lock?.release()
  })
}
