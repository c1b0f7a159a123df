// What the pages of 月报 share: sending a workbook, and how figures and days are said.
import type { Hours } from '../api/client'
import { failureOf, unanswered } from '../api/failure'
import { t, type Key } from '../text'
import { dateName, wholeNumber } from '../text/dates'
import { settings } from './settings'
import { clock } from './time'

export const hoursApi = '/api/hours/v1'

// sendForm uploads a workbook as a form, or as the next version of one.
export async function sendForm(file: File, about: Record<string, string>, key: string): Promise<Hours['UploadedReportForm']> {
  const query = new URLSearchParams({ ...about, file_name: file.name.slice(-200) })
  let response: Response
  try {
    response = await fetch(`${hoursApi}/report-forms?${query.toString()}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': key, 'Accept-Language': settings.language },
      body: file,
    })
  } catch {
    throw unanswered()
  }
  if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined))
  return (await response.json()) as Hours['UploadedReportForm']
}

// dayName writes 2026年11月25日 of 2026-11-25.
export function dayName(day: string): string {
  const [year, month, date] = day.split('-')
  return settings.language === 'en' ? day : `${year}年${Number(month)}月${Number(date)}日`
}

// figure says minutes as hours to a tenth, everything else as it is.
export function figure(value: number, isHours: boolean): string {
  if (!isHours) return wholeNumber(value)
  const tenths = Math.sign(value) * Math.round(Math.abs(value) / 6)
  return (tenths / 10).toLocaleString(settings.language === 'en' ? 'en' : 'zh-CN', { maximumFractionDigits: 1 })
}

// periodName says 2026-11 as 2026年11月.
export function periodName(period: string): string {
  const [year = '', part = ''] = period.split('-')
  if (settings.language === 'en') return period
  if (part.startsWith('Q')) return `${year}年第${part.slice(1)}季度`
  return part ? `${year}年${Number(part)}月` : `${year}年`
}

// stateName says how a period's report stands.
export function stateName(s: Hours['ReportState'], today: string): string {
  if (s.version === 0) return t(s.cut_off < today ? 'rep.waits' : 'rep.preview')
  const name = t(s.signed === 0 ? 'rep.frozen' : (`rep.signed_${s.signed}` as Key))
  return s.version > 1 ? `${name} · ${t('rep.again', { n: s.version })}` : name
}

// momentName says an instant with its day.
export const momentName = (at: string) => `${dateName(at, true)} ${clock(at)}`
