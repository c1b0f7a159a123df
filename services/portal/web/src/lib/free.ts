// The part of a time that another leaves free, the longest if there are two;
// nothing when all of it overlaps.
export interface Stretch {
  from: string
  to: string
}

export function free(one: Stretch, other: Stretch): Stretch | undefined {
  const before = { from: one.from, to: earlier(one.to, other.from) }
  const after = { from: later(one.from, other.to), to: one.to }
  const longest = length(before) >= length(after) ? before : after
  return length(longest) >= 60_000 ? longest : undefined
}

const length = (s: Stretch) => Date.parse(s.to) - Date.parse(s.from)
const earlier = (a: string, b: string) => (Date.parse(a) < Date.parse(b) ? a : b)
const later = (a: string, b: string) => (Date.parse(a) > Date.parse(b) ? a : b)
