// English: one officer's answer to what another has asked for.
export const en = {
  'verdict.yes': 'Approve',
  'verdict.no': 'Refuse',
  'verdict.why': 'Why not',
  'verdict.back': 'Think again',
} as const
