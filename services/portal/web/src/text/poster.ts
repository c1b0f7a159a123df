import { addWords } from '.'
import { zh } from './zh/poster'

addWords(zh, () => import('./en/poster').then((f) => f.en))
