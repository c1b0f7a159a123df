// The 15-minute ticket that the portal gives for an opened check-in link, kept
// on this phone, so that a first sign-in or a reload costs nothing, also when
// the claim link is opened from WeChat in another window.
import { forget, keep, kept } from './storage'

const life = 15 * 60_000

export function keepTicket(shiftId: string, ticket: string): void {
  if (ticket) {
    keep('local', `ticket.${shiftId}`, JSON.stringify({ ticket, until: opened() + life }))
    keep('local', 'ticket', shiftId)
  }
}

// opened is when this page began to be fetched, which a slow network may make
// long ago: the link was opened then.
function opened(): number {
  const now = Date.now()
  const began = performance.timeOrigin
  return now - began < life && began <= now ? began : now
}

// ticketSeenAt is when the code of a ticket was seen, by this phone's clock.
export function ticketSeenAt(shiftId: string): number {
  try {
    return (JSON.parse(kept('local', `ticket.${shiftId}`) ?? '') as { until: number }).until - life
  } catch {
    return Date.now()
  }
}

export function ticketFor(shiftId: string): string | undefined {
  try {
    const found = JSON.parse(kept('local', `ticket.${shiftId}`) ?? '') as { ticket: string; until: number }
    return found.until > Date.now() ? found.ticket : undefined
  } catch {
    return undefined
  }
}

export function dropTicket(shiftId: string): void {
  forget('local', `ticket.${shiftId}`)
}

// waitingCheckIn is the address of the check-in whose code was scanned last, if
// its ticket is still good.
export function waitingCheckIn(): string | undefined {
  const shiftId = kept('local', 'ticket')
  return shiftId && ticketFor(shiftId) ? `/check-in/${shiftId}` : undefined
}
