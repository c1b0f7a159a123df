import { addWords } from '.'
import { zh } from './zh/reports'

addWords(zh, () => import('./en/reports').then((f) => f.en))
