// Typed calls to the services, all on the page's own origin.
import createClient, { type Middleware } from 'openapi-fetch'
import { settings } from '../lib/settings'
import type { components as HoursComponents, paths as HoursPaths } from './gen/hours'
import type { components as PairingsComponents, paths as PairingsPaths } from './gen/pairings'
import type { components as TasksComponents, paths as TasksPaths } from './gen/tasks'
import type { components as TeamsComponents, paths as TeamsPaths } from './gen/teams'
import { failureOf, unanswered } from './failure'
import { provide } from '../lib/stepUp'
import { send } from './send'

export type Teams = TeamsComponents['schemas']
export type Tasks = TasksComponents['schemas']
export type Hours = HoursComponents['schemas']
export type Pairings = PairingsComponents['schemas']

// proved sends a request again when it was refused for want of a second factor
// and the person provided one.
async function proved(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await send(request)
  if (response.status !== 403) return response
  const problem = (await response.clone().json().catch(() => ({}))) as { code?: string }
  return problem.code === 'second_factor_needed' && (await provide()) ? send(again) : response
}

export const teams = createClient<TeamsPaths>({ baseUrl: '/api/teams/v1', fetch: proved })
export const tasks = createClient<TasksPaths>({ baseUrl: '/api/tasks/v1', fetch: proved })
export const hours = createClient<HoursPaths>({ baseUrl: '/api/hours/v1', fetch: proved })
export const pairings = createClient<PairingsPaths>({ baseUrl: '/api/pairings/v1', fetch: proved })

// Sentences of errors come in the reader's language.
const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', settings.language)
    return request
  },
}
for (const client of [teams, tasks, hours, pairings]) client.use(language)

// signedOut is called when a call finds that the session is over.
let signedOut: () => void = () => {}
export function onSignedOut(callback: () => void): void {
  signedOut = callback
}

interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

// ask waits for a call and returns its answer, or throws a Failure.
export async function ask<T>(call: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>
  try {
    reply = await call
  } catch {
    throw unanswered()
  }
  if (reply.response.ok) return reply.data as T
  if (reply.response.status === 401) signedOut()
  throw failureOf(reply.response.status, reply.error)
}
