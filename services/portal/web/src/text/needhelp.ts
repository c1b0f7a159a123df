import { addWords } from '.'
import { zh } from './zh/needhelp'

addWords(zh, () => import('./en/needhelp').then((f) => f.en))
