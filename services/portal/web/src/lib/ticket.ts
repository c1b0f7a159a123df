// The 15-minute ticket that the portal gives for an opened check-in link, kept
// for this tab, so that a first sign-in or a reload costs nothing.
import { forget, keep, kept } from './storage'

const life = 15 * 60_000

export function keepTicket(shiftId: string, ticket: string): void {
  if (ticket) keep('session', `ticket.${shiftId}`, JSON.stringify({ ticket, until: Date.now() + life }))
}

export function ticketFor(shiftId: string): string | undefined {
  try {
    const found = JSON.parse(kept('session', `ticket.${shiftId}`) ?? '') as { ticket: string; until: number }
    return found.until > Date.now() ? found.ticket : undefined
  } catch {
    return undefined
  }
}

export function dropTicket(shiftId: string): void {
  forget('session', `ticket.${shiftId}`)
}
