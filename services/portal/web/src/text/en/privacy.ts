// English: what a person may know and decide about their own data.
import type { zh } from '../zh/privacy'

export const en: Record<keyof typeof zh, string> = {
  'privacy.consents': 'What I agreed to',
  'privacy.consents_text': 'Each by itself, taken back at any time, with no effect on sign-ups or hours.',
  'privacy.board_name': 'Show my name on boards',
  'privacy.rank_neighbours': 'See my rank, and be seen by neighbours',
  'privacy.check_in_location': 'Say roughly where I am at check-in',
  'privacy.renew': 'The words of this consent say more now, and what you agreed to before is paused. Please read them below and switch it on again if you like; it is fine not to.',
  'privacy.state_never': 'Never agreed to',
  'privacy.state_given': 'Agreed since {time}',
  'privacy.state_withdrawn': 'Taken back {time}',
  'privacy.state_renew': 'Agreed {time}; please read the new words',
  'privacy.history': 'Earlier decisions ({n})',
  'privacy.gave': 'agreed',
  'privacy.took_back': 'taken back',
  'privacy.by_guardian': ' (by the guardian)',
  'privacy.by_taken_over': ' (before the update)',
  'privacy.version': 'words, version {n}',
}
