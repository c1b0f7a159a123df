// Breaking Chinese text into lines as printers do (避头尾): no line begins with
// a closing mark or ends with an opening one, and words, numbers and times of
// day stay whole where they fit.

export type Measure = (text: string) => number // width in pixels

const noStart = '，。、；：？！…—·～）》」』】〉”’％%,.;:?!)]}'
const noEnd = '（《「『【〈“‘([{'
const together = ['巾帼', '志愿', '服务'] // of every brigade's name
const inWord = /[A-Za-z0-9:–.\-/@_#&+]/

// wrap returns the lines of a text, each no wider than width wherever a break
// is possible. A line feed in the text ends a line.
export function wrap(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((line) => wrapLine(Array.from(line.trim()), width, measure))
}

function wrapLine(chars: string[], width: number, measure: Measure): string[] {
  const lines: string[] = []
  let from = 0
  while (from < chars.length) {
    let end = from + 1
    while (end < chars.length && measure(chars.slice(from, end + 1).join('').trimEnd()) <= width) end++
    if (end < chars.length) end = breakBefore(chars, from, end)
    lines.push(chars.slice(from, end).join('').trim())
    from = end
    while (chars[from] === ' ') from++
  }
  return lines.length > 0 ? lines : ['']
}

// breakBefore moves a break back to where the rules allow one; if they allow
// none in the line, it stays where it was.
function breakBefore(chars: string[], from: number, end: number): number {
  for (let i = end; i > from; i--) {
    const before = chars[i - 1]!
    const after = chars[i]!
    if (noStart.includes(after) || noEnd.includes(before)) continue
    if (inWord.test(before) && inWord.test(after)) continue
    if (together.includes(before + after)) continue
    return i
  }
  return end
}

// balance is wrap with lines of about the same length: a title does not end in
// a line of one character. It takes no more lines than wrap.
export function balance(text: string, width: number, measure: Measure): string[] {
  const fewest = wrap(text, width, measure)
  if (fewest.length < 2) return fewest
  let [low, high] = [width / 2, width]
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2
    if (wrap(text, middle, measure).length > fewest.length) low = middle
    else high = middle
  }
  return wrap(text, high, measure)
}

// clip keeps the first lines and shows by … that there were more.
export function clip(lines: string[], most: number, width: number, measure: Measure): string[] {
  if (lines.length <= most) return lines
  const last = Array.from(lines[most - 1]!)
  while (last.length > 1 && (measure(last.join('') + '…') > width || noStart.includes(last[last.length - 1]!))) last.pop()
  return [...lines.slice(0, most - 1), `${last.join('')}…`]
}
