import { addWords } from '.'
import { zh } from './zh/profile'

addWords(zh, () => import('./en/profile').then((f) => f.en))
