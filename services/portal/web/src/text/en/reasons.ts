import type { zh } from '../zh/reasons'

export const en: Record<keyof typeof zh, string> = {
  'reason.contact': 'To contact the person',
  'reason.verify': 'To check the identity',
  'reason.certificate': 'For a certificate',
  'reason.correction': 'To correct the record',
  'reason.duplicate': 'To find duplicates',
  'reason.complaint': 'For a complaint',
  'reason.typo': 'Written wrongly',
  'reason.paper_shown': 'The person showed the paper',
  'reason.asked_by_person': 'The person asks for it',
  'reason.moved': 'The person moved',
  'reason.json': 'JSON file',
  'reason.xlsx': 'Excel workbook',
  'reason.other': 'Other',
  'reason.lost_phone': 'The phone is lost',
  'reason.others_phone': 'Signed in on somebody else’s phone',
  'reason.registered_twice': 'Registered twice',
  'reason.roster_and_own': 'In a roster, and registered by the person',
  'reason.wrong_phone': 'Registered again because of a wrong phone',
}
