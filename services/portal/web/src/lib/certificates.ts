// Rules about certificates of service that pages share.
import { t } from '../text'

// periodOf says of which time a certificate was asked for.
export function periodOf(r: { first_day?: string; last_day?: string }): string {
  if (r.first_day && r.last_day) return t('scert.to', { first: r.first_day, last: r.last_day })
  if (r.first_day) return t('scert.period_from', { first: r.first_day })
  return r.last_day ? t('scert.period_until', { last: r.last_day }) : t('scert.period_all')
}
