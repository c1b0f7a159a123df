import { addWords } from '.'
import { zh } from './zh/list'

addWords(zh, () => import('./en/list').then((f) => f.en))
