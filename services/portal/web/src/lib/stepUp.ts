// A second factor, asked for when the server wants one. Whoever needs it waits
// for provide(); the sheet in App.vue answers.
import { reactive } from 'vue'

export const stepUp = reactive({ asked: false })

let waiting: ((done: boolean) => void)[] = []

// provide shows the sheet and returns whether the person proved herself.
export function provide(): Promise<boolean> {
  stepUp.asked = true
  return new Promise((resolve) => waiting.push(resolve))
}

// provided is called by the sheet when it closes.
export function provided(done: boolean): void {
  stepUp.asked = false
  const told = waiting
  waiting = []
  told.forEach((tell) => tell(done))
}
