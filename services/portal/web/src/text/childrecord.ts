import { addWords } from '.'
import { zh } from './zh/childrecord'

addWords(zh, () => import('./en/childrecord').then((f) => f.en))
