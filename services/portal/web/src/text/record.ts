import { addWords } from '.'
import { zh } from './zh/record'

addWords(zh, () => import('./en/record').then((f) => f.en))
