import { describe, expect, test } from 'vitest'
import type { Tasks } from '../api/client'
import { againForm, changeOf, formOf, freshForm, lastContact, missing, newTaskOf, repeated, type ShiftForm, type TaskForm } from './taskForm'

const now = Date.parse('2026-11-23T13:10:00Z') // 21:10 in Hebi
const fields = (form: TaskForm) => missing(form, now).map((m) => m.field)

function filled(change: Partial<TaskForm> = {}, shift: Partial<ShiftForm> = {}): TaskForm {
  const typed = { programmeId: 'p', title: '淇河岸边捡垃圾', place: '桂鹤社区', risks: '注意防滑', contactPhone: '13800000000' }
  const fresh = freshForm('v', 't', '王秀兰', now)
  return { ...fresh, ...typed, shifts: [{ ...fresh.shifts[0]!, ...shift }], ...change }
}

const posted = (shifts: [string, string, Tasks['Shift']['state']?][]) =>
  ({
    team_id: 't', programme_id: 'p', title: '捡垃圾', description: '带手套', place: '淇水湾', risks: '防滑', risky: false, insurance: '', bring: '水', state: 'published',
    contact_name: '王秀兰', contact_phone: '1', shifts: shifts.map(([starts_at, ends_at, state = 'open'], i) => ({ shift_id: `s${i}`, starts_at, ends_at, capacity: 8, taken: 0, state })),
  }) as unknown as Tasks['Task']

