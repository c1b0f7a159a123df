import { addWords } from '.'
import { zh } from './zh/people'

addWords(zh, () => import('./en/people').then((f) => f.en))
