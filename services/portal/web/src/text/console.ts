import { addWords } from '.'
import { zh } from './zh/console'

addWords(zh, () => import('./en/console').then((f) => f.en))
