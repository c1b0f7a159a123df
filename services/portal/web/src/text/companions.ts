import { addWords } from '.'
import { zh } from './zh/companions'

addWords(zh, () => import('./en/companions').then((f) => f.en))
