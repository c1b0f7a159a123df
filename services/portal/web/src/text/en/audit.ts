// English: the audit.
import type { zh } from '../zh/audit'

export const en: Record<keyof typeof zh, string> = {
  'audit.text': 'Who did what when, and looked at whose data. Lines are only added; nobody can change or remove one; they are kept for three years at least.',
  'audit.number': 'Volunteer number',
  'audit.number_hint': 'Type a volunteer number to see what concerns that person',
  'audit.number_note': 'Looking for one person is recorded, and the person can see it.',
  'audit.act': 'Act',
  'audit.every_act': 'All',
  'audit.from': 'From',
  'audit.until': 'To',
  'audit.at': 'Time',
  'audit.who': 'Who',
  'audit.what': 'Did what',
  'audit.whom': 'To',
  'audit.reason': 'Why',
  'audit.system': 'Qihe itself',
  'audit.empty': 'Nothing was recorded yet',
  'audit.empty_found': 'Nothing fits',
}
