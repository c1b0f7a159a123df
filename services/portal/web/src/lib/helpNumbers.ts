// Whom to call when a child needs help: what the service says for the place, kept for
// when there is no network; and on a phone that never had one, what is so everywhere.
import { ref } from 'vue'
import { ask, pairings, type Pairings } from '../api/client'
import { keep, kept } from './storage'

export type HelpNumber = Pairings['HelpNumber']

const everywhere: HelpNumber[] = [
  { phone: '110', zh: '报警', en: 'Police' },
  { phone: '120', zh: '急救', en: 'Ambulance' },
  { phone: '12345', zh: '政务服务热线', en: 'City hotline' },
  { phone: '12338', zh: '妇女维权热线', en: "Women's federation" },
  { phone: '12355', zh: '青少年服务热线', en: "Young people's hotline" },
]

function remembered(): HelpNumber[] {
  try {
    const found = JSON.parse(kept('local', 'help_numbers') ?? '[]') as HelpNumber[]
    return found.length > 0 ? found : everywhere
  } catch {
    return everywhere
  }
}

export const helpNumbers = ref<HelpNumber[]>(remembered())

// fetchHelpNumbers brings them up to date while there is network.
export async function fetchHelpNumbers(): Promise<void> {
  try {
    helpNumbers.value = (await ask(pairings.GET('/help-numbers'))).items
    keep('local', 'help_numbers', JSON.stringify(helpNumbers.value))
  } catch {
    // those of last time are as good
  }
}
