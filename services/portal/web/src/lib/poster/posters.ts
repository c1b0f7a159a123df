// The posters there are: of a task, of its change or cancellation, and of a
// brigade that looks for people.
import { holdersOf, linkOf, shiftTimes, type Shared, type Subject } from '../share'
import { t } from '../../text'
import '../../text/poster'
import type { Poster, Row } from './poster'

const row = (label: string, text: string | undefined, how: Partial<Row> = {}): Row[] => (text?.trim() ? [{ label, text: text.trim(), ...how }] : [])
const strong = { strong: true }

// taskPoster says what the group must know of a task. words are the leader's own.
export function taskPoster(subject: Subject, task: Shared, now: number, words = ''): Poster {
  const times = shiftTimes(task, now, 3, 'poster.more').join('\n')
  const contact = task.contact_name ? `${task.contact_name} ${task.contact_phone ?? ''}` : ''
  const common = { title: task.title, by: holdersOf(task), link: linkOf(task), foot: t('poster.foot') }
  switch (subject) {
    case 'cancelled':
      return {
        ...common, tone: 'grey', badge: t('poster.cancelled'),
        rows: [...row(t('poster.was'), times, { struck: true }), ...row(t('poster.why'), words), ...row(t('poster.please'), t('poster.do_not_come'), strong), ...row(t('poster.contact'), contact)],
        ask: t('poster.see'), hint: t('poster.scan_details'),
      }
    case 'changed':
      return {
        ...common, tone: 'plum', badge: t('poster.changed'),
        rows: [...row(t('poster.what'), words, strong), ...row(t('poster.time'), times, strong), ...row(t('poster.place'), task.place), ...row(t('poster.contact'), contact)],
        ask: t('poster.see'), hint: t('poster.counts'),
      }
    case 'posted':
      return {
        ...common, tone: 'red', badge: t(task.kind === 'training' ? 'poster.class' : 'poster.wanted'),
        rows: [...row(t('poster.time'), times, strong), ...row(t('poster.place'), task.place), ...row(t('poster.who'), task.only_members ? t('poster.only_members') : ''), ...row(t('poster.bring'), task.bring), ...row(t('poster.contact'), contact)],
        ask: t('poster.sign_up'), hint: t('poster.scan'),
      }
  }
}

// Recruiting is what a brigade says of itself when it looks for people.
export interface Recruiting {
  team: string
  about: string
  region: string
  leader?: string // name and phone, as the leader wants them shown
  link: string // of the join code
  until: string // until when the code is good, in words
}

export function recruitPoster(r: Recruiting): Poster {
  return {
    tone: 'red', badge: t('poster.join_us'), title: r.team, by: r.region,
    rows: [...row(t('poster.about'), r.about), ...row(t('poster.contact'), r.leader), ...row(t('poster.valid'), r.until)],
    link: r.link, ask: t('poster.join'), hint: t('poster.scan_join'), foot: t('poster.foot'),
  }
}
