import { addWords } from '.'
import { zh } from './zh/swap'

addWords(zh, () => import('./en/swap').then((f) => f.en))
