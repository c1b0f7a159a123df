// What goes into the WeChat group: as a text here, as a picture in lib/poster.
import type { Tasks } from '../api/client'
import { t, type Key } from '../text'
import { dayOf, when } from '../text/dates'

export type Subject = 'posted' | 'changed' | 'cancelled'
export type Shared = Pick<Tasks['Task'], 'task_id' | 'title' | 'place' | 'bring' | 'contact_name' | 'contact_phone' | 'team_name' | 'shifts' | 'kind' | 'only_members' | 'teams'>

const most = 6 // shifts that one message lists

// holdersOf names all brigades that hold it: 桂鹤队、淇滨队.
export function holdersOf(task: Pick<Shared, 'team_name' | 'teams'>): string {
  return [task.team_name, ...(task.teams ?? []).filter((j) => j.state === 'joined').map((j) => j.team_name)].join('、')
}

export function linkOf(task: Pick<Shared, 'task_id'>): string {
  return `${window.location.origin}/tasks/${task.task_id}`
}

// shiftTimes are the shifts to come, or all of them when none is, each as
// 11月28日 周六 09:00–11:00; of many, the first.
export function shiftTimes(task: Shared, now: number, limit = most, more: Key = 'share.more'): string[] {
  const coming = task.shifts.filter((s) => Date.parse(s.ends_at) > now && s.state !== 'paused')
  const shown = coming.length > 0 ? coming : task.shifts
  const times = shown.slice(0, limit).map((s) => `${dayOf(s)} ${when(s)}`)
  return shown.length > limit ? [...times, t(more, { n: shown.length - limit })] : times
}

// shareText is the message for the group. words are the leader's own: why it is
// cancelled, or what changed.
export function shareText(subject: Subject, task: Shared, now: number, words = ''): string {
  const { title, place, contact_name, contact_phone, bring } = task
  const said = words.trim()
  const times = shiftTimes(task, now).map((time) => t(subject === 'cancelled' ? 'share.was' : 'share.time', { time }))
  const contact = contact_name ? [t('share.contact', { name: contact_name, phone: contact_phone })] : []
  switch (subject) {
    case 'cancelled':
      return [t('share.cancelled', { title }), ...times, ...(said ? [t('share.why', { words: said })] : []), t('share.do_not_come'), ...contact].join('\n')
    case 'changed':
      return [t('share.changed', { title }), ...(said ? [said] : []), ...times, t('share.place', { place }), t('share.counts'), ...contact, t('share.see', { link: linkOf(task) })].join('\n')
    case 'posted':
      return [t(task.kind === 'training' ? 'share.training' : 'share.title', { title }), ...times, t('share.place', { place }), ...(task.only_members ? [t('share.only_members', { team: holdersOf(task) })] : []), ...(bring ? [t('share.bring', { bring })] : []), ...contact, t('share.link', { link: linkOf(task) })].join('\n')
  }
}
