// The form of 发活动: its defaults, what the law wants filled, and the request
// it becomes. The same form changes what was posted and posts it once more.
import type { Tasks } from '../api/client'
import type { Key } from '../text'
import { forget, keep, kept } from './storage'
import { clock, dateInput, instant } from './time'

export interface ShiftForm {
  id?: string // of one that is there already
  fixed?: boolean // it has begun: its time stays
  date: string // 2026-11-24
  start: string // 09:00
  end: string // 11:00; not after the start means the next day
  capacity: string
  openFrom?: string | undefined // of one without fixed hours, whose last day is date
}

export interface TaskForm {
  teamId: string
  programmeId: string
  campaignId?: string | undefined // taken up from
  kind?: Tasks['Task']['kind'] | undefined // training: a class; a service when absent
  needed?: string | undefined // sessions that complete a class; empty: all
  title: string
  description: string
  place: string
  latitude?: number | undefined
  longitude?: number | undefined
  shifts: ShiftForm[]
  weeks: number // how often the shifts come back, week after week; 1 is once
  skip: string[] // dates on which they do not
  risks: string
  risky: boolean
  insurance: string
  bring: string
  contactName: string
  contactPhone: string
  onlyMembers?: boolean | undefined // 只限本队
}

const day = 24 * 3600_000
const week = 7 * day
export const mostShifts = 60
export const mostWeeks = 26

