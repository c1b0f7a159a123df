import { addWords } from '.'
import { zh } from './zh/memberships'

addWords(zh, () => import('./en/memberships').then((f) => f.en))
