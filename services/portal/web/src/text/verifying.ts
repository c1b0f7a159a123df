import { addWords } from '.'
import { zh } from './zh/verifying'

addWords(zh, () => import('./en/verifying').then((f) => f.en))
