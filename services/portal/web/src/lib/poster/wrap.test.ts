import { describe, expect, test } from 'vitest'
import { balance, clip, wrap } from './wrap'

// A Chinese character is 10 wide, a Latin one 5.
const measure = (text: string) => Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2000 ? 5 : 10), 0)

describe('lines of Chinese', () => {
  test('break where they are full', () => {
    expect(wrap('淇河岸边捡拾垃圾', 40, measure)).toEqual(['淇河岸边', '捡拾垃圾'])
  })
  test('never begin with a closing mark', () => {
    expect(wrap('大家一起来，好吗？', 50, measure)).toEqual(['大家一起', '来，好吗？'])
    expect(wrap('保护（淇河）清洁', 50, measure)).toEqual(['保护（淇', '河）清洁'])
  })
  test('never end with an opening mark', () => {
    expect(wrap('我们去看《巾帼》吧', 50, measure)).toEqual(['我们去看', '《巾帼》吧'])
  })
  test('keep words, numbers and times of day whole', () => {
    expect(wrap('周四 14:00–16:30 社区', 95, measure)).toEqual(['周四 14:00–16:30', '社区'])
    expect(wrap('电话13812345678联系', 60, measure)).toEqual(['电话', '13812345678', '联系'])
  })
  test('break a word that is longer than a line', () => {
    expect(wrap('abcdefghijkl', 30, measure)).toEqual(['abcdef', 'ghijkl'])
  })
  test('break even where no rule allows it rather than run over', () => {
    expect(wrap('……………', 20, measure).every((line) => measure(line) <= 20)).toBe(true)
  })
  test('end at a line feed, and an empty text is one empty line', () => {
    expect(wrap('一\n二', 100, measure)).toEqual(['一', '二'])
    expect(wrap('', 100, measure)).toEqual([''])
  })
  test('hold no spaces at their ends', () => {
    expect(wrap('Qihe  helps people', 30, measure)).toEqual(['Qihe', 'helps', 'people'])
  })
})

describe('a title', () => {
  test('has lines of about the same length', () => {
    expect(balance('淇河岸边捡拾垃圾志愿服', 100, measure)).toEqual(['淇河岸边捡拾', '垃圾志愿服'])
  })
  test('keeps the words of a brigade’s name whole', () => {
    expect(balance('新镇镇兰庄村巾帼志愿服务队', 100, measure)).toEqual(['新镇镇兰庄村', '巾帼志愿服务队'])
  })
  test('of one line stays one line', () => {
    expect(balance('护河', 100, measure)).toEqual(['护河'])
  })
  test('takes no more lines than it needs', () => {
    const text = '关爱留守儿童“六一”圆梦行动暨微心愿认领'
    expect(balance(text, 80, measure).length).toBe(wrap(text, 80, measure).length)
  })
})

describe('what has no room', () => {
  test('is cut, and … shows it within the width', () => {
    expect(clip(['一二三', '四五，', '六'], 2, 30, measure)).toEqual(['一二三', '四五…'])
    expect(clip(['一二三', '四五六', '七'], 2, 30, measure)).toEqual(['一二三', '四五…'])
    expect(clip(['一'], 2, 30, measure)).toEqual(['一'])
  })
})
