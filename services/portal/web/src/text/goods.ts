import { addWords } from '.'
import { zh } from './zh/goods'

addWords(zh, () => import('./en/goods').then((f) => f.en))
