import { addWords, t, type Key } from '.'
import { zh } from './zh/reasons'

addWords(zh, () => import('./en/reasons').then((f) => f.en))

// reasonWords reads a reason of the audit: one from a list in words, one that
// somebody wrote as it stands.
export function reasonWords(reason: string): string {
  return `reason.${reason}` in zh ? t(`reason.${reason}` as Key) : reason
}
