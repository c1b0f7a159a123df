import { addWords } from '.'
import { zh } from './zh/national'

addWords(zh, () => import('./en/national').then((f) => f.en))
