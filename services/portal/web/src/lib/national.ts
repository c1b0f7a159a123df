import type { Hours } from '../api/client'
import { failureOf, unanswered } from '../api/failure'
import { hoursApi } from './reports'
import { saveAnswer } from './roster'
import { settings } from './settings'
import { t, type Key } from '../text'

export const groups = ['basic', 'service', 'training', 'honour', 'complaint'] as const
export const groupName = (group: string): string => t(`nat.${group}` as Key)

// upload sends a file as it is.
async function upload(path: string, query: Record<string, string>, file: File, key?: string): Promise<Response> {
  const headers: Record<string, string> = { 'Content-Type': 'application/octet-stream', 'Accept-Language': settings.language }
  if (key) headers['Idempotency-Key'] = key
  try {
    return await fetch(`${hoursApi}${path}?${new URLSearchParams(query).toString()}`, { method: 'POST', headers, body: file })
  } catch {
    throw unanswered()
  }
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined))
  return (await response.json()) as T
}

// sendTemplate makes the next version of the mapping out of a workbook.
export const sendTemplate = async (file: File, before: number, key: string) =>
  read<{ version: number; unbound: number }>(await upload('/national-mappings', { before: String(before), name: file.name.slice(-200) }, file, key))

// sendAnswer keeps what came back for a batch.
export const sendAnswer = async (file: File, batch: string) =>
  read<Hours['NationalAnswer']>(await upload('/national-answers', { batch_id: batch, name: file.name.slice(-200) }, file))

// markAnswer gives the same file back with red cells, and keeps nothing.
export const markAnswer = (file: File, batch: string) => saveAnswer(upload('/national-answers', { batch_id: batch, name: file.name.slice(-200), format: 'xlsx' }, file))

// problemText says why a record is kept back.
export function problemText(p: { code: string; field: string; reason: string }): string {
  const text = p.field === '' && (p.code === 'lacks' || p.code === 'wrong') ? t(`nat.${p.code}_any` as Key) : t(`nat.${p.code}` as Key, { field: p.field })
  return p.reason === '' ? text : `${text}：${p.reason}`
}

// codeText names a reason for many.
export const codeText = (code: string): string => (code === 'lacks' || code === 'wrong' ? t(`nat.${code}_any` as Key) : t(`nat.${code}` as Key))

// dayFormats are the ways in which a day can be written.
export const dayFormats = ['yyyy-mm-dd', 'yyyy/mm/dd', 'yyyymmdd', 'yyyy年m月d日']
