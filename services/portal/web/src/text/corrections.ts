import { addWords } from '.'
import { zh } from './zh/corrections'

addWords(zh, () => import('./en/corrections').then((f) => f.en))
