// My hours as a file: all pages of my entries, made into a table here, so that
// no server keeps one.
import { ask, hours, type Hours } from '../api/client'
import { dateInput, clock } from './time'
import { t } from '../text'
import { dateName } from '../text/dates'

// csv writes rows as spreadsheets read them. A cell that could act as a formula
// is made a text by an apostrophe, whatever invisible characters stand before it.
export function csv(rows: (string | number)[][]): string {
  const cell = (text: string | number) => {
    if (typeof text === 'number') return String(text)
    const plain = text.replace(/\u0000/g, '')
    return `"${(/^[\s]*[=+\-@＝＋－＠]/.test(plain) || /^[\t\r\n]/.test(plain) ? `'${plain}` : plain).replace(/"/g, '""')}"`
  }
  return '\ufeff' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('')
}

export async function allEntries(): Promise<Hours['Entry'][]> {
  const entries: Hours['Entry'][] = []
  let after: string | undefined
  do {
    const page: { items: Hours['Entry'][]; next?: string } = await ask(hours.GET('/me/entries', { params: { query: after ? { limit: 200, after } : { limit: 200 } } }))
    entries.push(...page.items)
    after = page.next
  } while (after)
  return entries
}

// A reversal has no state of its own: it says which line it takes back.
function stateOf(e: Hours['Entry']): string {
  if (e.kind === 'reversal') return ''
  return t(`entry.${e.settling}`, { day: e.open_until ? dateName(`${e.open_until}T12:00:00+08:00`, true) : '' })
}

export async function hoursFile(): Promise<string> {
  const rows = (await allEntries()).map((e) => [
    dateInput(e.from), clock(e.from), clock(e.to), e.title, e.team_name, e.programme_name, t(`kind.${e.kind}`), e.minutes, e.confirmed_by, e.entry_id,
    t(`proof.${e.proof}`), stateOf(e), e.kind === 'reversal' ? e.source_id : '',
  ])
  const head = [t('privacy.day'), t('privacy.begun'), t('privacy.ended'), t('privacy.activity'), t('entry.team'), t('privacy.programme'), t('entry.kind'), t('privacy.minutes'), t('entry.by'), t('privacy.entry'), t('entry.proof'), t('privacy.state'), t('privacy.undone')]
  return csv([head, ...rows])
}

// saveAs lets the browser keep a file under a name.
export function saveAs(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
