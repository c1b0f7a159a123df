// Location as a signal (docs/check-in.md): after a check-in was answered, this
// phone compares for itself where it is with where the shift is. The position
// stays in this function; at most one word is sent, and only when it is sure.
// Fetched only for those who consented.
import { ask, tasks, type Tasks } from '../api/client'

export interface Position {
  latitude: number
  longitude: number
  accuracy: number // metres
}

const fuzz = 1000 // metres that maps here may be off (GCJ-02), and people around a place
const preciseTo = 100 // metres; what is less precise says nothing

// isAway reports whether a measured position is surely far from a place.
export function isAway(here: Position, spot: Tasks['Spot']): boolean {
  return here.accuracy <= preciseTo && metresBetween(here, spot) - here.accuracy > spot.radius + fuzz
}

// metresBetween is how far two points are apart on a round earth.
export function metresBetween(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const high = Math.sin(rad(b.latitude - a.latitude) / 2)
  const wide = Math.sin(rad(b.longitude - a.longitude) / 2)
  const h = high * high + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * wide * wide
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)))
}

// mayLook reports whether the browser gives a position without asking: the
// question belongs to the page of consents, never to the gate.
export async function mayLook(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false // a browser that cannot say
  }
}

// sayIfAway tells the service, once, if this phone is surely elsewhere. Whatever
// goes wrong is nobody's matter.
export async function sayIfAway(claimId: string, spot: Tasks['Spot']): Promise<void> {
  if (!(await mayLook())) return
  const how = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 }
  const here = await new Promise<Position | undefined>((done) =>
    navigator.geolocation.getCurrentPosition(({ coords }) => done(coords), () => done(undefined), how),
  )
  if (here && isAway(here, spot)) await ask(tasks.POST('/away', { body: { claim_id: claimId } })).catch(() => {})
}

// allowPlace has the browser ask, on the page of consents, and says what came of it.
export async function allowPlace(): Promise<boolean> {
  if (!navigator.geolocation) return false
  await new Promise<void>((done) => navigator.geolocation.getCurrentPosition(() => done(), () => done(), { maximumAge: Infinity, timeout: 20_000 }))
  return mayLook()
}
