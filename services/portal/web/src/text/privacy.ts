import { addWords } from '.'
import { zh } from './zh/privacy'

addWords(zh, () => import('./en/privacy').then((f) => f.en))