describe('the form of a new activity', () => {
  test('starts with tomorrow morning and the own name', () => {
    const form = freshForm('v', 't', '王秀兰', now)
    expect([form.shifts[0]!.date, form.shifts[0]!.start, form.contactName]).toEqual(['2026-11-24', '09:00', '王秀兰'])
  })

  test('names everything that the law wants and that is missing', () => {
    expect(fields(filled())).toEqual([])
    expect(fields(freshForm('v', 't', '', now))).toEqual(['programme_id', 'title', 'place', 'risks', 'contact_name', 'contact_phone'])
    expect(fields(filled({ risky: true }))).toEqual(['insurance'])
    for (const capacity of ['', '0', '2.5', '5001', 'x']) {
      expect(fields(filled({}, { capacity }))).toEqual(['shifts[0].capacity'])
    }
  })

  test('says so when the time has passed, and not while the shift still runs', () => {
    expect(missing(filled({}, { date: '2026-11-23', start: '19:00', end: '21:10' }), now)).toEqual([{ field: 'shifts[0].starts_at', key: 'new.past' }])
    expect(missing(filled({}, { date: '2026-11-23', start: '19:00', end: '21:11' }), now)).toEqual([])
  })

  test('becomes a request in the time of Hebi', () => {
    const shift = newTaskOf(filled()).shifts![0]!
    expect(shift).toEqual({ starts_at: '2026-11-24T09:00:00+08:00', ends_at: '2026-11-24T11:00:00+08:00', capacity: 20 })
  })

  test('takes an end before the start for the next day, over a year\'s end too', () => {
    const shift = newTaskOf(filled({}, { date: '2026-12-31', start: '23:00', end: '01:00' })).shifts![0]!
    expect(shift.ends_at).toBe('2027-01-01T01:00:00+08:00')
  })

  test('asks for insurance only of a risky one', () => {
    expect(newTaskOf(filled({ insurance: '已投保' })).insurance).toBe('')
    expect(newTaskOf(filled({ risky: true, insurance: ' 已投保 ' })).insurance).toBe('已投保')
  })

  test('a class says how many sessions complete it: all that are planned, unless fewer are chosen', () => {
    expect(newTaskOf(filled())).not.toHaveProperty('kind')
    const twice = filled({ kind: 'training', weeks: 2 })
    expect([newTaskOf(twice).kind, newTaskOf(twice).sessions_needed]).toEqual(['training', 2])
    expect(newTaskOf({ ...twice, needed: '1' }).sessions_needed).toBe(1)
    expect(fields({ ...twice, needed: '3' })).toEqual(['sessions_needed'])
    const class3 = { ...posted([['2026-11-20T01:00:00Z', '2026-11-20T03:00:00Z'], ['2026-11-27T01:00:00Z', '2026-11-27T03:00:00Z'], ['2026-12-04T01:00:00Z', '2026-12-04T03:00:00Z']]), kind: 'training', sessions_needed: 3 } as Tasks['Task']
    expect(changeOf(formOf(class3, now)).sessions_needed).toBe(3) // though one of them is over and not in the form
    expect(newTaskOf(againForm({ ...class3, sessions_needed: 2 }, now)).sessions_needed).toBe(1) // of its last week
    expect(newTaskOf({ ...twice, kind: 'service' })).not.toHaveProperty('sessions_needed')
  })

  test('takes over the phone that the same person gave last', () => {
    const led = (name: string, phone: string) => ({ shift: { contact_name: name, contact_phone: phone } }) as never
    expect(lastContact([led('王秀兰', '1'), led('李梅', '2'), led('王秀兰', '3'), led('王秀兰', '')], '王秀兰')).toBe('3')
    expect(lastContact([], '王秀兰')).toBe('')
  })

  test('comes back every week, but on the days left out, over a year\'s end too', () => {
    const form = filled({ weeks: 4, skip: ['2026-12-29'] }, { date: '2026-12-22' })
    expect(repeated(form).map((s) => s.date)).toEqual(['2026-12-22', '2027-01-05', '2027-01-12'])
    expect(repeated({ ...form, weeks: 1 })).toHaveLength(1)
    expect(fields({ ...form, weeks: 2, skip: ['2026-12-22', '2026-12-29'] })).toEqual(['shifts'])
    const both = [form.shifts[0]!, { ...form.shifts[0]!, date: '2026-12-23' }, { ...form.shifts[0]!, date: '2026-12-24' }]
    expect(fields({ ...form, shifts: both, weeks: 21 })).toEqual(['shifts'])
  })

  test('again: everything but the date, on the same days of the next week that is all ahead', () => {
    const task = posted([
      ['2026-11-07T01:00:00Z', '2026-11-07T03:00:00Z'],
      ['2026-11-14T01:00:00Z', '2026-11-14T03:00:00Z'],
      ['2026-11-15T01:00:00Z', '2026-11-15T03:00:00Z', 'confirmed'],
    ])
    const form = againForm(task, now)
    expect(form.shifts).toEqual([
      { date: '2026-11-28', start: '09:00', end: '11:00', capacity: '8' },
      { date: '2026-11-29', start: '09:00', end: '11:00', capacity: '8' },
    ])
    expect([form.title, form.place, form.description, form.bring, form.contactPhone]).toEqual(['捡垃圾', '淇水湾', '带手套', '水', '1'])
    expect(againForm(posted([['2026-11-28T01:00:00Z', '2026-11-28T03:00:00Z']]), now).shifts[0]!.date).toBe('2026-12-05')
  })

  test('to change a task shows what can be changed, and says which is which', () => {
    const form = formOf(posted([['2026-11-23T12:00:00Z', '2026-11-23T14:00:00Z'], ['2026-11-28T01:00:00Z', '2026-11-28T03:00:00Z', 'cancelled'], ['2026-11-29T01:00:00Z', '2026-11-29T03:00:00Z']]), now)
    expect(form.shifts.map((s) => [s.id, s.fixed])).toEqual([['s0', true], ['s2', false]])
    expect(changeOf(form).shifts[1]).toEqual({ shift_id: 's2', starts_at: '2026-11-29T09:00:00+08:00', ends_at: '2026-11-29T11:00:00+08:00', capacity: 8 })
    expect(fields(form)).toEqual([])
  })
})
