import type { zh } from '../zh/privacy'

export const en: Record<keyof typeof zh, string> = {
  'privacy.consents': 'What I agreed to',
  'privacy.consents_text': 'Each by itself, taken back at any time, with no effect on sign-ups or hours.',
  'privacy.board': 'Show my name on boards',
  'privacy.board_text': 'When off, the name reads 王**',
}
