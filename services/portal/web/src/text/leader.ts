import { addWords } from '.'
import { zh } from './zh/leader'

addWords(zh, () => import('./en/leader').then((f) => f.en))
