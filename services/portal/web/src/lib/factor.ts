// Officers are led to a second factor when they first come to the federation's
// pages; until then whoever finds their phone could set one up in their name.
import { ask, teams } from '../api/client'
import { keep, kept } from './storage'

let has = false // known once, it stays

// lacksFactor reports whether the person should be led there now. When nobody
// can say, or it was put off in this window, they go on.
export async function lacksFactor(): Promise<boolean> {
  if (has || kept('session', 'factor_later') === 'yes') return false
  try {
    const security = await ask(teams.GET('/me/security'))
    has = security.totp || security.passkeys.length > 0
    return !has
  } catch {
    return false
  }
}

export const putOffFactor = (): void => keep('session', 'factor_later', 'yes')
