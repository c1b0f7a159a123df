// Who runs this Qihe, for the foot of the pages, and for officers what time it
// is at the server: set there by whoever operates it, never in here.
import { reactive } from 'vue'

export interface Site {
  operator: string
  contact: string
  filings: { text: string; url: string }[]
}
interface Answer extends Site {
  clock: { now: string; synchronised: boolean | null } | null
}

// Which clock seems to be wrong, and by how many minutes.
export interface ClockTrouble {
  whose: 'server' | 'device'
  minutes: number
}

export const site = reactive<Site & { trouble: ClockTrouble | undefined }>({ operator: '', contact: '', filings: [], trouble: undefined })

// tolerance is how far two clocks may be apart before somebody should look: a
// time that is written down to the minute is then wrong.
const tolerance = 2 * 60_000

// clockTrouble says what to make of a server that is ahead of this device by so
// many milliseconds. One that follows a time server is right; one that follows
// none may be wrong as well as the device, and is what matters to everybody.
export function clockTrouble(ahead: number, synchronised: boolean | null): ClockTrouble | undefined {
  if (Math.abs(ahead) < tolerance) return undefined
  return { whose: synchronised ? 'device' : 'server', minutes: Math.round(Math.abs(ahead) / 60_000) }
}

// readSite asks once more. Without an answer everything stays as it was: the
// page is not about this.
export async function readSite(): Promise<void> {
  try {
    const asked = Date.now()
    const res = await fetch('/api/portal/v1/site')
    const answered = Date.now()
    if (!res.ok) return
    const { operator, contact, filings, clock } = (await res.json()) as Answer
    Object.assign(site, { operator, contact, filings })
    site.trouble = clock ? clockTrouble(Date.parse(clock.now) - (asked + answered) / 2, clock.synchronised) : undefined
  } catch {
    // no network
  }
}
