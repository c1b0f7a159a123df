// What was last heard of shifts, so that an open page can show the next one
// when the network is gone. In memory: without network a page cannot be opened.
import type { Tasks } from '../api/client'

const heard = new Map<string, Tasks['Presence']>()

export function seen(presence: Tasks['Presence']): Tasks['Presence'] {
  heard.set(presence.shift_id, presence)
  return presence
}

export function seenAt(shiftId: string): Tasks['Presence'] | undefined {
  return heard.get(shiftId)
}

export function seenShifts<T extends { items: Tasks['Shift'][] }>(list: T): T {
  for (const s of list.items) {
    const { shift_id, title, place, starts_at, ends_at } = s
    seen(s.presence ?? { shift_id, title, place, starts_at, ends_at, state: s.sign_up?.state === 'confirmed' ? 'expected' : 'not_signed_up' })
  }
  return list
}
