// Holidays and 调休 days, by day of the city; asked once for as long as the page is open.
import { shallowRef } from 'vue'
import { ask, tasks, type Tasks } from '../api/client'

const known = shallowRef<Record<string, Tasks['Holiday']>>({})
let asked = false

// useHolidays is empty until the list has come, and stays so when it cannot.
export function useHolidays() {
  if (!asked) {
    asked = true
    ask(tasks.GET('/holidays'))
      .then((list) => (known.value = Object.fromEntries(list.items.map((h) => [h.day, h]))))
      .catch(() => (asked = false))
  }
  return known
}

// readHolidays reads what was pasted, a day a line: 2026-10-01 国庆节 休, or 班 for
// a day that is worked. wrong are the lines that it cannot read.
export function readHolidays(text: string): { items: Tasks['Holiday'][]; wrong: string[] } {
  const items: Tasks['Holiday'][] = []
  const wrong: string[] = []
  for (const line of text.split('\n').map((l) => l.trim()).filter(Boolean)) {
    const m = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s,，\t]+([^\s,，]+)(?:[\s,，\t]+(休|班|放假|上班))?$/.exec(line)
    if (!m) wrong.push(line)
    else items.push({ day: `${m[1]}-${m[2]?.padStart(2, '0')}-${m[3]?.padStart(2, '0')}`, name: m[4] ?? '', works: /班/.test(m[5] ?? '') })
  }
  return { items, wrong }
}
