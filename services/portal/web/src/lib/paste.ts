// What a leader is asked about a pasted 接龙, and who is signed up at the end.
import type { Tasks } from '../api/client'

export type Doubt = Exclude<Tasks['PastedLine']['doubt'], 'none'> | 'withdrew'

export interface Question {
  text: string // the line, as it was pasted
  doubt: Doubt
  candidates: string[] // whom it may name
}

export interface Sorted {
  sure: string[] // who is certain and not signed up yet
  already: string[] // who is certain and signed up, or waits
  questions: Question[]
  lines: number
  matched: number // lines about which nothing is asked
}

// sortOut parts what is certain from what is to be asked. Whoever once said no
// is asked about, however clearly the line names them: it may be an old one.
export function sortOut(pasted: Tasks['Pasted']): Sorted {
  const state = new Map(pasted.members.map((m) => [m.volunteer_id, m.state]))
  const sure = new Set<string>()
  const already = new Set<string>()
  const questions: Question[] = []
  let matched = 0
  for (const line of pasted.lines) {
    const no = line.volunteer_ids.filter((id) => state.get(id) === 'withdrawn' || state.get(id) === 'declined')
    if (line.doubt !== 'none') {
      questions.push({ text: line.text, doubt: line.doubt, candidates: line.volunteer_ids })
      continue
    }
    if (no.length > 0) questions.push({ text: line.text, doubt: 'withdrew', candidates: no })
    else matched++
    for (const id of line.volunteer_ids) {
      if (no.includes(id)) continue
      if (state.get(id)) already.add(id)
      else sure.add(id)
    }
  }
  return { sure: [...sure], already: [...already], questions, lines: pasted.lines.length, matched }
}

// signedUp is everybody to sign up: who is certain, and whom the leader named.
export function signedUp(sorted: Sorted, answers: string[][]): string[] {
  return [...new Set([...sorted.sure, ...answers.flat()])].filter((id) => !sorted.already.includes(id))
}
