// A list that is searched, filtered and read page by page: the federation's
// people, brigades, queues. ListSearch and ListTable show it.
import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useAction, type Action } from './useAction'
import { useLoad, type Loaded } from './useLoad'

export interface Page<T> {
  items: T[]
  next?: string // where the next page starts; missing after the last
}

// Asked is what a page of the list is asked with.
export interface Asked {
  text: string // what was typed; may be somebody's name
  filters: Record<string, string> // chosen ones only
  after?: string | undefined
}

export interface Pages<T> {
  page: Loaded<Page<T>> // all lines read so far
  more: Action<string, void> // reads the page that starts there, and appends it
}

export interface List<T> extends Pages<T> {
  text: Ref<string>
  filters: ComputedRef<Record<string, string>>
  choose: (change: Record<string, string>) => void // an empty value takes a filter away
  clear: () => void
  narrowed: ComputedRef<boolean> // something was typed or chosen
}

// pagesOf reads a list page by page. What is read anew meanwhile wins over a
// page that was on its way.
export function pagesOf<T>(read: (after?: string) => Promise<Page<T>>): Pages<T> {
  const page = useLoad(() => read())
  const more = useAction(async (after: string) => {
    const before = page.data.value
    const next = await read(after)
    if (page.data.value === before) page.data.value = { ...next, items: [...(before?.items ?? []), ...next.items] }
  })
  return { page, more }
}

const typingPause = 200

// useList keeps the named filters in the address, so that a list can be sent
// to a colleague, and what was typed in the entry of the browser's history
// only: it comes back with "back", and no name ever stands in an address.
export function useList<T>(names: readonly string[], read: (asked: Asked) => Promise<Page<T>>): List<T> {
  const route = useRoute()
  const router = useRouter()
  const text = ref(String((window.history.state as { typed?: string } | null)?.typed ?? ''))
  const filters = computed(() => {
    const chosen: Record<string, string> = {}
    for (const name of names) {
      const value = route.query[name]
      if (typeof value === 'string' && value !== '') chosen[name] = value
    }
    return chosen
  })
  const { page, more } = pagesOf((after) => read({ text: text.value.trim(), filters: filters.value, after }))

  let pause = 0
  const typed = () => {
    window.history.replaceState({ ...(window.history.state as object | null), typed: text.value }, '')
    void page.refresh()
  }
  watch(text, () => {
    window.clearTimeout(pause)
    pause = window.setTimeout(typed, typingPause)
  })
  const home = route.name // the address of another page is none of this list's
  watch(
    () => (route.name === home ? JSON.stringify(filters.value) : undefined),
    (now, before) => {
      if (now !== undefined && before !== undefined) void page.refresh()
    },
  )
  onScopeDispose(() => window.clearTimeout(pause))

  function choose(change: Record<string, string>): void {
    const query: Record<string, string> = { ...(route.query as Record<string, string>), ...change }
    for (const name of Object.keys(change)) if (!query[name]) delete query[name]
    void router.replace({ query, state: { typed: text.value } })
  }
  function clear(): void {
    text.value = ''
    choose(Object.fromEntries(names.map((name) => [name, ''])))
  }
  const narrowed = computed(() => text.value.trim() !== '' || Object.keys(filters.value).length > 0)
  return { page, more, text, filters, choose, clear, narrowed }
}
