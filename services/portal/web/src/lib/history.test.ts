import { describe, expect, it } from 'vitest'
import { changed, enteredIn, hoursOf, minutesOf, type Import } from './history'

describe('hours as they are typed', () => {
  it('reads numbers in every style, and nothing else', () => {
    expect(['2.5', '2,5', '2。5', ' 3 ', '0.25', '', '0', 'x', '-1'].map(minutesOf)).toEqual([150, 150, 150, 180, 15, 0, 0, 0, 0])
    expect([150, 15, 100, 0].map(hoursOf)).toEqual(['2.5', '0.25', '1.67', ''])
    expect(minutesOf(hoursOf(100))).toBe(100)
  })
})

describe('what was typed', () => {
  const line = (place: number, entered: boolean) => ({ place, entered, name: '', title: '慰问', minutes: 60, page: 0, findings: [] })
  it('is sent whole, with what is left out of the file', () => {
    const i = { lines: [line(1, false), line(2, true), line(4, true)], dropped: [3] } as unknown as Import
    const all = enteredIn(i)
    expect(all.map((e) => e.place)).toEqual([2, 4, 3])
    expect(changed(all, { place: 2, minutes: 90 }).map((e) => `${e.place} ${e.minutes ?? '-'}`)).toEqual(['4 60', '3 -', '2 90'])
  })
})
