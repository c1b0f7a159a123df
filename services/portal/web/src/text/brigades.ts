import { addWords } from '.'
import { zh } from './zh/brigades'

addWords(zh, () => import('./en/brigades').then((f) => f.en))
