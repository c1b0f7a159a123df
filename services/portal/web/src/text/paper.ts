import { addWords } from '.'
import { zh } from './zh/paper'

addWords(zh, () => import('./en/paper').then((f) => f.en))
