import { addWords } from '.'
import { zh } from './zh/figures'

addWords(zh, () => import('./en/figures').then((f) => f.en))
