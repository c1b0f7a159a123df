import { addWords } from '.'
import { zh } from './zh/training'

addWords(zh, () => import('./en/training').then((f) => f.en))
