// English: stars.
import type { zh } from '../zh/stars'

export const en: Record<keyof typeof zh, string> = {
  'stars.level': '{n}-star volunteer',
  'stars.since': 'since {day}',
  'stars.next': '{rest} more to {n} stars, by settled hours',
  'stars.waits': 'Something was upheld within the last {months} months: no star is reached for now. Hours count as ever.',
  'stars.text': 'When settled hours come to it, the star is there at midnight; nobody has to ask. What was reached stays when the rule changes.',
  'stars.levels': 'Hours of each star (with commas between, at most five)',
  'stars.clean': 'Months in which nothing upheld may lie back (0: does not matter)',
  'stars.from': 'From which day (tomorrow at the earliest)',
  'stars.reason': 'Grounds (everybody can read them)',
  'stars.save': 'Set it',
  'stars.saved': 'Set; it holds from that day on.',
  'stars.history': 'All that was set',
  'stars.rule': 'From {day}: {hours} hours',
  'stars.rule_clean': 'nothing upheld within {months} months',
}
