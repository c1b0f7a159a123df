import { addWords } from '.'
import { zh } from './zh/contacts'

addWords(zh, () => import('./en/contacts').then((f) => f.en))
