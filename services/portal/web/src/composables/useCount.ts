import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

const takes = 1200 // ms

// useCount is a number that goes to where it should be in a moment, so that one
// sees it grow. Who wants less motion sees it there at once.
export function useCount(target: () => number): Ref<number> {
  const shown = ref(target())
  const still = window.matchMedia('(prefers-reduced-motion: reduce)')
  let frame: number | undefined

  watch(target, (to) => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    if (still.matches || document.hidden || to < shown.value) {
      shown.value = to
      return
    }
    const from = shown.value
    let began: number | undefined
    const step = (now: number) => {
      began ??= now
      const part = Math.min(1, (now - began) / takes)
      shown.value = part === 1 ? to : from + (to - from) * (1 - (1 - part) ** 3)
      frame = part === 1 ? undefined : requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
  })
  onBeforeUnmount(() => {
    if (frame !== undefined) cancelAnimationFrame(frame)
  })
  return shown
}
