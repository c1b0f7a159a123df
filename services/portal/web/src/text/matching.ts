import { addWords } from '.'
import { zh } from './zh/matching'

addWords(zh, () => import('./en/matching').then((f) => f.en))
