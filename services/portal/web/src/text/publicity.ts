import { addWords } from '.'
import { zh } from './zh/publicity'

addWords(zh, () => import('./en/publicity').then((f) => f.en))
