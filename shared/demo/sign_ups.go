package demo

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"
)

// candidate is a member in the draw for a shift.
type candidate struct {
	volunteer int
	key       float64
}

// signUps draws who signs up, eager members more often than others, and when.
// The draw takes the smallest of exponential waiting times, which is drawing
// by weight without putting back.
func (c *City) signUps(r *rand.Rand, t *plannedTask, p plannedShift, s Shift, wanted int) []SignUp {
	seats := c.crews[t.team].seats
	field := make([]candidate, 0, len(seats))
	for i, m := range seats {
		if !m.free(p.day) || !m.since.Before(t.published) {
			continue
		}
		key := r.ExpFloat64() / m.weight
		if p.guest != asItFalls && i == c.show.seat {
			if p.guest == isFree {
				continue
			}
			key = -1
		}
		if i == 0 && !p.past() {
			key = -1 // the leader is there
		}
		field = append(field, candidate{volunteer: m.volunteer, key: key})
	}
	slices.SortFunc(field, func(a, b candidate) int { return cmp.Compare(a.key, b.key) })
	until := c.Day
	if early := s.StartsAt.Add(-2 * time.Hour); early.Before(until) {
		until = early
	}
	drawn := make([]SignUp, min(max(wanted, 2), len(field)))
	for i := range drawn {
		at := t.published.Add(time.Minute)
		if field[i].volunteer != seats[0].volunteer {
			at = instant(r, at, at.Add(time.Duration(float64(until.Sub(at))*r.Float64()))) // sooner rather than later
		}
		drawn[i] = SignUp{ID: newID(at, r), VolunteerID: c.Volunteers[field[i].volunteer].ID, SignedUpAt: at}
	}
	slices.SortFunc(drawn, func(a, b SignUp) int { return a.SignedUpAt.Compare(b.SignedUpAt) })
	return drawn
}

// confirm writes down who of the sign-ups came and how it was proved, and has
// the leader confirm all but her own presence, which is a deputy's to confirm.
// Sometimes a deputy confirms, and the leader her presence.
func (c *City) confirm(r *rand.Rand, k *crew, s *Shift, come int) {
	first, second := c.Volunteers[k.seats[0].volunteer].ID, c.Volunteers[k.seats[1].volunteer].ID
	if r.IntN(8) == 0 {
		first, second = second, first
	}
	s.ConfirmedBy, s.ConfirmedAt = first, c.confirming(r, s.EndsAt)
	missing := map[int]bool{}
	for len(s.SignUps)-len(missing) > come {
		missing[r.IntN(len(s.SignUps))] = true
	}
	for i := range s.SignUps {
		if missing[i] {
			continue
		}
		a := present(r, s, verification(r, k.scans))
		a.ConfirmedBy = first
		if s.SignUps[i].VolunteerID == first {
			a.ConfirmedBy = second
		}
		s.SignUps[i].Attendance = &a
	}
}

// confirming returns when a shift was confirmed: mostly soon after, else one
// of the next evenings, and always before today.
func (c *City) confirming(r *rand.Rand, ended time.Time) time.Time {
	if r.IntN(10) < 7 {
		return ended.Add(time.Duration(between(r, 10*60, 90*60)) * time.Second)
	}
	y, m, d := ended.Date()
	evening := time.Date(y, m, d+between(r, 1, 2), 19, between(r, 0, 179), between(r, 0, 59), 0, ended.Location())
	if evening.Before(c.Day) {
		return evening
	}
	return ended.Add(time.Duration(between(r, 10*60, 90*60)) * time.Second)
}

// verification draws a grade: 55, 25, 15 and 5 in a hundred over the city,
// with teams that scan more and teams that scan less.
func verification(r *rand.Rand, scans float64) string {
	a := 0.55 + scans
	rest := (r.Float64() - a) / (1 - a)
	switch {
	case rest < 0:
		return "A"
	case rest < 25.0/45:
		return "B"
	case rest < 40.0/45:
		return "C"
	}
	return "D"
}

// present makes an attendance. What was entered afterwards is as long as the
// shift; what was seen has people come early or late and leave when they must.
// Only time within the shift counts, in whole minutes.
func present(r *rand.Rand, s *Shift, verification string) Attendance {
	a := Attendance{Verification: verification, CheckedIn: s.StartsAt, CheckOut: s.EndsAt}
	if verification == "A" || verification == "B" {
		in, out := -between(r, 0, 20*60), between(r, 0, 10*60)
		if r.IntN(100) < 12 {
			in = between(r, 60, 30*60)
		}
		if r.IntN(100) < 8 {
			out = -between(r, 5*60, 40*60)
		}
		a.CheckedIn = s.StartsAt.Add(time.Duration(in) * time.Second)
		a.CheckOut = s.EndsAt.Add(time.Duration(out) * time.Second)
	}
	a.ID = newID(a.CheckedIn, r)
	a.From, a.To = a.CheckedIn, a.CheckOut
	if a.From.Before(s.StartsAt) {
		a.From = s.StartsAt
	}
	if a.To.After(s.EndsAt) {
		a.To = s.EndsAt
	}
	a.Minutes = int(a.To.Sub(a.From) / time.Minute)
	return a
}
