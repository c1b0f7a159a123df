import { describe, expect, test } from 'vitest'
import { fill } from '.'
import { dayName, duration, hoursNumber, span } from './dates'

// Every area has a file of the same name in both languages.
const files = {
  ...import.meta.glob<{ zh: Record<string, string> }>('./zh/*.ts', { eager: true }),
  ...import.meta.glob<{ en: Record<string, string> }>('./en/*.ts', { eager: true }),
} as Record<string, Record<'zh' | 'en', Record<string, string>>>
const areas = Object.keys(files).filter((path) => path.startsWith('./zh/')).map((path) => path.slice(5))

const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
const now = Date.parse('2026-11-23T13:10:00Z')

describe('the words', () => {
  test.each(areas)('English has every text of %s, and nothing is filled in that Chinese does not know', (area) => {
    const zh = files[`./zh/${area}`]!.zh
    const en = files[`./en/${area}`]!.en
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    for (const [key, text] of Object.entries(zh)) {
      const known: string[] = holes(text)
      expect(holes(en[key]!).filter((h) => !known.includes(h)), key).toEqual([])
      expect(text.trim(), key).not.toBe('')
    }
  })

  test('no two areas have a word in common', () => {
    const keys = areas.flatMap((area) => Object.keys(files[`./zh/${area}`]!.zh))
    expect(keys.length).toBe(new Set(keys).size)
  })

  test('a hole without a word stays visible', () => {
    expect(fill('{a}和{b}', { a: 1 })).toBe('1和{b}')
  })
})

describe('times in words', () => {
  test('a day near now has a name, another its date', () => {
    expect(dayName('2026-11-23T00:00:00Z', now)).toBe('今天')
    expect(dayName('2026-11-23T16:00:00Z', now)).toBe('明天')
    expect(dayName('2026-11-28T01:00:00Z', now)).toBe('11月28日 周六')
    expect(dayName('2025-11-28T01:00:00Z', now)).toBe('2025年11月28日 周五')
  })

  test('a shift past midnight says so', () => {
    expect(span('2026-11-23T06:00:00Z', '2026-11-23T08:30:00Z')).toBe('14:00–16:30')
    expect(span('2026-11-23T14:00:00Z', '2026-11-23T16:30:00Z')).toBe('22:00–次日00:30')
  })

  test('minutes are said as people say them', () => {
    expect([0, 45, 60, 150, -90].map(duration)).toEqual(['0分', '45分', '1小时', '2小时30分', '−1小时30分'])
    expect([0, 90, 72_270].map(hoursNumber)).toEqual(['0.0', '1.5', '1,204.5'])
  })
})
