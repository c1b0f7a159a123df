package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Location is a signal, never a gate.
//
// Whoever consented (teams' purpose check_in_location) and let the browser have
// a position is compared with the shift's place after a check-in was answered,
// by their own phone. Where they are never leaves it. What it may tell is one
// bit, away, and only when it is sure: the measured position is good to 100
// metres, and still more than a kilometre outside the place, since maps here are
// shifted by up to 600 metres (GCJ-02). An imprecise position, none, a place
// that nobody marked and a claim that was kept without network tell nothing.
//
// A phone can be made to say anything, so the bit takes and gives little. It
// turns grade A into B and asks the person under RulePlace when the attendance
// is confirmed; a person decides. It never raises a grade: there is no A without
// the code. Without a code it changes nothing but the question.
//
// The bit is kept apart from the attendance, in no event and no log, and goes
// when the attendance was decided, when the consent is taken back, and at last
// after AwayLife.

const (
	// PlaceRadius is how far around its point an activity takes place, in metres.
	PlaceRadius = 300
	// awayWithin is how long after a claim its phone may still say that it is
	// away: later it says nothing about the check-in.
	awayWithin = 5 * time.Minute
	// AwayLife is how long the bit is kept at most, if nobody decides.
	AwayLife = 30 * 24 * time.Hour
)

// Why a phone's word about its place is not kept.
var (
	ErrNoPlaceConsent = apperr.New(apperr.Forbidden, "no_place_consent", "没有同意过签到时核对位置，什么也没有记下。", "There is no consent to compare places at check-in; nothing was kept.")
	ErrNoClaimToPlace = apperr.New(apperr.NotFound, "no_such_claim", "没有这次签到，或者已经过了一会儿。", "There is no such check-in, or it was some time ago.")
)

// Spot is where a shift takes place, for a phone to compare itself with.
type Spot struct {
	Latitude, Longitude float64
	Radius              int // metres
}

// SpotOf returns where a shift takes place, nil where nobody marked it.
func SpotOf(latitude, longitude float64) *Spot {
	if latitude == 0 && longitude == 0 {
		return nil
	}
	return &Spot{Latitude: latitude, Longitude: longitude, Radius: PlaceRadius}
}

// Places reports whether a claim is one of a person's own with network, after
// which the phone may compare places.
func (c Claim) Places() bool { return c.Signed == nil && !c.Evidence.Seen() }

// AwaySince returns since when a claim may have come about which a phone says
// now that it is away.
func AwaySince(now time.Time) time.Time { return now.Add(-awayWithin) }

// AskAboutPlace returns the question that follows when an attendance was
// confirmed whose phone said that it was away.
func AskAboutPlace(a Attendance, teamID string) Finding {
	return Finding{
		Rule: RulePlace, Key: string(RulePlace) + " " + a.ID, VolunteerID: a.VolunteerID,
		AttendanceIDs: []string{a.ID}, ShiftID: a.ShiftID, TeamID: teamID,
	}
}
