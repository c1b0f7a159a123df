import { addWords } from '.'
import { zh } from './zh/pairings'

addWords(zh, () => import('./en/pairings').then((f) => f.en))
