import { addWords } from '.'
import { zh } from './zh/children'

addWords(zh, () => import('./en/children').then((f) => f.en))
