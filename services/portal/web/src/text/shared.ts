import { addWords } from '.'
import { zh } from './zh/shared'

addWords(zh, () => import('./en/shared').then((f) => f.en))
