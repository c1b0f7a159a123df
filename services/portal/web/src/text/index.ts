// Every word that people read, by key. Chinese is part of the app; English is
// fetched when somebody asks for it.
import { shallowRef, watchEffect } from 'vue'
import { settings } from '../lib/settings'
import { zh } from './zh'

export type Key = keyof typeof zh
export type Table = Record<Key, string>
export type Words = Record<string, string | number>

const english = shallowRef<Table>()

watchEffect(() => {
  if (settings.language !== 'en' || english.value) return
  void import('./en').then((file) => (english.value = file.en)).catch(() => {})
})

// t returns the text of a key, with {name} replaced by words.name. Used in a
// template it changes with the language.
export function t(key: Key, words?: Words): string {
  const table = settings.language === 'en' && english.value ? english.value : zh
  return fill(table[key], words)
}

export function fill(text: string, words?: Words): string {
  if (!words) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole))
}
