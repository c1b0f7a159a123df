// Who is signed in. The session itself is a cookie that scripts cannot read;
// what is known here is only what /me answered.
import { reactive } from 'vue'
import { ask, onSignedOut, teams, type Teams } from '../api/client'
import { Failure } from '../api/failure'

export type Me = Teams['Me']

export const session = reactive<{ me: Me | undefined; known: boolean }>({ me: undefined, known: false })

// findMe asks once who is signed in; undefined is nobody. It throws when the
// server cannot be reached, for then nobody knows.
export async function findMe(): Promise<Me | undefined> {
  if (session.known) return session.me
  try {
    greet(await ask(teams.GET('/me')))
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.status !== 401) throw failure
    greet(undefined)
  }
  return session.me
}

export function greet(me: Me | undefined): void {
  session.me = me
  session.known = true
}

onSignedOut(() => greet(undefined))

export async function signOut(): Promise<void> {
  await ask(teams.DELETE('/sessions/current'))
  greet(undefined)
}

// ledTeams are the brigades that the person leads or helps to lead.
export function ledTeams(): Teams['MyMembership'][] {
  return session.me?.memberships.filter((m) => m.role !== 'member') ?? []
}

export function isOfficer(): boolean {
  return (session.me?.grants.length ?? 0) > 0
}

// renewMe asks again who is signed in, because what they may do has perhaps
// changed. No answer changes nothing.
export async function renewMe(): Promise<void> {
  try {
    greet(await ask(teams.GET('/me')))
  } catch {
    // ask has noticed when the session is over
  }
}

// holds reports whether the person has one of the roles over a division.
export function holds(roles: Teams['MyGrant']['role'][], regionPath: string): boolean {
  return (session.me?.grants ?? []).some((g) => roles.includes(g.role) && regionPath.startsWith(g.region_path))
}
