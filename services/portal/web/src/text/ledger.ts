import { addWords } from '.'
import { zh } from './zh/ledger'

addWords(zh, () => import('./en/ledger').then((f) => f.en))
