import { describe, expect, test } from 'vitest'
import { freshForm, lastContact, missing, newTaskOf, type TaskForm } from './taskForm'

const now = Date.parse('2026-11-23T13:10:00Z') // 21:10 in Hebi
const fields = (form: TaskForm) => missing(form, now).map((m) => m.field)

function filled(change: Partial<TaskForm> = {}): TaskForm {
  const typed = { programmeId: 'p', title: '淇河岸边捡垃圾', place: '桂鹤社区', risks: '注意防滑', contactPhone: '13800000000' }
  return { ...freshForm('v', 't', '王秀兰', now), ...typed, ...change }
}

describe('the form of a new activity', () => {
  test('starts with tomorrow morning and the own name', () => {
    const form = freshForm('v', 't', '王秀兰', now)
    expect([form.date, form.start, form.contactName]).toEqual(['2026-11-24', '09:00', '王秀兰'])
  })

  test('names everything that the law wants and that is missing', () => {
    expect(fields(filled())).toEqual([])
    expect(fields(freshForm('v', 't', '', now))).toEqual(['programme_id', 'title', 'place', 'risks', 'contact_name', 'contact_phone'])
    expect(fields(filled({ risky: true }))).toEqual(['insurance'])
    for (const capacity of ['', '0', '2.5', '5001', 'x']) {
      expect(fields(filled({ capacity }))).toEqual(['shifts[0].capacity'])
    }
  })

  test('says so when the time has passed, and not while the shift still runs', () => {
    expect(missing(filled({ date: '2026-11-23', start: '19:00', end: '21:10' }), now)).toEqual([{ field: 'shifts[0].starts_at', key: 'new.past' }])
    expect(missing(filled({ date: '2026-11-23', start: '19:00', end: '21:11' }), now)).toEqual([])
  })

  test('becomes a request in the time of Hebi', () => {
    const shift = newTaskOf(filled()).shifts![0]!
    expect(shift).toEqual({ starts_at: '2026-11-24T09:00:00+08:00', ends_at: '2026-11-24T11:00:00+08:00', capacity: 20 })
  })

  test('takes an end before the start for the next day, over a year\'s end too', () => {
    const shift = newTaskOf(filled({ date: '2026-12-31', start: '23:00', end: '01:00' })).shifts![0]!
    expect(shift.ends_at).toBe('2027-01-01T01:00:00+08:00')
  })

  test('asks for insurance only of a risky one', () => {
    expect(newTaskOf(filled({ insurance: '已投保' })).insurance).toBe('')
    expect(newTaskOf(filled({ risky: true, insurance: ' 已投保 ' })).insurance).toBe('已投保')
  })

  test('takes over the phone that the same person gave last', () => {
    const led = (name: string, phone: string) => ({ shift: { contact_name: name, contact_phone: phone } }) as never
    expect(lastContact([led('王秀兰', '1'), led('李梅', '2'), led('王秀兰', '3'), led('王秀兰', '')], '王秀兰')).toBe('3')
    expect(lastContact([], '王秀兰')).toBe('')
  })
})
