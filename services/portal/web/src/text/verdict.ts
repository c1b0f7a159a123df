import { addWords } from '.'
import { zh } from './zh/verdict'

addWords(zh, () => import('./en/verdict').then((f) => f.en))
