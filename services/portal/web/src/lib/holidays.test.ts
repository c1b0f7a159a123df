import { expect, test } from 'vitest'
import { readHolidays } from './holidays'

test('a pasted list is read line by line, and what cannot be read is named', () => {
  expect(readHolidays('2026-10-01 国庆节 休\n\n2026年9月20日，国庆节，班\n2026/1/1\t元旦\n十月一日')).toEqual({
    items: [
      { day: '2026-10-01', name: '国庆节', works: false },
      { day: '2026-09-20', name: '国庆节', works: true },
      { day: '2026-01-01', name: '元旦', works: false },
    ],
    wrong: ['十月一日'],
  })
})
