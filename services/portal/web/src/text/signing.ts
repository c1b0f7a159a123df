import { addWords } from '.'
import { zh } from './zh/signing'

addWords(zh, () => import('./en/signing').then((f) => f.en))
