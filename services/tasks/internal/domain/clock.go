package domain

import "time"

// Sighting is one end of an attendance as a phone kept it.
type Sighting struct {
	ClaimID, VolunteerID string
	DeviceID             string
	Kind                 ClaimKind
	Method               Method
	At                   time.Time // what counts
	Observed             time.Time // by the phone's clock, which does not
	ReceivedAt           time.Time
}

// strayLeast is what two durations may differ by however short they are: a
// code counts from the beginning of its step, and is seen in it or after.
const strayLeast = 3 * Step

// Strays reports whether the phone's own clock ran differently between the two
// ends than time did, by more than a tenth: it was set forward or back
// meanwhile. It changes no minutes; the leader is shown it.
func Strays(in, out Sighting) bool {
	phone, real := out.Observed.Sub(in.Observed), out.At.Sub(in.At)
	longer, shorter := max(phone, real), min(phone, real)
	return longer-shorter > strayLeast && float64(longer) > 1.1*float64(shorter)
}

// StrayClocks returns, of the sightings of a shift, the ways out whose phone's
// clock strayed since the same phone saw the way in.
func StrayClocks(sightings []Sighting) []DoubtedClaim {
	type place struct{ volunteer, device string }
	ins := map[place]Sighting{}
	for _, s := range sightings {
		if s.Kind == ClaimIn {
			ins[place{s.VolunteerID, s.DeviceID}] = s
		}
	}
	var found []DoubtedClaim
	for _, out := range sightings {
		in, ok := ins[place{out.VolunteerID, out.DeviceID}]
		if ok && out.Kind == ClaimOut && Strays(in, out) {
			found = append(found, DoubtedClaim{
				ClaimID: out.ClaimID, VolunteerID: out.VolunteerID, Kind: ClaimOut, Method: out.Method, Doubt: DoubtStrays, At: out.At, ReceivedAt: out.ReceivedAt,
			})
		}
	}
	return found
}
