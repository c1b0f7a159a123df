import { addWords } from '.'
import { zh } from './zh/credentials'

addWords(zh, () => import('./en/credentials').then((f) => f.en))
