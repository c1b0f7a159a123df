import { describe, expect, it } from 'vitest'
import { breaksOf, draw, shortName, stepOf, type Area } from './cartogram'

const area = (code: string, minutes = 60, above?: string): Area => ({ code, name: `${code}镇`, minutes, ...(above ? { above } : {}) })

describe('the cartogram', () => {
  it('lays no tile over another, whoever is new', () => {
    const areas = [area('410602'), area('410621'), area('410699')]
    for (const county of ['410602', '410621', '410699']) for (const n of ['001', '002', '100', '101', '777', '888']) areas.push(area(`${county}${n}`, 60, county))
    const map = draw(areas)
    const tiles = map.blocks.flatMap((b) => b.tiles)
    expect(tiles).toHaveLength(18)
    for (const a of tiles) for (const b of tiles) if (a !== b) expect(Math.abs(a.x - b.x) >= 1 || Math.abs(a.y - b.y) >= 1, `${a.code} and ${b.code}`).toBe(true)
    for (const a of tiles) expect(a.x + 1 <= map.width && a.y + 1 <= map.height).toBe(true)
  })
  it('shows a county by its townships, in one block without a name', () => {
    const map = draw([area('410621101'), area('410621001'), area('410621002')])
    expect(map.blocks).toHaveLength(1)
    expect(map.blocks[0]!.tiles.map((x) => x.code).sort()).toEqual(['410621001', '410621002', '410621101'])
  })
  it('makes at most five steps, and none of nothing', () => {
    const hours = [0, 1, 2, 3, 40, 500, 6000, 70000, 80000, 90000]
    const breaks = breaksOf(hours)
    expect(breaks.length).toBeLessThanOrEqual(4)
    expect(stepOf(0, breaks)).toBe(0)
    expect(stepOf(0.5, breaks)).toBe(1)
    expect(stepOf(90000, breaks)).toBe(5)
    expect(breaksOf([0, 0])).toEqual([])
    expect(draw([])).toMatchObject({ height: 0 })
  })
  it('calls places as people do', () => {
    expect(['善堂镇', '新镇镇', '浚县', '鹤壁集镇', '中山北路街道', '裴庄村民委员会'].map(shortName)).toEqual(['善堂', '新镇', '浚县', '鹤壁集', '中山北路', '裴庄'])
  })
})
