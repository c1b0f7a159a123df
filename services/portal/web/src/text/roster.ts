import { addWords } from '.'
import { zh } from './zh/roster'

addWords(zh, () => import('./en/roster').then((f) => f.en))
