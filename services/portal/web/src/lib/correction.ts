// The hours that somebody says a line should have.
import type { Hours } from '../api/client'
import { dateInput, instant, timeInput } from './time'

export interface Times {
  date: string
  from: string
  to: string
}

export function timesOf(span: Pick<Hours['Span'], 'from' | 'to'>): Times {
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
