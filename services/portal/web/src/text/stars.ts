import { addWords } from '.'
import { zh } from './zh/stars'

addWords(zh, () => import('./en/stars').then((f) => f.en))
