import { addWords } from '.'
import { zh } from './zh/audit'

addWords(zh, () => import('./en/audit').then((f) => f.en))
