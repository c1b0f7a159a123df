import { beforeAll, describe, expect, test, vi } from 'vitest'
import { recruitPoster, taskPoster } from './poster/posters'
import { shareText, type Shared } from './share'

beforeAll(() => vi.stubGlobal('window', { location: { origin: 'https://qihe.example' } }))

const shift = (starts_at: string, ends_at: string) => ({ starts_at, ends_at }) as Shared['shifts'][number]
const task: Shared = {
  kind: 'service', task_id: 'abc', title: '淇河岸边捡拾垃圾', place: '桂鹤社区', bring: '手套', contact_name: '王队长', contact_phone: '13812345678', team_name: '桂鹤队',
  shifts: [shift('2026-11-20T01:00:00Z', '2026-11-20T03:00:00Z'), shift('2026-11-28T01:00:00Z', '2026-11-28T03:00:00Z')],
}
const now = Date.parse('2026-11-24T12:00:00Z')

describe('the text for the group', () => {
  test('of a new task says what, when, where and how to sign up, of shifts to come only', () => {
    expect(shareText('posted', task, now).split('\n')).toEqual([
      '【志愿活动】淇河岸边捡拾垃圾', '时间：11月28日 周六 09:00–11:00', '地点：桂鹤社区', '请带：手套', '联系：王队长 13812345678',
      '点链接报名：https://qihe.example/tasks/abc',
    ])
  })
  test('of a cancellation says not to come, and why', () => {
    expect(shareText('cancelled', task, now, ' 明天有大雨 ').split('\n')).toEqual([
      '【活动取消】淇河岸边捡拾垃圾', '原定：11月28日 周六 09:00–11:00', '原因：明天有大雨', '活动不再举行，请大家不要前往，互相转告。', '联系：王队长 13812345678',
    ])
  })
  test('of a change says what counts now', () => {
    expect(shareText('changed', task, now, '集合地点改到北门').split('\n')).toEqual([
      '【活动有变】淇河岸边捡拾垃圾', '集合地点改到北门', '时间：11月28日 周六 09:00–11:00', '地点：桂鹤社区', '请以此为准。', '联系：王队长 13812345678',
      '点链接看详情：https://qihe.example/tasks/abc',
    ])
  })
  test('lists six of many shifts and says how many more there are', () => {
    const many = { ...task, shifts: Array.from({ length: 9 }, (_, i) => shift(`2026-12-0${i + 1}T01:00:00Z`, `2026-12-0${i + 1}T03:00:00Z`)) }
    expect(shareText('posted', many, now).split('\n')[7]).toBe('时间：另有 3 场，见链接')
  })
  test('leaves out what nobody wrote', () => {
    expect(shareText('posted', { ...task, bring: '', contact_name: '' }, now)).not.toMatch(/请带|联系/)
  })
})

describe('posters', () => {
  test('a cancellation asks nobody to sign up', () => {
    const poster = taskPoster('cancelled', task, now, '大雨')
    expect(poster.tone).toBe('grey')
    expect(poster.rows.map((r) => r.label)).toEqual(['原定', '原因', '请注意', '联系'])
    expect(poster.ask).toBe('扫码看详情')
  })
  test('a brigade that looks for people leads to its join code', () => {
    const poster = recruitPoster({ team: '桂鹤队', about: '每周护河', region: '淇滨区', link: 'https://qihe.example/join/x', until: '' })
    expect(poster.link).toBe('https://qihe.example/join/x')
    expect(poster.rows.map((r) => r.label)).toEqual(['我们'])
  })
})
