import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isAway, metresBetween } from './place'

// The tasks service's test says what follows from the same rows.
const file = new URL('../../../../tasks/internal/domain/testdata/places.json', import.meta.url)
const rows = JSON.parse(readFileSync(file, 'utf8')) as { name: string; metres: number | null; accuracy: number; away: boolean }[]

const spot = { latitude: 35.75, longitude: 114.3, radius: 300 }
const degree = 111_194.93 // metres of latitude

describe('isAway', () => {
  test.each(rows.filter((row) => row.metres !== null))('$name', ({ metres, accuracy, away }) => {
    for (const side of [1, -1]) {
      expect(isAway({ latitude: spot.latitude + (side * metres!) / degree, longitude: spot.longitude, accuracy }, spot)).toBe(away)
    }
  })
  test('knows how long a degree of longitude is here', () => {
    expect(metresBetween(spot, { latitude: 35.75, longitude: 115.3 })).toBeCloseTo(90_240, -2)
  })
})
