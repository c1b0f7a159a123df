// English: members only, several brigades, invitations, open periods, swaps.
import type { zh } from '../zh/joint'

export const en: Record<keyof typeof zh, string> = {
  'joint.only_members': 'Only members of the team take part (seldom needed)',
}
