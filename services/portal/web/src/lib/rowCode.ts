// Row codes of printed sheets, as shared/luhn makes them: no 0 and O, no 1 and
// I; the last letter checks the others.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

// readCode returns a code as it was meant, however it was typed; '' when it is
// mistyped.
export function readCode(typed: string): string {
  const code = typed
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s　-]/g, '')
    .toUpperCase()
  let sum = 0
  for (let i = 0; i < code.length; i++) {
    let d = letters.indexOf(code.charAt(code.length - 1 - i))
    if (d < 0) return ''
    if (i % 2 === 1) {
      d *= 2
      d = Math.floor(d / letters.length) + (d % letters.length)
    }
    sum += d
  }
  return code.length > 1 && sum % letters.length === 0 ? code : ''
}
