import { addWords } from '.'
import { zh } from './zh/consent'

addWords(zh, () => import('./en/consent').then((f) => f.en))
