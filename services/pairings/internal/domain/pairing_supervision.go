package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// awayDays is for how long a supervisor may say that she is away.
const awayDays = 184

// Away notes from which day to which, both included, the supervisor is away; two empty
// ones: she is back.
func (p Pairing) Away(from, until string, now time.Time) (Pairing, error) {
	if !p.Open() {
		return p, ErrNoPairing
	}
	p.AwayFrom, p.AwayUntil = time.Time{}, time.Time{}
	if from != "" || until != "" {
		first, err := time.ParseInLocation(time.DateOnly, from, clock.City)
		last, lastErr := time.ParseInLocation(time.DateOnly, until, clock.City)
		if err != nil || lastErr != nil || last.Before(first) || last.Before(dayOf(now)) || last.After(first.AddDate(0, 0, awayDays)) {
			return p, apperr.For("until", ErrPairingAway)
		}
		p.AwayFrom, p.AwayUntil = first, last.AddDate(0, 0, 1)
	}
	p.Version++
	return p, nil
}

// Supervise names another supervisor and deputy.
func (p Pairing) Supervise(supervisorID, deputyID string) (Pairing, error) {
	switch {
	case !p.Open():
		return p, ErrNoPairing
	case supervisorID == deputyID:
		return p, apperr.For("deputy_id", ErrPairingSupervisor)
	}
	if supervisorID != p.SupervisorID {
		p.AwayFrom, p.AwayUntil = time.Time{}, time.Time{}
	}
	p.SupervisorID, p.DeputyID, p.Version = supervisorID, deputyID, p.Version+1
	return p, nil
}

// Supervising returns who looks after the pairing now: the supervisor, or the deputy while
// she is away or has no authority any more; granted says who has. It is empty when neither
// has: then it is for the officers of the region to name somebody.
func (p Pairing) Supervising(granted func(volunteerID string) bool, now time.Time) string {
	away := !p.AwayFrom.IsZero() && !now.Before(p.AwayFrom) && now.Before(p.AwayUntil)
	switch {
	case granted(p.SupervisorID) && !away:
		return p.SupervisorID
	case granted(p.DeputyID):
		return p.DeputyID
	case granted(p.SupervisorID):
		return p.SupervisorID // nobody else is there
	}
	return ""
}

// What has to be done about a pairing.
const (
	AttentionNobody = "nobody"  // nobody supervises it
	AttentionAnswer = "answers" // not all who are asked have answered
	AttentionReview = "review"  // the trial's end is near
	AttentionPaused = "paused"  // it has stood still for long
)

// How long things may wait.
const (
	AnswersIn    = 14 * 24 * time.Hour // how long a proposal may wait for answers
	ReviewBefore = 14 * 24 * time.Hour // how long before a trial's end it can be reviewed
	PausedLong   = 60 * 24 * time.Hour
)

// Attention returns what has to be done about a pairing, and whether it is overdue; empty
// for nothing. supervised says whether anybody looks after it.
func (p Pairing) Attention(supervised bool, now time.Time) (what string, overdue bool) {
	switch {
	case p.Open() && !supervised:
		return AttentionNobody, true
	case p.State == PairingProposed:
		return AttentionAnswer, now.After(p.ProposedAt.Add(AnswersIn))
	case p.State == PairingTrial && !now.Before(p.TrialEndsAt.Add(-ReviewBefore)):
		return AttentionReview, now.After(p.TrialEndsAt)
	case p.State == PairingPaused && now.After(p.StateAt.Add(PausedLong)):
		return AttentionPaused, true
	}
	return "", false
}

// TrialReminders are how many days before a trial's end who supervises is reminded.
var TrialReminders = []int{14, 0}

// TrialReminder returns which reminder of the trial's end is due: the last one whose day
// has come.
func (p Pairing) TrialReminder(now time.Time) (days int, due bool) {
	if p.State != PairingTrial {
		return 0, false
	}
	for _, d := range TrialReminders {
		if !now.Before(p.TrialEndsAt.AddDate(0, 0, -d)) {
			days, due = d, true
		}
	}
	return days, due
}

// NextLook returns when the clock has to look at an open pairing again, given when the
// authority of who supervises may be another; zero: never.
func (p Pairing) NextLook(now time.Time, authority ...time.Time) (next time.Time) {
	if !p.Open() {
		return time.Time{}
	}
	instants := slices.Concat(authority, []time.Time{p.AwayFrom, p.AwayUntil})
	if p.State == PairingTrial {
		for _, d := range TrialReminders {
			instants = append(instants, p.TrialEndsAt.AddDate(0, 0, -d))
		}
	}
	for _, at := range instants {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}