// freshForm is what was typed before and not published, or tomorrow morning
// for twenty people.
export function freshForm(who: string, teamId: string, name: string, now = Date.now()): TaskForm {
  const tomorrow = { date: dateInput(now + day), start: '09:00', end: '11:00', capacity: '20' }
  const fresh: TaskForm = {
    teamId,
    programmeId: '',
    title: '',
    description: '',
    place: '',
    shifts: [tomorrow],
    weeks: 1,
    skip: [],
    risks: '',
    risky: false,
    insurance: '',
    bring: '',
    contactName: name,
    contactPhone: '',
  }
  const typed = readForm(who)
  if (!typed) return fresh
  const shifts = (typed.shifts ?? []).map((s) => ({ ...s, date: s.date && s.date >= dateInput(now) ? s.date : tomorrow.date }))
  return { ...fresh, ...typed, shifts: shifts.length > 0 ? shifts : fresh.shifts }
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

// formOf is a task in the form, to change it: with those shifts that can still
// be changed.
export function formOf(task: Tasks['Task'], now = Date.now()): TaskForm {
  const open = task.shifts.filter((s) => task.state === 'draft' || (s.state === 'open' && Date.parse(s.ends_at) > now))
  return {
    ...saying(task),
    ...(task.state !== 'draft' && task.sessions_needed ? { needed: String(task.sessions_needed) } : {}), // the form does not show all of its sessions
    shifts: open.map((s) => ({ id: s.shift_id, fixed: task.state !== 'draft' && !s.open_from && Date.parse(s.starts_at) <= now, ...shiftForm(s) })),
  }
}

// againForm copies everything but the date: the shifts of the task's last week
// come on the same days of the first week in which all of them are ahead.
export function againForm(task: Tasks['Task'], now = Date.now()): TaskForm {
  const starts = task.shifts.map((s) => Date.parse(s.starts_at))
  const last = Math.max(...starts)
  const latest = task.shifts.filter((_, i) => starts[i]! > last - week)
  const first = Math.min(...latest.map((s) => Date.parse(s.starts_at)))
  const weeks = Math.max(1, Math.ceil((now - first) / week))
  const moved = (at: string) => new Date(Date.parse(at) + weeks * week).toISOString()
  const shifts = latest.map((s) => shiftForm({ ...s, ...(s.open_from ? { open_from: moved(s.open_from) } : {}), starts_at: moved(s.starts_at), ends_at: moved(s.ends_at) }))
  const said = saying(task)
  return { ...said, needed: Number(said.needed) < shifts.length ? said.needed : '', shifts: shifts.length > 0 ? shifts : freshForm('', '', '', now).shifts }
}

// campaignForm is what a campaign proposes, over a fresh form.
export function campaignForm(fresh: TaskForm, c: Tasks['Campaign']): TaskForm {
  return { ...fresh, campaignId: c.campaign_id, programmeId: c.programme_id, title: c.title, description: c.description, risks: c.risks, bring: c.bring }
}

function saying(task: Tasks['Task']): TaskForm {
  return {
    teamId: task.team_id,
    programmeId: task.programme_id,
    kind: task.kind,
    needed: task.sessions_needed && task.sessions_needed < task.shifts.length ? String(task.sessions_needed) : '',
    title: task.title,
    description: task.description,
    place: task.place,
    latitude: task.latitude,
    longitude: task.longitude,
    shifts: [],
    weeks: 1,
    skip: [],
    risks: task.risks,
    risky: task.risky,
    insurance: task.insurance,
    bring: task.bring,
    contactName: task.contact_name,
    contactPhone: task.contact_phone,
    onlyMembers: task.only_members ?? false,
  }
}

function shiftForm(s: Pick<Tasks['Shift'], 'starts_at' | 'ends_at' | 'capacity' | 'open_from'>): ShiftForm {
  return { ...(s.open_from ? { openFrom: dateInput(s.open_from) } : {}), date: dateInput(s.starts_at), start: clock(s.starts_at), end: clock(s.ends_at), capacity: String(s.capacity) }
}

// repeated lists the shifts that the form plans, with those of the weeks to follow.
export function repeated(form: Pick<TaskForm, 'shifts' | 'weeks' | 'skip'>): ShiftForm[] {
  const weeks = Array.from({ length: Math.min(form.weeks, mostWeeks) }, (_, i) => i)
  const all = weeks.flatMap((w) => form.shifts.map((s) => (w === 0 ? s : { ...s, date: s.date && dateInput(Date.parse(instant(s.date, '12:00')) + w * week) })))
  return all.filter((s) => form.weeks === 1 || !form.skip.includes(s.date))
}

function shiftOf(s: ShiftForm): Tasks['ShiftChange'] {
  if (s.openFrom !== undefined) {
    const starts = instant(s.date, '00:00')
    const open = s.id ? {} : { open_from: instant(s.openFrom, '00:00') }
    return { ...(s.id ? { shift_id: s.id } : {}), ...open, starts_at: starts, ends_at: new Date(Date.parse(starts) + day || 0).toISOString(), capacity: Number(s.capacity) }
  }
  const starts = instant(s.date, s.start)
  let ends = instant(s.date, s.end)
  if (s.end <= s.start) ends = instant(dateInput(Date.parse(ends) + day || 0), s.end)
  return { ...(s.id ? { shift_id: s.id } : {}), starts_at: starts, ends_at: ends, capacity: Number(s.capacity) }
}

// needed is how many sessions complete the class that the form plans: all of
// them, unless fewer are chosen.
export function needed(form: TaskForm): number {
  const planned = repeated(form).length
  const chosen = Number(form.needed)
  return chosen >= 1 ? chosen : Math.max(1, planned)
}

// changeOf is the request by which the form changes a task.
export function changeOf(form: TaskForm): Tasks['TaskChange'] {
  return {
    programme_id: form.programmeId,
    title: form.title.trim(),
    description: form.description.trim(),
    place: form.place.trim(),
    ...(form.latitude && form.longitude ? { latitude: form.latitude, longitude: form.longitude } : {}),
    risks: form.risks.trim(),
    risky: form.risky,
    insurance: form.risky ? form.insurance.trim() : '',
    bring: form.bring.trim(),
    contact_name: form.contactName.trim(),
    contact_phone: form.contactPhone.trim(),
    ...(form.onlyMembers ? { only_members: true } : {}),
    ...(form.kind ? { kind: form.kind } : {}),
    ...(form.kind === 'training' ? { sessions_needed: needed(form) } : {}),
    shifts: repeated(form).map(shiftOf),
  }
}

// newTaskOf is the request by which it posts one.
export function newTaskOf(form: TaskForm): Tasks['NewTask'] {
  const campaign = form.campaignId ? { campaign_id: form.campaignId } : {}
  return { team_id: form.teamId, ...campaign, ...changeOf({ ...form, shifts: form.shifts.map(({ id: _, fixed: __, ...shift }) => shift) }) }
}

export interface Missing {
  field: string
  key: Key
}

// missing names the inputs without which an activity cannot be published
// (条例 art. 12: risks, contact, place, time, number; art. 17: insurance), so
// that no draft is made in vain. The server decides.
export function missing(form: TaskForm, now = Date.now()): Missing[] {
  const planned = repeated(form).length
  const tooMany = form.kind === 'training' && planned >= 1 && form.shifts.every((s) => !s.id) && needed(form) > planned
  const checks: [string, boolean, Key][] = [
    ['programme_id', form.programmeId !== '', 'new.need_programme_id'],
    ['title', form.title.trim() !== '', 'new.need_title'],
    ['place', form.place.trim() !== '', 'new.need_place'],
    ...form.shifts.flatMap((s, i) => shiftChecks(s, i, now)),
    ['shifts', planned >= 1, 'new.need_shift'],
    ['shifts', planned <= mostShifts, 'new.many_shifts'],
    ['sessions_needed', !tooMany, 'class.need_enough'],
    ['risks', form.risks.trim() !== '', 'new.need_risks'],
    ['insurance', !form.risky || form.insurance.trim() !== '', 'new.need_insurance'],
    ['contact_name', form.contactName.trim() !== '', 'new.need_contact_name'],
    ['contact_phone', form.contactPhone.trim() !== '', 'new.need_contact_phone'],
  ]
  return checks.filter(([, fine]) => !fine).map(([field, , key]) => ({ field, key }))
}

function shiftChecks(s: ShiftForm, i: number, now: number): [string, boolean, Key][] {
  const capacity = Number(s.capacity)
  if (s.openFrom !== undefined) {
    const days = Date.parse(instant(s.date, '00:00')) - Date.parse(instant(s.openFrom, '00:00'))
    return [
      [`shifts[${i}].starts_at`, days >= 0 && days <= 92 * day && Date.parse(instant(s.date, '00:00')) + day > now, 'period.need'],
      [`shifts[${i}].capacity`, Number.isInteger(capacity) && capacity >= 1 && capacity <= 5000, 'new.need_capacity'],
    ]
  }
  const timed = s.date !== '' && s.start !== ''
  const past = timed && s.end !== '' && Date.parse(shiftOf(s).ends_at) <= now
  return [
    [`shifts[${i}].starts_at`, timed && !past, past ? 'new.past' : 'new.need_starts_at'],
    [`shifts[${i}].ends_at`, s.end !== '', 'new.need_ends_at'],
    [`shifts[${i}].capacity`, Number.isInteger(capacity) && capacity >= 1 && capacity <= 5000, 'new.need_capacity'],
  ]
}

// lastContact is the phone that the same person gave last.
export function lastContact(led: Tasks['LedShift'][], name: string): string {
  return led.filter((l) => l.shift.contact_name === name && l.shift.contact_phone !== '').pop()?.shift.contact_phone ?? ''
}
