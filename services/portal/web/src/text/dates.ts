// Days, spans and amounts of time in words.
import { settings } from '../lib/settings'
import { clock, moment } from '../lib/time'
import { t, type Key } from '.'

const near: Record<number, Key> = { [-1]: 'day.yesterday', 0: 'day.today', 1: 'day.tomorrow', 2: 'day.after_tomorrow' }
const weekdays: Key[] = ['day.sun', 'day.mon', 'day.tue', 'day.wed', 'day.thu', 'day.fri', 'day.sat']

// dayName writes 今天, 明天 … near now, else 11月28日 周六, with the year when it is another.
export function dayName(at: string | number | Date, now: number | Date): string {
  const m = moment(at)
  const today = moment(now)
  const key = near[m.ordinal - today.ordinal]
  return key ? t(key) : dateName(at, m.year !== today.year)
}

// dateName writes 11月28日 周六.
export function dateName(at: string | number | Date, withYear = false): string {
  const m = moment(at)
  const words = { year: m.year, month: m.month, day: m.day, weekday: t(weekdays[m.weekday]!) }
  return t(withYear ? 'day.full' : 'day.date', words)
}

// span writes 14:00–16:30, and says so when it ends on a later day. Of a whole
// day, as history has it, there are no hours to write.
export function span(from: string, to: string): string {
  if (wholeDay(from, to)) return ''
  const later = moment(to).ordinal > moment(from).ordinal
  return `${clock(from)}–${later ? t('day.next') : ''}${clock(to)}`
}

// wholeDay: it begins with a day and ends with it; when on that day is not known.
export function wholeDay(from: string, to: string): boolean {
  return clock(from) === '00:00' && clock(to) === '00:00' && moment(to).ordinal === moment(from).ordinal + 1
}

// when writes when a shift is, beside its day: 14:00–16:30; or that it has no hours.
export function when(s: { starts_at: string; ends_at: string; open_from?: string }): string {
  return s.open_from ? t('shift.any_time') : span(s.starts_at, s.ends_at)
}

// dayOf writes the day of a shift, or by when it is to be done.
export function dayOf(s: { starts_at: string; open_from?: string }, now?: number): string {
  const day = now === undefined ? dateName(s.starts_at) : dayName(s.starts_at, now)
  return s.open_from ? t('shift.by', { day }) : day
}

// duration writes 2小时30分.
export function duration(minutes: number): string {
  const sign = minutes < 0 ? '−' : ''
  const whole = Math.abs(minutes)
  const words = { h: Math.floor(whole / 60), m: whole % 60 }
  if (words.h === 0) return sign + t('time.minutes', words)
  return sign + t(words.m === 0 ? 'time.hours' : 'time.both', words)
}

// hoursNumber writes minutes as hours with one decimal and separators: 1,204.5.
export function hoursNumber(minutes: number): string {
  return wholeNumber(minutes / 60, 1)
}

// Making a format is a hundred times dearer than using it, and pages are full of numbers.
const formats = new Map<string, Intl.NumberFormat>()

export function wholeNumber(value: number, decimals = 0): string {
  const name = settings.language + decimals
  let format = formats.get(name)
  if (!format) formats.set(name, (format = new Intl.NumberFormat(settings.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })))
  return format.format(value)
}
