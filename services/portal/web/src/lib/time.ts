// Times as people in Hebi read them. China has one zone and no summer time, so
// Shanghai is eight hours ahead of UTC wherever the phone thinks it is.
const ahead = 8 * 3600_000
const dayLength = 24 * 3600_000

export interface Moment {
  year: number
  month: number // 1–12
  day: number
  hour: number
  minute: number
  weekday: number // 0 is Sunday
  ordinal: number // days since 1970-01-01 in Shanghai, to compare days
}

export function moment(at: string | number | Date): Moment {
  const shifted = new Date(at).getTime() + ahead
  const d = new Date(shifted)
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    weekday: d.getUTCDay(),
    ordinal: Math.floor(shifted / dayLength),
  }
}

const two = (n: number) => String(n).padStart(2, '0')

// clock writes 14:02.
export function clock(at: string | number | Date): string {
  const m = moment(at)
  return `${two(m.hour)}:${two(m.minute)}`
}

// dateInput and timeInput write what <input type="date"> and "time" take.
export function dateInput(at: string | number | Date): string {
  const m = moment(at)
  return `${m.year}-${two(m.month)}-${two(m.day)}`
}
export const timeInput = clock

// instant reads a date and a time of Shanghai and writes an RFC 3339 instant.
export function instant(date: string, time: string): string {
  return `${date}T${time}:00+08:00`
}

// startOfDay is midnight in Shanghai of the day that holds an instant, some
// days later or earlier.
export function startOfDay(at: string | number | Date, days = 0): Date {
  return new Date((moment(at).ordinal + days) * dayLength - ahead)
}
