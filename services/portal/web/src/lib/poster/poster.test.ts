import { describe, expect, test } from 'vitest'
import { layOut, page, type Poster } from './poster'

// Type as wide as Chinese characters are: the size of the font, half of it for Latin.
const measureIn = (font: string) => {
  const size = Number(/(\d+)px/.exec(font)![1])
  return (text: string) => Array.from(text).reduce((sum, c) => sum + (c.charCodeAt(0) < 0x2000 ? size * 0.56 : size), 0)
}

const poster: Poster = {
  tone: 'red', badge: '招募志愿者', title: '淇河岸边捡拾垃圾', by: '桂鹤社区巾帼志愿服务队',
  rows: [
    { label: '时间', text: '11月28日 周六 09:00–11:00', strong: true },
    { label: '地点', text: '淇滨区桂鹤社区' },
  ],
  link: 'https://qihe.example/tasks/0193583c-7d00-7000-8000-000000000001', ask: '扫码报名', hint: '长按识别二维码', foot: '淇河',
}
const long: Poster = {
  ...poster,
  title: '“学雷锋·巾帼志愿同行”关爱留守儿童和困境儿童微心愿认领暨春季义务植树、淇河沿岸环境整治联合志愿服务活动',
  by: '鹤壁市淇滨区桂鹤社区大河涧乡联合巾帼志愿服务队（妇女之家示范点）暨家庭教育指导服务站',
  rows: Array.from({ length: 8 }, (_, i) => ({ label: `第${i}`, text: '请各位姐妹提前十分钟到达集合地点，自带水杯、手套、帽子，注意交通安全，服从现场安排。'.repeat(3) })),
}

describe.each([['short', poster], ['long', long]])('a %s poster', (_, p) => {
  const layout = layOut(p, measureIn)

  test('is between 1080 × 1440 and 1080 × 1920', () => {
    expect(layout.height).toBeGreaterThanOrEqual(page.least)
    expect(layout.height).toBeLessThanOrEqual(page.most)
  })
  test('has every line inside the page, and none on another', () => {
    for (const line of layout.lines) {
      if (line.kind === 'foot') continue
      expect(line.x, line.text).toBeGreaterThanOrEqual(line.kind === 'title' ? page.edge - 52 : page.edge) // a mark hangs out
      expect(line.x + measureIn(line.font)(line.text), line.text).toBeLessThanOrEqual(page.width - page.edge + 28)
    }
    const kinds = layout.lines.filter((l) => ['title', 'by', 'text'].includes(l.kind))
    for (let i = 1; i < kinds.length; i++) {
      const size = Number(/(\d+)px/.exec(kinds[i]!.font)![1])
      expect(kinds[i]!.y - kinds[i - 1]!.y, kinds[i]!.text).toBeGreaterThanOrEqual(size)
    }
  })
  test('keeps what it says above the card with the code', () => {
    const lowest = Math.max(...layout.lines.filter((l) => l.kind === 'text').map((l) => l.y))
    expect(lowest).toBeLessThan(layout.card.y - 16)
    expect(layout.code.size).toBeGreaterThanOrEqual(300)
    expect(layout.card.y + layout.card.height).toBeLessThan(layout.height - 60)
  })
})

test('a short title is set large, a long one smaller and cut after four lines', () => {
  const size = (p: Poster) => Number(/(\d+)px/.exec(layOut(p, measureIn).lines.find((l) => l.kind === 'title')!.font)![1])
  expect(size(poster)).toBe(104)
  expect(size(long)).toBe(76)
  expect(layOut(long, measureIn).lines.filter((l) => l.kind === 'title').length).toBe(4)
})
