import { addWords } from '.'
import { zh } from './zh/signin'

addWords(zh, () => import('./en/signin').then((f) => f.en))
