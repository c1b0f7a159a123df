import { addWords } from '.'
import { zh } from './zh/pauses'

addWords(zh, () => import('./en/pauses').then((f) => f.en))
