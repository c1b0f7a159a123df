import { addWords } from '.'
import { zh } from './zh/joint'

addWords(zh, () => import('./en/joint').then((f) => f.en))
