// Hours out of a paper register: rows as they are typed, files on their way up,
// pages on their way to the screen.
import { ask, hours, type Hours } from '../api/client'
import { Failure } from '../api/failure'
import { shrink } from './photo'

export type Import = Hours['HistoryImport']
export type Line = Hours['HistoryLine']
export type Entered = Hours['EnteredHistoryRow']

export const largestList = 5 * 1024 * 1024
export const largestPDF = 8 * 1024 * 1024

// A register's page is read, not only looked at: larger than a photo of an album.
const side = 2000
const enough = 1400 * 1024

export const usable = (line: Line) => line.findings.every((f) => f.note)

// enteredOf is a row as it is typed anew. Whom it names by volunteer id, so that
// nobody has to be found again.
export function enteredOf(line: Line): Entered {
  const row: Entered = { place: line.place, title: line.title, minutes: line.minutes, page: line.page }
  if (line.volunteer_id) row.volunteer_id = line.volunteer_id
  if (line.day) row.day = line.day
  return row
}

// enteredIn returns all that was typed so far, what is left out of the file
// included: it is sent whole each time.
export function enteredIn(i: Import): Entered[] {
  return [...(i.lines ?? []).filter((l) => l.entered).map(enteredOf), ...(i.dropped ?? []).map((place) => ({ place, drop: true }))]
}

// changed returns all that is typed after one row was: in its place, or as a new one.
export function changed(all: Entered[], row: Entered): Entered[] {
  return [...all.filter((e) => e.place !== row.place), row]
}

export function enter(importId: string, rows: Entered[], key: string): Promise<Import> {
  return ask(hours.PUT('/history-imports/{import_id}/rows', { params: { path: { import_id: importId }, header: { 'Idempotency-Key': key } }, body: { rows } }))
}

const octets = (body: Blob) => ({ headers: { 'Content-Type': 'application/octet-stream' }, body: '', bodySerializer: () => body })

export function sendList(importId: string, file: File, tooLarge: string): Promise<Import> {
  if (file.size > largestList) throw new Failure({ title: tooLarge, status: 422, code: 'history_file_too_big' })
  return ask(hours.POST('/history-files', { params: { query: { import_id: importId, name: file.name } }, ...octets(file) }))
}

// sendable returns what is sent of a page: a PDF as it is, a picture made smaller;
// nothing for what cannot be shown.
export async function sendable(file: File): Promise<Blob | undefined> {
  return file.type === 'application/pdf' || /\.pdf$/i.test(file.name) ? file : shrink(file, side, enough)
}

export function sendPage(importId: string, pageId: string, body: Blob): Promise<unknown> {
  return ask(hours.POST('/history-pages', { params: { query: { import_id: importId, page_id: pageId } }, ...octets(body) }))
}

// pageAddress fetches a page and returns an address for this window; who looks at
// another's is recorded, so it is fetched once.
export async function pageAddress(page: Hours['HistoryPage']): Promise<string> {
  const content = await ask(hours.POST('/history-pages/{page_id}/read', { params: { path: { page_id: page.page_id } }, parseAs: 'blob' }))
  return URL.createObjectURL(new Blob([content as unknown as Blob], { type: page.kind === 'pdf' ? 'application/pdf' : 'image/jpeg' }))
}

// minutesOf reads hours as people type them, 2.5 or 2,5; 0 for nothing.
export function minutesOf(text: string): number {
  const n = Number(text.trim().replace(/[，,。]/g, '.'))
  return Number.isFinite(n) && n > 0 ? Math.round(n * 60) : 0
}

export const hoursOf = (minutes: number) => (minutes > 0 ? String(Math.round((minutes / 60) * 100) / 100) : '')
