// What a leader decides about a roster before confirming it.
import type { Tasks } from '../api/client'
import { dateInput, instant, timeInput } from './time'

type Line = Tasks['RosterLine']
type Shift = Tasks['Shift']

// Draft is a decision being made about one attendance.
export interface Draft {
  verdict: 'reject' | 'set_end' | 'accept' | 'household'
  end: string // HH:MM, for set_end
  reason: string
}

export interface Groups {
  asked: Line[] // one phone for several people: a look first
  declared: Line[] // their own word: to be accepted or not
  unclear: Line[] // checked in, never out: need an end, or wait
  own: Line[] // the reader's own and others that another person confirms
  missing: Line[] // signed up, never came
  fine: Line[] // in and out: 无异议
  settled: Line[] // confirmed or rejected before
}

// group sorts a roster as the person reads it who is to confirm it.
export function group(lines: Line[]): Groups {
  const groups: Groups = { asked: [], declared: [], unclear: [], own: [], missing: [], fine: [], settled: [] }
  for (const line of lines) groups[placeOf(line)].push(line)
  return groups
}

function placeOf(line: Line): keyof Groups {
  if (line.state === 'confirmed' || line.state === 'rejected' || line.state === 'corrected') return 'settled'
  if (line.state === 'expected') return 'missing'
  if (!line.yours) return 'own'
  if (line.exception === 'declared' || line.exception === 'asked') return line.exception
  return line.state === 'closed' && line.exception === 'none' ? 'fine' : 'unclear'
}

const reasoned = (verdict: Draft['verdict']) => verdict === 'reject' || verdict === 'set_end'

// decisionsOf turns drafts into what is sent, and counts those without a reason.
export function decisionsOf(drafts: Record<string, Draft>, shift: Shift): { list: Tasks['Decision'][]; unreasoned: number } {
  const list = Object.entries(drafts).map(([attendance_id, draft]) => ({
    attendance_id,
    verdict: draft.verdict,
    reason: draft.reason.trim(),
    ...(draft.verdict === 'set_end' ? { ended_at: endOf(shift, draft.end) } : {}),
  }))
  return { list, unreasoned: list.filter((d) => reasoned(d.verdict) && d.reason === '').length }
}

// endOf puts a time of day on the shift's day, or on the next one when the
// shift runs past midnight.
export function endOf(shift: Pick<Shift, 'starts_at' | 'ends_at'>, time: string): string {
  const same = instant(dateInput(shift.starts_at), time)
  const passes = time < timeInput(shift.starts_at) && dateInput(shift.ends_at) !== dateInput(shift.starts_at)
  return passes ? instant(dateInput(shift.ends_at), time) : same
}

// counted is how many people's hours the confirmation will count.
export function counted(groups: Groups, decisions: Tasks['Decision'][]): number {
  const verdicts = new Map(decisions.map((d) => [d.attendance_id, d.verdict]))
  const of = (line: Line) => verdicts.get(line.attendance_id ?? '')
  const out = (line: Line) => of(line) === 'reject' || of(line) === 'household'
  const said = (line: Line) => of(line) === 'accept' || of(line) === 'set_end'
  return groups.fine.filter((l) => !out(l)).length + [...groups.unclear, ...groups.declared, ...groups.asked].filter(said).length
}
