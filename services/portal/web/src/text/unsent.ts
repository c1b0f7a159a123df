import { addWords } from '.'
import { zh } from './zh/unsent'

addWords(zh, () => import('./en/unsent').then((f) => f.en))
