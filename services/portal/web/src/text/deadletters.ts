import { addWords } from '.'
import { zh } from './zh/deadletters'

addWords(zh, () => import('./en/deadletters').then((f) => f.en))
