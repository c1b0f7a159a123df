import type { zh } from '../zh/list'

// English: what every list says.
export const en: Record<keyof typeof zh, string> = {
  'list.search': 'Characters or pinyin initials',
  'list.none_found': 'Nothing found',
  'list.none_found_text': 'Try other words, or take away the filters.',
  'list.clear': 'Clear search and filters',
  'list.shown_more': '{n} shown, more follow',
  'list.shown_all': '{n} in all',
  'list.tick': 'Select this line',
  'list.tick_all': 'Select all that are shown',
}
