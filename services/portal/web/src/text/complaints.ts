import { addWords } from '.'
import { zh } from './zh/complaints'

addWords(zh, () => import('./en/complaints').then((f) => f.en))
