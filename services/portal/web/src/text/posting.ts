import { addWords } from '.'
import { zh } from './zh/posting'

addWords(zh, () => import('./en/posting').then((f) => f.en))
