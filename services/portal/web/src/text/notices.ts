import { addWords } from '.'
import { zh } from './zh/notices'

addWords(zh, () => import('./en/notices').then((f) => f.en))
