package domain

import "time"

// The waiting list (候补) is the sign-ups that are waitlisted or offered, in
// the order in which people came.

// MoveLine does to a shift and its line what has become due by now, and returns
// those of the line that changed:
//
//   - an offer that ended lapses. One that was held passes on: its person leaves
//     the line, else somebody who does not answer would be asked for ever;
//   - when seats are free they are offered (TermsAt), to whoever can take one;
//   - when the seats that were open to all are gone, those who had the offer
//     wait on, in their old places.
//
// It is the same whoever calls it and however often: a withdrawal, a sign-up,
// the clock. line is everybody who waits, in order.
func (s *Shift) MoveLine(line []SignUp, can func(SignUp) bool, now time.Time) []SignUp {
	before := make(map[string]SignUpState, len(line))
	for i := range line {
		before[line[i].ID] = line[i].State
		s.lapse(&line[i], now)
	}
	if terms, ok := TermsAt(now, s.StartsAt); ok && s.State == ShiftOpen {
		for i := range line {
			u := &line[i]
			switch {
			case u.State == SignUpWaitlisted && s.Taken < s.Capacity && can(*u):
				s.offer(u, terms, now)
			case u.State == SignUpOffered && !u.Held && s.Taken >= s.Capacity:
				u.State = SignUpWaitlisted
				u.endOffer()
			}
		}
	}
	var changed []SignUp
	for _, u := range line {
		if u.State != before[u.ID] {
			u.Version++
			changed = append(changed, u)
		}
	}
	return changed
}

func (s *Shift) offer(u *SignUp, terms Terms, now time.Time) {
	u.State, u.Held, u.OfferedAt, u.OfferEndsAt = SignUpOffered, terms.Held, now, terms.EndsAt
	if terms.Held {
		s.Taken++
	}
}

// lapse ends an offer whose time is over; the shift may begin earlier than it did.
func (s *Shift) lapse(u *SignUp, now time.Time) {
	if u.State != SignUpOffered || now.Before(u.OfferEndsAt) && now.Before(s.StartsAt) {
		return
	}
	u.State = SignUpWaitlisted // nobody's fault: somebody else was first, or the shift began
	if u.Held {
		u.State = SignUpDeclined
		s.Taken--
		s.Waiting--
	}
	u.endOffer()
}

// accept takes the seat that is offered to somebody. Where the first taker has
// it and it is gone, they wait on.
func (s *Shift) accept(u *SignUp) {
	switch {
	case !u.Held && s.Taken >= s.Capacity:
		u.State = SignUpWaitlisted
	case !u.Held:
		s.Taken++
		fallthrough
	default:
		u.State = SignUpConfirmed
		s.Waiting--
	}
	u.endOffer()
}

func (u *SignUp) endOffer() {
	u.Held, u.OfferedAt, u.OfferEndsAt = false, time.Time{}, time.Time{}
}
