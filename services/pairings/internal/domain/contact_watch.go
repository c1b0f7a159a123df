package domain

import "time"

// Stand is how a pairing stands with one duty.
type Stand struct {
	Due  time.Time // by when the next contact is asked for; zero: none is
	Rung Rung      // how far the silence has climbed since
}

// ContactWatch is how a pairing stands with its contacts.
type ContactWatch struct {
	PairingID  string
	BeganAt    time.Time // since when contacts are asked for
	LookAt     time.Time // when the clock looks again; zero: nothing is asked for
	Meet, Call Stand
}

// Of returns how the pairing stands with a duty.
func (w ContactWatch) Of(d Duty) Stand {
	if d == DutyMeet {
		return w.Meet
	}
	return w.Call
}

// Highest returns the higher of its rungs.
func (w ContactWatch) Highest() Rung { return max(w.Meet.Rung, w.Call.Rung) }

// Silence is one that has climbed to a rung.
type Silence struct {
	PairingID string
	Duty      Duty
	Stand
}

// Silences returns those of the pairing.
func (w ContactWatch) Silences() (all []Silence) {
	for _, d := range Duties {
		if s := w.Of(d); s.Rung > NoRung {
			all = append(all, Silence{w.PairingID, d, s})
		}
	}
	return all
}

// Judge returns how the pairing stands at an instant. Who is paused, and who has ended,
// owes nothing.
func (w ContactWatch) Judge(p Pairing, plans ContactPlans, made []Made, pauses []Pause, now time.Time) ContactWatch {
	w.LookAt, w.Meet, w.Call = time.Time{}, Stand{}, Stand{}
	if !p.Meets() {
		return w
	}
	w.LookAt = plans.Next(now)
	for _, d := range Duties {
		var s Stand
		var next time.Time
		if s.Due = Due(d, plans, w.BeganAt, made, pauses, now); s.Due.IsZero() {
			continue
		}
		s.Rung, next = Climbed(plans.On(s.Due), s.Due, pauses, now)
		if d == DutyMeet {
			w.Meet = s
		} else {
			w.Call = s
		}
		if !next.IsZero() && (w.LookAt.IsZero() || next.Before(w.LookAt)) {
			w.LookAt = next
		}
	}
	return w
}
