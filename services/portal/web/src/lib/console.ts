import { inject, type ComputedRef, type InjectionKey } from 'vue'
import type { Key } from '../text'

// The federation's pages, in the order of the menu. A regional one is about the
// region that is chosen in the frame.
export const consolePages: { name: string; title: Key; regional?: boolean; administrators?: boolean }[] = [
  { name: 'overview', title: 'console.overview', regional: true },
  { name: 'teams', title: 'console.teams' },
  { name: 'boards', title: 'console.boards' },
  { name: 'volunteers', title: 'console.volunteers', regional: true },
  { name: 'confirmations', title: 'waiting.head', regional: true },
  { name: 'verify', title: 'verify.head', regional: true },
  { name: 'qualifications', title: 'console.qualifications', regional: true },
  { name: 'complaints', title: 'console.complaints', regional: true },
  { name: 'appeals', title: 'console.appeals_title', regional: true },
  { name: 'programmes', title: 'console.programmes' },
  { name: 'pauses', title: 'console.pauses' },
  { name: 'import', title: 'console.import', regional: true },
  { name: 'audit', title: 'console.audit', administrators: true },
  { name: 'settings', title: 'console.settings' },
]

// The region that the federation's pages are about, given by their frame.
export const regionKey: InjectionKey<ComputedRef<string>> = Symbol('region')

export function useRegion(): ComputedRef<string> {
  const region = inject(regionKey)
  if (!region) throw new Error('a console page outside its frame')
  return region
}
