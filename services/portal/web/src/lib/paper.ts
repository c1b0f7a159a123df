// What a leader says about the rows of a printed sheet before typing them in.
import type { Tasks } from '../api/client'
import { endOf } from './confirmation'
import { timeInput } from './time'

export interface RowDraft {
  absent?: boolean
  from?: string // HH:MM; absent: the shift's
  to?: string
  who?: { volunteer_id: string; name: string } // who signed an empty row
}
export type RowDrafts = Record<string, RowDraft> // by row code

type Sheet = Pick<Tasks['Sheet'], 'rows'> & { shift: Pick<Tasks['Shift'], 'starts_at' | 'ends_at'> }

// open are the rows about which the paper can say something new.
export const open = (row: Tasks['SheetRow']) => !row.typed && (row.state === 'expected' || row.state === 'open' || row.state === 'unconfirmed')

// rowsOf are the rows to be sent: everybody on the list but for who was absent,
// and the empty ones that somebody signed.
export function rowsOf(sheet: Sheet, drafts: RowDrafts): Tasks['NewSheetRow'][] {
  const { shift } = sheet
  return sheet.rows
    .filter((r) => open(r) && !drafts[r.code]?.absent && (!r.empty || drafts[r.code]?.who))
    .map((r) => {
      const d = drafts[r.code]
      return {
        code: r.code,
        from: endOf(shift, d?.from ?? timeInput(shift.starts_at)),
        to: endOf(shift, d?.to ?? timeInput(shift.ends_at)),
        ...(r.empty && d?.who ? { volunteer_id: d.who.volunteer_id } : {}),
      }
    })
}
