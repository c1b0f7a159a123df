import { expect, test } from 'vitest'
import { free } from './free'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 1, minute)).toISOString()
const stretch = (from: number, to: number) => ({ from: at(from), to: at(to) })

test.each([
  ['the end overlaps', stretch(0, 120), stretch(60, 180), stretch(0, 60)],
  ['the start overlaps', stretch(60, 180), stretch(0, 120), stretch(120, 180)],
  ['the other lies within: the longer side', stretch(0, 240), stretch(60, 90), stretch(90, 240)],
  ['all of it overlaps', stretch(60, 90), stretch(0, 240), undefined],
  ['less than a minute is nothing', stretch(0, 60), { from: at(0), to: new Date(Date.parse(at(60)) - 59_000).toISOString() }, undefined],
])('%s', (_, one, other, want) => expect(free(one, other)).toEqual(want))
