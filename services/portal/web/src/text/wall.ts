import { addWords } from '.'
import { zh } from './zh/wall'

addWords(zh, () => import('./en/wall').then((f) => f.en))
