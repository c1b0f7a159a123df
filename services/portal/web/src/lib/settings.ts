// How this person wants to read: remembered on this phone only.
import { reactive, watchEffect } from 'vue'
import { keep, kept } from './storage'

export type Language = 'zh-CN' | 'en'

export const settings = reactive({
  elder: kept('local', 'elder') === 'yes', // 长辈模式: larger type, fewer choices, higher contrast
  language: (kept('local', 'language') === 'en' ? 'en' : 'zh-CN') as Language,
})

// applySettings keeps the document in step with the settings.
export function applySettings(): void {
  watchEffect(() => {
    document.documentElement.classList.toggle('elder', settings.elder)
    document.documentElement.lang = settings.language
    keep('local', 'elder', settings.elder ? 'yes' : 'no')
    keep('local', 'language', settings.language)
  })
}
