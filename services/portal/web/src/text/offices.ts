import { addWords } from '.'
import { zh } from './zh/offices'

addWords(zh, () => import('./en/offices').then((f) => f.en))
