import { addWords } from '.'
import { zh } from './zh/aid'

addWords(zh, () => import('./en/aid').then((f) => f.en))
