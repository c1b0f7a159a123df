// English: the time in which hours may be objected to.
import type { zh } from '../zh/publicity'

export const en: Record<keyof typeof zh, string> = {
  'pub.head': 'Open to objections',
  'pub.text': 'Hours that a leader confirmed are published first. For some days anybody may object; after the last day they settle by themselves, nobody has to do anything.',
  'pub.sums': '{teams} brigades, {lines} entries ({hours} hours) are open to objections',
  'pub.none': 'Nothing is open to objections now.',
  'pub.team': 'Brigade',
  'pub.lines': 'Entries',
  'pub.hours': 'Hours',
  'pub.until': 'Open until',
  'pub.between': '{first} to {last}',
  'pub.set_head': 'For how many days',
  'pub.now': 'In {region} it is {n} days now.',
  'pub.days': 'Make it (3 to 7 days)',
  'pub.n_days': '{n} days',
  'pub.from': 'From',
  'pub.reason': 'Why (kept on record)',
  'pub.save': 'Set',
  'pub.saved': 'Set, from the day you chose. What is published already keeps its day.',
  'pub.read_only': 'Coordinators and administrators of the region set the days.',
  'pub.history': 'What was set before',
  'pub.no_history': 'Nothing was ever set: it is 7 days.',
  'pub.since': 'From {day}: {n} days in {region}',
}
