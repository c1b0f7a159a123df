// The hours that somebody says a line should have.
import type { Hours } from '../api/client'
import { wholeDay } from '../text/dates'
import { dateInput, instant, timeInput } from './time'

export interface Times {
  date: string
  from: string
  to: string
}

// Of a line of history only the day is known: its minutes are written as if they
// began with the day, and the ledger takes the day and the minutes.
export function timesOf(span: Pick<Hours['Span'], 'from' | 'to'> & { minutes?: number }): Times {
  if (wholeDay(span.from, span.to)) {
    const n = (span.minutes ?? 0) % (24 * 60)
    return { date: dateInput(span.from), from: '00:00', to: `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}` }
  }
  return { date: dateInput(span.from), from: timeInput(span.from), to: timeInput(span.to) }
}

// spanOf reads a day and two times of it; an end before the start is on the next day.
export function spanOf(times: Times): Hours['Span'] {
  const from = instant(times.date, times.from)
  let end = Date.parse(instant(times.date, times.to))
  if (end <= Date.parse(from)) end += 24 * 3600_000
  const to = instant(dateInput(end), timeInput(end))
  return { from, to, minutes: Math.floor((end - Date.parse(from)) / 60_000) }
}

export const complete = (times: Times) => times.date !== '' && times.from !== '' && times.to !== ''
