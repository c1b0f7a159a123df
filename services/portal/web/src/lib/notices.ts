// How many messages wait to be read. The number comes with /me, and is asked
// for again when the page is looked at again.
import { ask, teams } from '../api/client'
import { session } from './session'

const pause = 15_000 // milliseconds between two questions
let asked = Date.now() // /me has just told it

export async function countUnread(): Promise<void> {
  if (!session.me || Date.now() - asked < pause) return
  asked = Date.now()
  try {
    setUnread((await ask(teams.GET('/me/notices/unread'))).unread)
  } catch {
    // The number stays as it was; the next look asks again.
  }
}

export function setUnread(unread: number): void {
  if (session.me) session.me.unread_notices = unread
}

// badge is what stands at the tab: 3, or 99+; empty for none.
export function badge(unread: number): string {
  if (unread === 0) return ''
  return unread > 99 ? '99+' : String(unread)
}
