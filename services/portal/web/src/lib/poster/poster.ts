// What stands on a poster, and where. The drawing itself is in draw.ts.
import { balance, clip, wrap, type Measure } from './wrap'

export interface Row {
  label: string
  text: string
  strong?: boolean
  struck?: boolean // no longer so
}

export interface Poster {
  tone: 'red' | 'plum' | 'grey' // an invitation, a change, a cancellation
  badge: string // 招募志愿者
  title: string
  by: string // whose
  rows: Row[]
  link: string // what the QR opens
  ask: string // beside the QR
  hint: string
  foot: string
}

export const page = { width: 1080, edge: 84, least: 1440, most: 1920 } as const
const inner = page.width - 2 * page.edge
const indent = 176 // of a row's text

// Fonts are the reader's own, the same that the pages use.
export const family = '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
export const font = (size: number, weight: 400 | 600 | 700 = 400) => `${weight} ${size}px ${family}`
export type MeasureIn = (font: string) => Measure

export interface Line {
  text: string
  x: number
  y: number // of the base line
  font: string
  struck?: boolean
  kind: 'badge' | 'title' | 'by' | 'label' | 'text' | 'ask' | 'hint' | 'foot'
}

export interface Layout {
  height: number
  head: number // height of the coloured head
  badge: { x: number; y: number; width: number; height: number }
  rules: number[] // where thin lines part the rows
  card: { x: number; y: number; width: number; height: number }
  code: { x: number; y: number; size: number }
  lines: Line[]
}

const titles = [
  { size: 104, most: 2 },
  { size: 88, most: 3 },
  { size: 76, most: 4 },
] as const

// layOut places everything. A poster is 1080 × 1440, and grows to at most 1920
// when there is much to say; what then still has no room is cut and shows it by ….
export function layOut(p: Poster, measureIn: MeasureIn): Layout {
  const lines: Line[] = []
  const badge = { x: page.edge, y: 108, width: measureIn(font(38, 600))(p.badge) + 56, height: 68 }
  lines.push({ kind: 'badge', text: p.badge, x: badge.x + 28, y: badge.y + 48, font: font(38, 600) })

  const { size, text } = titleOf(p.title, measureIn)
  let y = badge.y + badge.height + 44
  for (const line of text) {
    y += size * 1.26
    lines.push({ kind: 'title', text: line, x: page.edge - hang(line, size, measureIn), y: y - size * 0.16, font: font(size, 700) })
  }
  y += 26
  for (const line of clip(wrap(p.by, inner - 120, measureIn(font(42))), 2, inner - 120, measureIn(font(42)))) {
    y += 58
    lines.push({ kind: 'by', text: line, x: page.edge, y: y - 12, font: font(42) })
  }
  const head = Math.round(y + 60)

  const cardHeight = 380
  const bottom = 96 // below the card, for the foot
  const rules: number[] = []
  y = head + 30
  shareOut(p.rows, page.most - bottom - cardHeight - 48 - y, measureIn).forEach(({ row, taken, face }, i) => {
    if (i > 0) {
      rules.push(y + rowGap / 2)
      y += rowGap
    }
    taken.forEach((line, n) => {
      y += rowHeight
      if (n === 0) lines.push({ kind: 'label', text: row.label, x: page.edge, y: y - 18, font: font(40) })
      lines.push({ kind: 'text', text: line, x: page.edge + indent, y: y - 18, font: face, struck: row.struck === true })
    })
  })

  const height = Math.min(page.most, Math.max(page.least, Math.round(y + 48 + cardHeight + bottom)))
  const card = { x: page.edge - 28, y: height - bottom - cardHeight, width: inner + 56, height: cardHeight }
  const code = { x: card.x + 44, y: card.y + 36, size: cardHeight - 72 }
  const beside = code.x + code.size + 48
  const width = card.x + card.width - 36 - beside
  const asked = clip(balance(p.ask, width, measureIn(font(52, 700))), 2, width, measureIn(font(52, 700)))
  const hinted = clip(balance(p.hint, width, measureIn(font(36))), 3, width, measureIn(font(36)))
  let at = card.y + (cardHeight - asked.length * 70 - 16 - hinted.length * 52) / 2
  for (const line of asked) lines.push({ kind: 'ask', text: line, x: beside, y: (at += 70) - 18, font: font(52, 700) })
  at += 16
  for (const line of hinted) lines.push({ kind: 'hint', text: line, x: beside, y: (at += 52) - 14, font: font(36) })
  lines.push({ kind: 'foot', text: p.foot, x: page.width / 2, y: height - 36, font: font(32) })
  return { height, head, badge, rules, card, code, lines }
}

const rowHeight = 68
const rowGap = 28

// shareOut breaks the rows into lines. When they are more than there is room
// for, the longest row gives way, and comes to end in ….
function shareOut(rows: Row[], room: number, measureIn: MeasureIn): { row: Row; taken: string[]; face: string }[] {
  const width = inner - indent
  const all = rows.map((row) => {
    const face = font(46, row.strong ? 700 : 400)
    return { row, face, whole: row.text.split('\n').flatMap((part) => balance(part, width, measureIn(face))), keep: 0 }
  })
  for (const one of all) one.keep = Math.min(one.whole.length, 5)
  const tall = () => all.reduce((sum, one) => sum + one.keep * rowHeight + rowGap, -rowGap)
  while (tall() > room) {
    const longest = all.reduce((a, b) => (b.keep > a.keep ? b : a))
    if (longest.keep > 1) longest.keep--
    else all.pop() // only of a poster with more rows than any of ours
  }
  return all.map(({ row, face, whole, keep }) => ({ row, face, taken: clip(whole, keep, width, measureIn(face)) }))
}

// hang is how far a line is moved out that begins with an opening mark, so that
// its first character stands at the edge: in Chinese type such a mark is a whole
// character wide, with nothing in its left half.
function hang(line: string, size: number, measureIn: MeasureIn): number {
  const first = line.charAt(0)
  if (!'“‘（《「『【〈'.includes(first)) return 0
  return measureIn(font(size, 700))(first) > size * 0.9 ? size * 0.5 : 0
}

// titleOf returns the largest type in which the title has room.
function titleOf(title: string, measureIn: MeasureIn): { size: number; text: string[] } {
  for (const { size, most } of titles) {
    const text = balance(title, inner, measureIn(font(size, 700)))
    if (text.length <= most) return { size, text }
  }
  const { size, most } = titles[titles.length - 1]!
  const measure = measureIn(font(size, 700))
  return { size, text: clip(wrap(title, inner, measure), most, inner, measure) }
}
