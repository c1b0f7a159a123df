import { addWords } from '.'
import { zh } from './zh/credits'

addWords(zh, () => import('./en/credits').then((f) => f.en))
