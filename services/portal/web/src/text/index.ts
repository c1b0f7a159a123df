// Every word that people read, by key. The words of an area (zh/console.ts,
// en/console.ts) come with its pages: a page of the area imports ./console.
// Chinese is there as soon as the page is; English is fetched when somebody
// asks for it.
import { shallowReactive, watchEffect } from 'vue'
import { settings } from '../lib/settings'
import { zh as base } from './zh/base'

// An area's words are only typed here; they come with its pages.
export type Key =
  | keyof typeof base
  | keyof typeof import('./zh/aid').zh
  | keyof typeof import('./zh/album').zh
  | keyof typeof import('./zh/brigades').zh
  | keyof typeof import('./zh/audit').zh
  | keyof typeof import('./zh/card').zh
  | keyof typeof import('./zh/certificates').zh
  | keyof typeof import('./zh/children').zh
  | keyof typeof import('./zh/childlists').zh
  | keyof typeof import('./zh/childrecord').zh
  | keyof typeof import('./zh/complaints').zh
  | keyof typeof import('./zh/contacts').zh
  | keyof typeof import('./zh/confirming').zh
  | keyof typeof import('./zh/consent').zh
  | keyof typeof import('./zh/console').zh
  | keyof typeof import('./zh/corrections').zh
  | keyof typeof import('./zh/credentials').zh
  | keyof typeof import('./zh/credits').zh
  | keyof typeof import('./zh/deadletters').zh
  | keyof typeof import('./zh/figures').zh
  | keyof typeof import('./zh/goods').zh
  | keyof typeof import('./zh/history').zh
  | keyof typeof import('./zh/joint').zh
  | keyof typeof import('./zh/leader').zh
  | keyof typeof import('./zh/ledger').zh
  | keyof typeof import('./zh/list').zh
  | keyof typeof import('./zh/national').zh
  | keyof typeof import('./zh/needhelp').zh
  | keyof typeof import('./zh/concerns').zh
  | keyof typeof import('./zh/matching').zh
  | keyof typeof import('./zh/notices').zh
  | keyof typeof import('./zh/pauses').zh
  | keyof typeof import('./zh/paper').zh
  | keyof typeof import('./zh/people').zh
  | keyof typeof import('./zh/poster').zh
  | keyof typeof import('./zh/posting').zh
  | keyof typeof import('./zh/offices').zh
  | keyof typeof import('./zh/memberships').zh
  | keyof typeof import('./zh/privacy').zh
  | keyof typeof import('./zh/profile').zh
  | keyof typeof import('./zh/programmes').zh
  | keyof typeof import('./zh/publicity').zh
  | keyof typeof import('./zh/reasons').zh
  | keyof typeof import('./zh/reports').zh
  | keyof typeof import('./zh/record').zh
  | keyof typeof import('./zh/signin').zh
  | keyof typeof import('./zh/signing').zh
  | keyof typeof import('./zh/shared').zh
  | keyof typeof import('./zh/roster').zh
  | keyof typeof import('./zh/swap').zh
  | keyof typeof import('./zh/stars').zh
  | keyof typeof import('./zh/training').zh
  | keyof typeof import('./zh/verdict').zh
  | keyof typeof import('./zh/verifying').zh
  | keyof typeof import('./zh/unsent').zh
  | keyof typeof import('./zh/companions').zh
  | keyof typeof import('./zh/pairings').zh
  | keyof typeof import('./zh/wall').zh
export type Words = Record<string, string | number>
type Table = Record<string, string>

const chinese = shallowReactive<Table>({})
const english = shallowReactive<Table>({})

// addWords makes an area's words known: its Chinese, and how to get its English.
export function addWords(zh: Table, fetchEnglish: () => Promise<Table>): void {
  Object.assign(chinese, zh)
  let asked = false
  watchEffect(() => {
    if (settings.language !== 'en' || asked) return
    asked = true
    void fetchEnglish()
      .then((words) => Object.assign(english, words))
      .catch(() => (asked = false))
  })
}
addWords(base, () => import('./en/base').then((f) => f.en))

// t returns the text of a key, with {name} replaced by words.name. Used in a
// template it changes with the language. A key whose page is still on its way
// is empty.
export function t(key: Key, words?: Words): string {
  const text = (settings.language === 'en' ? english[key] : undefined) ?? chinese[key] ?? ''
  return fill(text, words)
}

export function fill(text: string, words?: Words): string {
  if (!words) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole))
}
