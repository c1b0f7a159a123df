import { inject, type ComputedRef, type InjectionKey } from 'vue'
import type { Key } from '../text'

export interface ConsolePage {
  name: string
  title: Key
  regional?: boolean // about the region that is chosen in the frame
  roles?: string[] // of a grant that lets one see it; absent: any
}

// The federation's pages, in the order of the menu and in its groups.
export const consoleMenu: { title: Key; pages: ConsolePage[] }[] = [
  {
    title: 'console.group_figures',
    pages: [
      { name: 'overview', title: 'console.overview', regional: true },
      { name: 'boards', title: 'console.boards' },
      { name: 'publicity', title: 'console.publicity', regional: true },
      { name: 'screens', title: 'console.screens', regional: true },
      { name: 'reports', title: 'console.reports', regional: true },
      { name: 'national', title: 'console.national', regional: true },
    ],
  },
  {
    title: 'console.group_due',
    pages: [
      { name: 'confirmations', title: 'waiting.head', regional: true },
      { name: 'verify', title: 'verify.head', regional: true },
      { name: 'overlaps', title: 'console.overlaps' },
      { name: 'corrections-due', title: 'console.corrections' },
      { name: 'histories', title: 'kind.import' },
      { name: 'certificates', title: 'console.certificates', regional: true },
      { name: 'complaints', title: 'console.complaints', regional: true },
      { name: 'appeals', title: 'console.appeals_title', regional: true },
    ],
  },
  {
    title: 'console.group_tasks',
    pages: [
      { name: 'classes', title: 'console.training', regional: true },
      { name: 'programmes', title: 'console.programmes' },
      { name: 'pauses', title: 'console.pauses' },
      { name: 'shift-export', title: 'console.ledger', regional: true },
    ],
  },
  {
    title: 'console.group_people',
    pages: [
      { name: 'teams', title: 'console.teams' },
      { name: 'volunteers', title: 'console.volunteers', regional: true },
      { name: 'qualifications', title: 'console.qualifications', regional: true },
      { name: 'import', title: 'console.import', regional: true },
    ],
  },
  {
    title: 'console.group_pairings',
    pages: [
      { name: 'children', title: 'console.children', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'companions', title: 'console.companions', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'aid', title: 'console.aid', regional: true, roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'matching', title: 'console.matching', roles: ['child_care'] },
      { name: 'goods', title: 'console.goods', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'console-wishes', title: 'console.wishes', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'concerns', title: 'console.concerns', roles: ['child_care'] },
      { name: 'contacts', title: 'console.contacts', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'pairings', title: 'console.pairings', roles: ['child_care', 'coordinator', 'administrator'] },
      { name: 'purposes', title: 'console.purposes', regional: true, roles: ['child_care', 'coordinator', 'administrator'] },
    ],
  },
  {
    title: 'console.group_rules',
    pages: [
      { name: 'audit', title: 'console.audit', roles: ['administrator'] },
      { name: 'settings', title: 'console.settings' },
    ],
  },
]

// The region that the federation's pages are about, given by their frame.
export const regionKey: InjectionKey<ComputedRef<string>> = Symbol('region')

export function useRegion(): ComputedRef<string> {
  const region = inject(regionKey)
  if (!region) throw new Error('a console page outside its frame')
  return region
}
