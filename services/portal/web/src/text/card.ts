import { addWords } from '.'
import { zh } from './zh/card'

addWords(zh, () => import('./en/card').then((f) => f.en))
