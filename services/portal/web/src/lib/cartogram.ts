// 示意图: a schematic map of a region, one tile for each of its smallest parts,
// laid out by hand roughly as they lie. It is no survey map: it knows no border
// and no distance. What is not in the table is put below its county, or, a county
// that is not, to the right of all, so that nobody is missing.
import { t } from '../text'

export interface Area {
  code: string
  above?: string
  name: string
  minutes: number
}

export interface Tile extends Area {
  x: number
  y: number
  step: number // 0 for no hours, else 1 to 5
  short: string
}

export interface Block extends Area {
  x: number
  y: number // of its name; the tiles begin below
  tiles: Tile[]
  short: string
}

export interface Cartogram {
  width: number
  height: number
  blocks: Block[]
  breaks: number[] // in whole hours: where the steps 2 to 5 begin
}

// Where a county's block begins, in tiles, and its townships row by row.
const hebi: Record<string, { x: number; y: number; rows: string[][] }> = {
  '410602': { x: 1.1, y: 0, rows: [['201', '100', '001'], ['004', '002', '003', '005']] },
  '410603': { x: 1.5, y: 2.85, rows: [['001', '002', '003', '100'], ['005', '006', '004', '007']] },
  '410611': { x: 0.4, y: 5.7, rows: [['200', '001', '002', '566', '100'], ['201', '003', '004', '005', '101']] },
  '410621': { x: 6.3, y: 6.3, rows: [['102', '109', '108'], ['107', '001', '002'], ['105', '003', '004'], ['104', '101']] },
  '410622': { x: 0, y: 8.55, rows: [['202', '104', '101'], ['004', '002', '001'], ['102', '003', '103']] },
  '410671': { x: 3.45, y: 8.55, rows: [['400', '401'], ['402']] },
}
const heading = 0.72 // of a block, above its tiles
const gap = 0.45

// draw lays the parts of a region out. Parts with parts of their own are blocks;
// a region of single parts is one block without a name.
export function draw(areas: Area[]): Cartogram {
  const leaves = areas.filter((a) => !areas.some((b) => b.above === a.code))
  const breaks = breaksOf(leaves.map((a) => a.minutes / 60))
  const tile = (area: Area, x: number, y: number): Tile => ({ ...area, x, y, step: stepOf(area.minutes / 60, breaks), short: shortName(area.name) })
  const tops = areas.filter((a) => a.above === undefined)
  if (tops.length === areas.length) {
    const { cells, rest } = arrange(tops, hebi[tops[0]?.code.slice(0, 6) ?? '']?.rows)
    const all = [...cells, ...inRows(rest, cells)]
    return sized([{ code: '', name: '', minutes: 0, x: 0, y: 0, short: '', tiles: all.map((c) => tile(c.area, c.column, c.row)) }], breaks)
  }

  const blocks: Block[] = []
  const homeless: { block: Block; area: Area }[] = []
  const add = (top: Area, x: number, y: number, cells: Cell[]): Block => {
    const block = { ...top, x, y, short: shortName(top.name), tiles: cells.map((c) => tile(c.area, x + c.column, y + heading + c.row)) }
    blocks.push(block)
    return block
  }
  const partsOf = (top: Area) => areas.filter((a) => a.above === top.code)
  for (const top of tops) {
    const place = hebi[top.code]
    if (!place) continue
    const parts = partsOf(top)
    const { cells, rest } = arrange(parts, place.rows)
    const block = add(top, place.x, place.y, parts.length > 0 ? cells : [{ area: top, column: 0, row: 0 }])
    homeless.push(...rest.map((area) => ({ block, area })))
  }
  const { height } = sized(blocks, breaks)
  homeless.forEach(({ block, area }, i) => block.tiles.push(tile(area, i % 9, height + gap + Math.floor(i / 9))))
  for (const top of tops) {
    if (hebi[top.code]) continue
    const { width } = sized(blocks, breaks)
    const parts = partsOf(top)
    add(top, width > 0 ? width + gap : 0, 0, inRows(parts.length > 0 ? parts : [top], []))
  }
  return sized(blocks, breaks)
}

function sized(blocks: Block[], breaks: number[]): Cartogram {
  const tiles = blocks.flatMap((b) => b.tiles)
  return { blocks, breaks, width: Math.max(0, ...tiles.map((x) => x.x + 1)), height: Math.max(0, ...tiles.map((x) => x.y + 1)) }
}

interface Cell {
  area: Area
  column: number
  row: number
}

// arrange puts townships where the table has them; rest are those it does not know.
function arrange(parts: Area[], rows: string[][] = []): { cells: Cell[]; rest: Area[] } {
  const cells: Cell[] = []
  rows.forEach((line, row) =>
    line.forEach((ending, column) => {
      const area = parts.find((p) => p.code.length === 9 && p.code.endsWith(ending))
      if (area) cells.push({ area, column, row })
    }),
  )
  return { cells, rest: parts.filter((p) => !cells.some((c) => c.area === p)) }
}

// inRows puts parts in rows below what is there.
function inRows(parts: Area[], below: Cell[]): Cell[] {
  const columns = Math.max(1, below.length > 0 ? Math.max(...below.map((c) => c.column + 1)) : Math.ceil(Math.sqrt(parts.length * 0.8)))
  const first = Math.max(0, ...below.map((c) => c.row + 1))
  return parts.map((area, i) => ({ area, column: i % columns, row: first + Math.floor(i / columns) }))
}

// breaksOf returns four round numbers that part those with hours into five
// groups, about as many in each.
export function breaksOf(hours: number[]): number[] {
  const given = hours.filter((h) => h > 0).sort((a, b) => a - b)
  if (given.length === 0) return []
  const breaks: number[] = []
  for (const part of [0.2, 0.4, 0.6, 0.8]) {
    const next = rounded(given[Math.min(given.length - 1, Math.floor(part * given.length))] ?? 0)
    if (next > (breaks[breaks.length - 1] ?? 0)) breaks.push(next)
  }
  return breaks
}

// rounded keeps two figures: 1,234 is 1,200.
function rounded(value: number): number {
  if (value < 10) return Math.max(1, Math.round(value))
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}

export function stepOf(hours: number, breaks: number[]): number {
  return hours <= 0 ? 0 : 1 + breaks.filter((b) => hours >= b).length
}

// shortName is what people call a division: 善堂 for 善堂镇, 经开区 for the zone.
export function shortName(name: string): string {
  if (name.endsWith('经济技术开发区')) return t('wall.zone')
  const short = name.replace(/(社区居民委员会|社区居委会|村民委员会|居民委员会|村委会|街道办事处|街道)$/, '')
  return short.length > 2 ? short.replace(/(镇|乡)$/, '') : short
}

// shortTeam leaves out what every brigade is called: it is read from five metres.
export function shortTeam(name: string): string {
  return name.replace(/(.)巾帼志愿(服务)?(分)?队$/, '$1')
}
