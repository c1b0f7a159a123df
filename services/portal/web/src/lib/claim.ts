// The id of a claim that was sent and not yet answered. It outlives the page:
// sent again, it can only ever count once.
import { forget, keep, kept } from './storage'
import { newId } from './uuid'

const place = (who: string, shiftId: string, kind: 'in' | 'out') => `claim.${who}.${shiftId}.${kind}`

export function claimId(who: string, shiftId: string, kind: 'in' | 'out'): string {
  const open = kept('local', place(who, shiftId, kind))
  if (open) return open
  const id = newId()
  keep('local', place(who, shiftId, kind), id)
  return id
}

export function claimAnswered(who: string, shiftId: string, kind: 'in' | 'out'): void {
  forget('local', place(who, shiftId, kind))
}

// checkInLink reads what a check-in code says: whose shift, and the code.
export function checkInLink(text: string): { shift: string; code: string } | undefined {
  const found = /\/c\/([0-9a-f-]{36})\/([A-Za-z0-9_-]{11,64})$/.exec(text.trim())
  return found ? { shift: found[1]!, code: found[2]! } : undefined
}
