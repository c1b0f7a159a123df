import { addWords } from '.'
import { zh } from './zh/programmes'

addWords(zh, () => import('./en/programmes').then((f) => f.en))
