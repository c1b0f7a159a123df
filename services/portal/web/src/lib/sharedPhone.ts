// Whether this phone is one that several people share. The portal's cookie
// decides; here is only remembered what was last heard, so that a page can
// offer 换人签到 without asking.
import { ref } from 'vue'
import { ask, teams, type Teams } from '../api/client'
import { forget, keep, kept } from './storage'

export const phoneShared = ref(kept('local', 'shared_phone') === 'yes')

export async function findSharedPhone(): Promise<Teams['SharedPhone']> {
  const phone = await ask(teams.GET('/shared-phone'))
  phoneShared.value = phone.shared
  if (phone.shared) keep('local', 'shared_phone', 'yes')
  else forget('local', 'shared_phone')
  return phone
}

// entrance is the page where somebody comes in who is nobody yet.
export const entrance = (): 'switch' | 'sign-in' => (phoneShared.value ? 'switch' : 'sign-in')

// afterSignIn is where whoever signed in by code or link goes to: on a shared
// phone past the page on which a PIN is chosen, for the next time.
export const afterSignIn = (next: string): string => (phoneShared.value ? `/mine/shared-phone?next=${encodeURIComponent(next)}` : next)
