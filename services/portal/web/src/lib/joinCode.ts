// The join code of an opened link, kept for this tab, so that a sign-in on the
// way costs nothing and the address bar does not hold it.
import { forget, keep, kept } from './storage'

export const keepJoinCode = (code: string): void => keep('session', 'join-code', code)
export const joinCode = (): string | undefined => kept('session', 'join-code')
export const dropJoinCode = (): void => forget('session', 'join-code')
