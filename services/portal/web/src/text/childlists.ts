import { addWords } from '.'
import { zh } from './zh/childlists'

addWords(zh, () => import('./en/childlists').then((f) => f.en))
