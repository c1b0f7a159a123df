// What services could not carry out, gathered from all of them and put together by cause.
import { ask, hours, pairings, tasks, teams, type Teams } from '../api/client'

export const services = ['teams', 'tasks', 'hours', 'pairings'] as const
export type Service = (typeof services)[number]
export type DeadLetter = Teams['DeadLetter'] // the same of every service

export interface Cause {
  key: string
  service: Service
  letters: DeadLetter[] // the oldest first; never none
}

export interface Found {
  away: Service[] // did not answer
  causes: Cause[]
  count: number
  shown: number
  redriven: { service: Service; letter: DeadLetter }[]
}

const read = {
  teams: () => ask(teams.GET('/dead-letters')),
  tasks: () => ask(tasks.GET('/dead-letters')),
  hours: () => ask(hours.GET('/dead-letters')),
  pairings: () => ask(pairings.GET('/dead-letters')),
}

const once = (key: string) => ({ params: { header: { 'Idempotency-Key': key } } })
const redriveOf = {
  teams: (letter_ids: string[], key: string) => ask(teams.POST('/dead-letters/redrive', { ...once(key), body: { letter_ids } })),
  tasks: (letter_ids: string[], key: string) => ask(tasks.POST('/dead-letters/redrive', { ...once(key), body: { letter_ids } })),
  hours: (letter_ids: string[], key: string) => ask(hours.POST('/dead-letters/redrive', { ...once(key), body: { letter_ids } })),
  pairings: (letter_ids: string[], key: string) => ask(pairings.POST('/dead-letters/redrive', { ...once(key), body: { letter_ids } })),
}

// redrive has letters of one service tried again.
export const redrive = (input: { service: Service; ids: string[] }, key: string) => redriveOf[input.service](input.ids, key)

// One service that is away does not hide the others; when all refuse, so does this.
export async function findDeadLetters(): Promise<Found> {
  const answers = await Promise.allSettled(services.map((s) => read[s]()))
  const first = answers[0]
  if (first?.status === 'rejected' && answers.every((a) => a.status === 'rejected')) throw first.reason
  const found: Found = { away: [], causes: [], count: 0, shown: 0, redriven: [] }
  services.forEach((service, i) => {
    const answer = answers[i]!
    if (answer.status === 'rejected') return found.away.push(service)
    found.count += answer.value.count
    found.shown += answer.value.items.length
    found.causes.push(...byCause(service, answer.value.items))
    return found.redriven.push(...answer.value.redriven.map((letter) => ({ service, letter })))
  })
  found.redriven.sort((a, b) => (b.letter.redriven_at ?? '').localeCompare(a.letter.redriven_at ?? ''))
  return found
}

// byCause puts together what stopped in the same way, and most likely for the same reason.
export function byCause(service: Service, letters: DeadLetter[]): Cause[] {
  const causes = new Map<string, Cause>()
  for (const letter of letters) {
    const key = [service, letter.consumer, letter.subject, letter.cause, letter.error.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')].join(' ')
    const cause = causes.get(key)
    if (cause) cause.letters.push(letter)
    else causes.set(key, { key, service, letters: [letter] })
  }
  return [...causes.values()]
}
