package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var (
	// ErrNoPurpose says that nobody is asked for such a consent.
	ErrNoPurpose = apperr.New(apperr.NotFound, "no_such_purpose", "没有这一项同意。", "There is no such consent.")
	// ErrTextChanged says that the words have changed since they were shown.
	ErrTextChanged = apperr.New(apperr.Conflict, "text_changed", "这一项的说明刚刚更新过，请看一遍新的说明再决定。", "The words of this consent have just changed; please read them again before you decide.")
	// ErrGuardianDecides says that a minor cannot agree alone (PIPL art. 31, 民法典 art. 19).
	ErrGuardianDecides = apperr.New(apperr.Forbidden, "guardian_decides", "未满十八岁，要由监护人同意。请监护人到妇联办理；收回随时可以自己来。", "Under eighteen, a guardian has to agree, at the federation’s office. You can take a consent back yourself at any time.")
)

// Purpose is what a consent is asked for; each is given by itself.
type Purpose string

// The purposes: the name on boards (条例 art. 20), seeing and being seen as a
// neighbour in one's rank, a phone that compares its place at check-in, records
// in the national system (条例 art. 7).
const (
	BoardName       Purpose = "board_name"
	RankNeighbours  Purpose = "rank_neighbours"
	CheckInLocation Purpose = "check_in_location"
	NationalSystem  Purpose = "national_system"
)

// Purposes are all of them, in the order in which they are asked.
var Purposes = []Purpose{BoardName, RankNeighbours, CheckInLocation, NationalSystem}

// ConsentText is what somebody reads before they agree. It never changes; new
// words are a new version.
type ConsentText struct {
	Purpose  Purpose
	Version  int
	Zh, En   string
	From     time.Time
	Material bool // says something new: earlier consents count no longer
}

// Who says whether a consent is given.
const (
	SaidBySelf      = "self"
	SaidByGuardian  = "guardian"
	SaidByTakenOver = "taken_over" // by the person, before texts had numbers
	SaidByMerging   = "merged"     // a no: two records of the person had said different things
)

// Consent is one yes or no. It is never changed; the last of a purpose counts.
type Consent struct {
	ID          string
	VolunteerID string
	Purpose     Purpose
	TextVersion int
	Given       bool // false: withdrawn
	At          time.Time
	SaidBy      string
	RecordedBy  string // id; empty: Qihe
}

// ConsentState is how a consent stands.
type ConsentState string

// The states of a consent. Nobody is ever taken to agree by saying nothing
// (PIPL art. 14). ConsentRenew is one that was given to words that say less
// than today's: it does not count until it is given again.
const (
	ConsentNever     ConsentState = "never"
	ConsentGiven     ConsentState = "given"
	ConsentWithdrawn ConsentState = "withdrawn"
	ConsentRenew     ConsentState = "renew"
)

// CurrentText returns the newest text of a purpose that is good now.
func CurrentText(texts []ConsentText, purpose Purpose, now time.Time) (ConsentText, error) {
	var current ConsentText
	for _, t := range texts {
		if t.Purpose == purpose && !now.Before(t.From) && t.Version > current.Version {
			current = t
		}
	}
	if current.Version == 0 {
		return ConsentText{}, ErrNoPurpose
	}
	return current, nil
}

// LeastVersion returns the oldest version to which a yes still counts: the
// newest that said something new, 0 when none did.
func LeastVersion(texts []ConsentText, purpose Purpose, now time.Time) int {
	least := 0
	for _, t := range texts {
		if t.Purpose == purpose && t.Material && !now.Before(t.From) {
			least = max(least, t.Version)
		}
	}
	return least
}

// StateOf returns how the consent for a purpose stands now, by all that was
// said of it, oldest first, and since when.
func StateOf(said []Consent, texts []ConsentText, purpose Purpose, now time.Time) (ConsentState, time.Time) {
	state, since := ConsentNever, time.Time{}
	for _, c := range said {
		switch {
		case c.Purpose != purpose:
			continue
		case !c.Given:
			state = ConsentWithdrawn
		case c.TextVersion < LeastVersion(texts, purpose, now):
			state = ConsentRenew
		default:
			state = ConsentGiven
		}
		since = c.At
	}
	return state, since
}

// Say returns what a person says now about a purpose, having read version.
// A yes must be to the words that are shown now, and a minor's is the
// guardian's to give; a no needs neither.
func (v Volunteer) Say(current ConsentText, version int, given bool, now time.Time) (Consent, error) {
	if given && v.MinorAt(now) {
		return Consent{}, ErrGuardianDecides
	}
	if given && version != current.Version {
		return Consent{}, ErrTextChanged
	}
	return Consent{
		ID: id.New(), VolunteerID: v.ID, Purpose: current.Purpose, TextVersion: current.Version, Given: given,
		At: now, SaidBy: SaidBySelf, RecordedBy: v.ID,
	}, nil
}

// GuardianSays returns what a minor's guardian says about a purpose, having
// read version, as somebody else recorded it. It returns ErrNoMinor or
// ErrTextChanged.
func (v Volunteer) GuardianSays(current ConsentText, version int, given bool, recordedBy string, now time.Time) (Consent, error) {
	if !v.MinorAt(now) {
		return Consent{}, ErrNoMinor
	}
	if given && version != current.Version {
		return Consent{}, ErrTextChanged
	}
	return Consent{
		ID: id.New(), VolunteerID: v.ID, Purpose: current.Purpose, TextVersion: current.Version, Given: given,
		At: now, SaidBy: SaidByGuardian, RecordedBy: recordedBy,
	}, nil
}

// MinorAt reports whether the person is under eighteen at t, as far as is known.
func (v Volunteer) MinorAt(t time.Time) bool {
	return v.Minor && (v.AdultOn.IsZero() || t.Before(v.AdultOn))
}

// SetConsent keeps what counts now for a purpose and reports whether that is
// new. Saying the same again changes nothing.
func (v *Volunteer) SetConsent(purpose Purpose, given bool) bool {
	flag := v.consent(purpose)
	if *flag == given {
		return false
	}
	*flag = given
	v.Version++
	return true
}

func (v *Volunteer) consent(purpose Purpose) *bool {
	switch purpose {
	case RankNeighbours:
		return &v.RankConsent
	case CheckInLocation:
		return &v.LocationConsent
	case NationalSystem:
		return &v.NationalConsent
	}
	return &v.BoardConsent
}

// Consents reports whether the person's consent for a purpose counts now.
func (v Volunteer) Consents(purpose Purpose) bool { return *v.consent(purpose) }

// News reports whether c says something that was not said already: the same
// answer to the same words, or a no of somebody who never agreed, is none.
func (c Consent) News(said []Consent) bool {
	last := Consent{}
	for _, earlier := range said {
		if earlier.Purpose == c.Purpose {
			last = earlier
		}
	}
	if !c.Given {
		return last.Given
	}
	return !last.Given || last.TextVersion != c.TextVersion
}
