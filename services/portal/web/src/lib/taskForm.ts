// The form of 发活动: its defaults, what the law wants filled, and the request
// it becomes.
import type { Tasks } from '../api/client'
import type { Key } from '../text'
import { forget, keep, kept } from './storage'
import { dateInput, instant } from './time'

export interface TaskForm {
  teamId: string
  programmeId: string
  title: string
  place: string
  date: string // 2026-11-24
  start: string // 09:00
  end: string // 11:00; not after the start means the next day
  capacity: string
  risks: string
  risky: boolean
  insurance: string
  bring: string
  contactName: string
  contactPhone: string
}

const day = 24 * 3600_000

// freshForm is what was typed before and not published, or tomorrow morning
// for twenty people.
export function freshForm(who: string, teamId: string, name: string, now = Date.now()): TaskForm {
  const fresh: TaskForm = {
    teamId,
    programmeId: '',
    title: '',
    place: '',
    date: dateInput(now + day),
    start: '09:00',
    end: '11:00',
    capacity: '20',
    risks: '',
    risky: false,
    insurance: '',
    bring: '',
    contactName: name,
    contactPhone: '',
  }
  const typed = readForm(who)
  if (!typed) return fresh
  return { ...fresh, ...typed, date: typed.date && typed.date >= dateInput(now) ? typed.date : fresh.date }
}

function readForm(who: string): Partial<TaskForm> | undefined {
  try {
    return JSON.parse(kept('session', `new-task.${who}`) ?? 'null') as Partial<TaskForm> | undefined
  } catch {
    return undefined
  }
}
export function keepForm(who: string, form: TaskForm): void {
  keep('session', `new-task.${who}`, JSON.stringify(form))
}
export function forgetForm(who: string): void {
  forget('session', `new-task.${who}`)
}

// newTaskOf is the request that the form becomes.
export function newTaskOf(form: TaskForm): Tasks['NewTask'] {
  const starts = instant(form.date, form.start)
  let ends = instant(form.date, form.end)
  if (form.end <= form.start) ends = instant(dateInput(Date.parse(ends) + day || 0), form.end)
  return {
    team_id: form.teamId,
    programme_id: form.programmeId,
    title: form.title.trim(),
    place: form.place.trim(),
    risks: form.risks.trim(),
    risky: form.risky,
    insurance: form.risky ? form.insurance.trim() : '',
    bring: form.bring.trim(),
    contact_name: form.contactName.trim(),
    contact_phone: form.contactPhone.trim(),
    shifts: [{ starts_at: starts, ends_at: ends, capacity: Number(form.capacity) }],
  }
}

// missing names the inputs without which an activity cannot be published
// (条例 art. 12: risks, contact, place, time, number; art. 17: insurance), so
// that no draft is made in vain. The server decides.
export function missing(form: TaskForm, now = Date.now()): { field: string; key: Key }[] {
  const capacity = Number(form.capacity)
  const timed = form.date !== '' && form.start !== ''
  const past = timed && form.end !== '' && Date.parse(newTaskOf(form).shifts?.[0]?.ends_at ?? '') <= now
  const checks: [string, boolean, Key][] = [
    ['programme_id', form.programmeId !== '', 'new.need_programme_id'],
    ['title', form.title.trim() !== '', 'new.need_title'],
    ['place', form.place.trim() !== '', 'new.need_place'],
    ['shifts[0].starts_at', timed && !past, past ? 'new.past' : 'new.need_starts_at'],
    ['shifts[0].ends_at', form.end !== '', 'new.need_ends_at'],
    ['shifts[0].capacity', Number.isInteger(capacity) && capacity >= 1 && capacity <= 5000, 'new.need_capacity'],
    ['risks', form.risks.trim() !== '', 'new.need_risks'],
    ['insurance', !form.risky || form.insurance.trim() !== '', 'new.need_insurance'],
    ['contact_name', form.contactName.trim() !== '', 'new.need_contact_name'],
    ['contact_phone', form.contactPhone.trim() !== '', 'new.need_contact_phone'],
  ]
  return checks.filter(([, fine]) => !fine).map(([field, , key]) => ({ field, key }))
}

// lastContact is the phone that the same person gave last.
export function lastContact(led: Tasks['LedShift'][], name: string): string {
  return led.filter((l) => l.shift.contact_name === name && l.shift.contact_phone !== '').pop()?.shift.contact_phone ?? ''
}
