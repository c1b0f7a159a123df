import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Failure, unanswered } from '../api/failure'

export interface Loaded<T> {
  data: ShallowRef<T | undefined>
  failure: Ref<Failure | undefined>
  busy: Ref<boolean>
  refresh: () => Promise<void>
}

// useLoad reads something for a page, at once and whenever refresh is called.
// What was read stays visible while it is read anew, and when that fails. Of
// overlapping reads the latest counts.
export function useLoad<T>(read: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T>()
  const failure = ref<Failure>()
  const busy = ref(false)
  let latest = 0

  async function refresh(): Promise<void> {
    const mine = ++latest
    busy.value = true
    try {
      const got = await read()
      if (mine !== latest) return
      data.value = got
      failure.value = undefined
    } catch (reason) {
      if (mine === latest) failure.value = asFailure(reason)
    }
    if (mine === latest) busy.value = false
  }

  void refresh()
  return { data, failure, busy, refresh }
}

// asFailure lets faults of our own through to the console and gives the page
// something to say.
export function asFailure(reason: unknown): Failure {
  if (reason instanceof Failure) return reason
  console.error(reason)
  return unanswered()
}

// inTurn returns a function that does the work once for each call, but never
// twice at a time: calls that come while it is under way become one more turn.
export function inTurn(work: () => Promise<unknown>): () => Promise<void> {
  let busy = false
  let again = false
  return async () => {
    again = true
    if (busy) return
    busy = true
    while (again) {
      again = false
      await work()
    }
    busy = false
  }
}
