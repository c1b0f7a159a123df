import { ref, type Ref } from 'vue'
import type { Failure } from '../api/failure'
import { newId } from '../lib/uuid'
import { asFailure } from './useLoad'

export interface Action<I, O> {
  busy: Ref<boolean>
  failure: Ref<Failure | undefined>
  run: (input: I) => Promise<O | undefined>
}

// useAction wraps something a person does with one tap. A second tap while the
// first is under way does nothing. The key makes a repeat harmless: when no
// clear answer came, the next tap with the same input sends the same key again.
export function useAction<I, O>(act: (input: I, key: string) => Promise<O>): Action<I, O> {
  const busy = ref(false)
  const failure = ref<Failure>()
  let open: { input: string; key: string } | undefined

  async function run(input: I): Promise<O | undefined> {
    if (busy.value) return undefined
    busy.value = true
    failure.value = undefined
    const written = JSON.stringify(input) ?? ''
    if (open?.input !== written) open = { input: written, key: newId() }
    try {
      const done = await act(input, open.key)
      open = undefined
      return done
    } catch (reason) {
      failure.value = asFailure(reason)
      if (!failure.value.unclear) open = undefined
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, run }
}
