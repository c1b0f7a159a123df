import { addWords } from '.'
import { zh } from './zh/history'

addWords(zh, () => import('./en/history').then((f) => f.en))
