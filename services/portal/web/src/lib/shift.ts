import type { Tasks } from '../api/client'
import { t } from '../text'

// How long before its start a shift lets people check in. The server decides;
// this only says when the button wakes up.
export const early = 60 * 60_000

// live tells whether somebody holds a seat, or waits for one.
export const live = (u?: Tasks['SignUp']) => u?.state === 'confirmed' || u?.state === 'waitlisted' || u?.state === 'offered'

// standing says in a few words how a shift to come stands with me.
export function standing(s: Tasks['Shift']): string {
  if (s.sign_up?.state === 'confirmed') return t('shift.mine')
  if (s.sign_up?.state === 'offered') return t('shift.offered')
  if (s.sign_up?.state === 'waitlisted') return t('shift.in_line', { n: s.sign_up.place ?? 1 })
  if (s.taken < s.capacity) return t('shift.left', { n: s.capacity - s.taken })
  return s.waiting > 0 ? t('shift.full_waiting', { n: s.waiting }) : t('shift.full')
}
