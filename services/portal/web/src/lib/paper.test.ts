import { describe, expect, it } from 'vitest'
import type { Tasks } from '../api/client'
import { rowsOf } from './paper'

const shift = { starts_at: '2026-11-23T01:00:00Z', ends_at: '2026-11-23T03:30:00Z' }
const row = (code: string, more: Partial<Tasks['SheetRow']> = {}): Tasks['SheetRow'] => ({ code, name: '王桂兰', empty: false, typed: false, state: 'expected', ...more })

describe('rowsOf', () => {
  it('takes everybody to have come for the whole shift, but for the exceptions', () => {
    const rows = [
      row('AAAAA'),
      row('BBBBB'),
      row('CCCCC'),
      row('DDDDD', { state: 'closed' }),
      row('EEEEE', { typed: true }),
      row('FFFFF', { empty: true, name: '' }),
      row('GGGGG', { empty: true, name: '' }),
    ]
    const drafts = { BBBBB: { absent: true }, CCCCC: { from: '10:15' }, GGGGG: { who: { volunteer_id: 'v', name: '李秀英' } } }
    expect(rowsOf({ shift, rows }, drafts)).toEqual([
      { code: 'AAAAA', from: '2026-11-23T09:00:00+08:00', to: '2026-11-23T11:30:00+08:00' },
      { code: 'CCCCC', from: '2026-11-23T10:15:00+08:00', to: '2026-11-23T11:30:00+08:00' },
      { code: 'GGGGG', from: '2026-11-23T09:00:00+08:00', to: '2026-11-23T11:30:00+08:00', volunteer_id: 'v' },
    ])
  })
})
