import { describe, expect, test } from 'vitest'
import { csv } from './ownHours'

describe('my hours as a table', () => {
  test('quotes are doubled and lines end as spreadsheets want', () => {
    expect(csv([['队伍', '"好"'], ['a,b', '1']])).toBe('\ufeff"队伍","""好"""\r\n"a,b","1"\r\n')
  })

  test.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠a', ' =1', '\u0000=1'])('%j does not begin a cell', (text) => {
    const cell = csv([[text]]).slice(2, -3)
    expect(/^['0-9]/.test(cell)).toBe(true)
  })

  test('a number stays a number', () => {
    expect(csv([[-90, '-90']])).toBe('\ufeff-90,"\'-90"\r\n')
  })
})
