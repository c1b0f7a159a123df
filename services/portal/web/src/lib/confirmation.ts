// What a leader decides about a roster before confirming it.
import type { Tasks } from '../api/client'
import { dateInput, instant, timeInput } from './time'

type Line = Tasks['RosterLine']
type Shift = Tasks['Shift']

// Draft is a decision being made about one attendance.
export interface Draft {
  verdict: 'reject' | 'set_end'
  end: string // HH:MM, for set_end
  reason: string
}

export interface Groups {
  unclear: Line[] // checked in, never out: need an end, or wait
  own: Line[] // the reader's own, which another person confirms
  missing: Line[] // signed up, never came
  fine: Line[] // in and out: 无异议
  settled: Line[] // confirmed or rejected before
}

// group sorts a roster as the person reads it who is to confirm it.
export function group(lines: Line[], reader: string): Groups {
  const groups: Groups = { unclear: [], own: [], missing: [], fine: [], settled: [] }
  for (const line of lines) groups[placeOf(line, reader)].push(line)
  return groups
}

function placeOf(line: Line, reader: string): keyof Groups {
  if (line.state === 'confirmed' || line.state === 'rejected') return 'settled'
  if (line.exception === 'own') return 'own'
  if (line.state === 'expected') return 'missing'
  if (line.volunteer_id === reader) return 'own' // without a check-out, too: somebody else decides
  return line.state === 'closed' && line.exception === 'none' ? 'fine' : 'unclear'
}

// decisionsOf turns drafts into what is sent, and counts those without a reason.
export function decisionsOf(drafts: Record<string, Draft>, shift: Shift): { list: Tasks['Decision'][]; unreasoned: number } {
  const list = Object.entries(drafts).map(([attendance_id, draft]) => ({
    attendance_id,
    verdict: draft.verdict,
    reason: draft.reason.trim(),
    ...(draft.verdict === 'set_end' ? { ended_at: endOf(shift, draft.end) } : {}),
  }))
  return { list, unreasoned: list.filter((d) => d.reason === '').length }
}

// endOf puts a time of day on the shift's day, or on the next one when the
// shift runs past midnight.
export function endOf(shift: Shift, time: string): string {
  const same = instant(dateInput(shift.starts_at), time)
  const passes = time < timeInput(shift.starts_at) && dateInput(shift.ends_at) !== dateInput(shift.starts_at)
  return passes ? instant(dateInput(shift.ends_at), time) : same
}

// counted is how many people's hours the confirmation will count.
export function counted(groups: Groups, decisions: Tasks['Decision'][]): number {
  const verdicts = new Map(decisions.map((d) => [d.attendance_id, d.verdict]))
  const of = (line: Line) => verdicts.get(line.attendance_id ?? '')
  return groups.fine.filter((l) => of(l) !== 'reject').length + groups.unclear.filter((l) => of(l) === 'set_end').length
}
