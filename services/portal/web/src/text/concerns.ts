import { addWords } from '.'
import { zh } from './zh/concerns'

addWords(zh, () => import('./en/concerns').then((f) => f.en))
