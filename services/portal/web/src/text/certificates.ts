import { addWords } from '.'
import { zh } from './zh/certificates'

addWords(zh, () => import('./en/certificates').then((f) => f.en))
