// Rosters as files: up to teams, and down to the person's disk. Files go their
// own way: they take longer than any other request, and are no JSON.
import { Failure, failureOf, unanswered } from '../api/failure'
import { settings } from './settings'
import type { Teams } from '../api/client'

export type Import = Teams['Import']
export const largest = 20 * 1024 * 1024

const api = '/api/teams/v1'

async function answered(call: Promise<Response>): Promise<Response> {
  let response: Response
  try {
    response = await call
  } catch {
    throw unanswered()
  }
  if (response.ok) return response
  throw failureOf(response.status, await response.json().catch(() => undefined))
}

// uploadRoster sends a file to be judged; with a team, of its members only.
export async function uploadRoster(file: File, team: string | undefined, key: string): Promise<Import> {
  const query = new URLSearchParams({ name: file.name })
  if (team) query.set('team_id', team)
  const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': key, 'Accept-Language': settings.language }
  const response = await answered(fetch(`${api}/imports?${query.toString()}`, { method: 'POST', headers, body: file }))
  return (await response.json()) as Import
}

// saveFile fetches a file and gives it to the browser to keep.
export async function saveFile(path: string, body?: unknown, from: string = api): Promise<void> {
  const headers: Record<string, string> = { 'Accept-Language': settings.language }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  await saveAnswer(fetch(from + path, { method: body === undefined ? 'GET' : 'POST', headers, body: body === undefined ? null : JSON.stringify(body) }))
}

// saveAnswer gives the browser a file to keep that any service answers with.
export async function saveAnswer(call: Promise<Response>): Promise<void> {
  const response = await answered(call)
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name ? decodeURIComponent(name) : 'qihe'
  document.body.append(link)
  link.click()
  link.remove()
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

// tooLarge is what we say ourselves, without sending twenty megabytes first.
export function tooLarge(sentence: string): Failure {
  return new Failure({ title: sentence, status: 422, code: 'file_too_big' })
}

// working: something is still being done with it.
export const working = (i: Import) => i.state === 'waiting' || i.state === 'confirmed' || i.state === 'applied'
