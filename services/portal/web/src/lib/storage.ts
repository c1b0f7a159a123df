// Small things kept in the browser. Storage may be full or forbidden (private
// windows, some embedded browsers); then nothing is kept and nothing breaks.
function area(kind: 'local' | 'session'): Storage | undefined {
  try {
    return kind === 'local' ? window.localStorage : window.sessionStorage
  } catch {
    return undefined
  }
}

export function keep(kind: 'local' | 'session', name: string, value: string): void {
  try {
    area(kind)?.setItem(`qihe.${name}`, value)
  } catch {
    // Full: the page works on without the memory.
  }
}

export function kept(kind: 'local' | 'session', name: string): string | undefined {
  try {
    return area(kind)?.getItem(`qihe.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export function forget(kind: 'local' | 'session', name: string): void {
  try {
    area(kind)?.removeItem(`qihe.${name}`)
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
