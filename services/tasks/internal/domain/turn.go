package domain

import (
	"bytes"
	"crypto/sha256"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Who confirms whom.
//
// Whoever leads the team confirms what happened at a shift, but nobody confirms
// themself, under whichever record, nor somebody of their own household. What
// none of those who lead may confirm climbs a ladder (ADR 43):
//
//	leader    those who lead the team                                for 7 days, then the office
//	deputy    another who leads the team, of the leader's own hours  for 3 days, then a member
//	member    one who was there, picked by the system                for 3 days, then the office
//	office    the federation of the team's region
//	township  the same, from the township up: nobody else was there
//
// The one who is picked is decided by a hash over the attendance and the
// people, so that no leader chooses who vouches for her.

// Turn says whose turn it is to confirm an attendance.
type Turn string

// The turns.
const (
	TurnNone     Turn = "" // the shift is not over
	TurnLeader   Turn = "leader"
	TurnDeputy   Turn = "deputy"
	TurnMember   Turn = "member"
	TurnOffice   Turn = "office"
	TurnTownship Turn = "township"
)

const (
	leaderTime = 7 * 24 * time.Hour
	rungTime   = 3 * 24 * time.Hour
)

// Why somebody may not decide about an attendance.
var (
	ErrSameHousehold = apperr.New(apperr.Forbidden, "same_household", "这是您家人的时长，要由别人确认。", "These are hours of somebody of your household; another person must confirm them.")
	ErrNotYourTurn   = apperr.New(apperr.Forbidden, "not_your_turn", "这一条现在不由您确认。", "This is not yours to confirm now.")
)

// Decider is somebody who may decide about attendances of one team.
type Decider struct {
	ID        string
	Self      Person
	Household Person // all records of those who live with them
	Leads     bool   // the team, or stands for its leaders
	Office    bool   // of the team's region
	Township  bool   // of the team's region, from the township up
}

// May returns nil when the attendance is theirs to decide.
func (d Decider) May(a Attendance) error {
	switch {
	case d.Self.Is(a.VolunteerID):
		return ErrOwnAttendance
	case d.Household.Is(a.VolunteerID):
		return ErrSameHousehold
	case d.Leads, a.Turn == TurnMember && d.Self.Is(a.TurnOf), a.Turn == TurnOffice && d.Office, a.Turn == TurnTownship && d.Township:
		return nil
	}
	return ErrNotYourTurn
}

// Ladder is what decides whose turn it is at one shift.
type Ladder struct {
	Leaders    []string // who leads the team now
	Present    []string // whose presence is known and was not rejected
	Persons    map[string]Person
	Households map[string]Person // by record: all records of those who live with that person
}

// Judge sets whose turn it is when a shift is over, and reports whether somebody
// new has it.
func (l Ladder) Judge(a *Attendance, s Shift, now time.Time) bool {
	before, of := a.Turn, a.TurnOf
	switch {
	case a.Decided() || !a.there():
		return false
	case a.Turn == TurnNone:
		l.first(a, s, now)
	case a.TurnUntil.IsZero() || now.Before(a.TurnUntil):
		return false
	case a.Turn == TurnDeputy:
		l.member(a, now)
	default:
		a.turn(TurnOffice, time.Time{})
	}
	return a.Turn != before || a.TurnOf != of
}

func (l Ladder) first(a *Attendance, s Shift, now time.Time) {
	blocked, free := false, false
	for _, leader := range l.Leaders {
		if l.apart(leader, a.VolunteerID) {
			free = true
		} else {
			blocked = true
		}
	}
	switch {
	case !blocked:
		a.turn(TurnLeader, s.EndsAt.Add(leaderTime))
	case free:
		a.turn(TurnDeputy, s.EndsAt.Add(rungTime))
	default:
		l.member(a, now)
	}
}

// member picks one who was there and lives elsewhere.
func (l Ladder) member(a *Attendance, now time.Time) {
	var (
		alone = true
		least []byte
		pick  string
	)
	for _, other := range l.Present {
		if l.Persons[a.VolunteerID].Is(other) {
			continue
		}
		alone = false
		if !l.apart(other, a.VolunteerID) {
			continue
		}
		if h := sha256.Sum256([]byte(a.ID + other)); least == nil || bytes.Compare(h[:], least) < 0 {
			least, pick = h[:], other
		}
	}
	switch {
	case pick != "":
		a.turn(TurnMember, now.Add(rungTime))
		a.TurnOf = pick
	case alone:
		a.turn(TurnTownship, time.Time{})
	default:
		a.turn(TurnOffice, time.Time{})
	}
}

// apart reports whether two records are of two people who do not live together.
func (l Ladder) apart(x, y string) bool { return !l.Persons[x].Is(y) && !l.Households[x].Is(y) }

func (a *Attendance) turn(t Turn, until time.Time) { a.Turn, a.TurnOf, a.TurnUntil = t, "", until }
