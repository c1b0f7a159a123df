import { addWords } from '.'
import { zh } from './zh/album'

addWords(zh, () => import('./en/album').then((f) => f.en))
