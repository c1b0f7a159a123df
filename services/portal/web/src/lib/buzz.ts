// buzz lets the phone be felt, where it can. A page that nobody has touched yet
// may not do so, and Chrome writes an error for each try.
export function buzz(): void {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(60)
}
