import { expect, test } from 'vitest'
import { formatId, newId } from './uuid'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('a new id is a random UUID', () => {
  expect(newId()).toMatch(shape)
  expect(newId()).not.toBe(newId())
})

test('the way for older browsers writes the same shape, whatever the bytes', () => {
  expect(formatId(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000')
  expect(formatId(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff')
})
