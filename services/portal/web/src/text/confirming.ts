import { addWords } from '.'
import { zh } from './zh/confirming'

addWords(zh, () => import('./en/confirming').then((f) => f.en))
