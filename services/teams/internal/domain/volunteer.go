package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrNoVolunteer says that there is no such person.
var ErrNoVolunteer = apperr.New(apperr.NotFound, "no_such_volunteer", "没有这位志愿者。", "There is no such volunteer.")

// Volunteer is a person 志愿者.
type Volunteer struct {
	ID           string
	Number       string // 志愿者编号, never the number of an identity card (MZ/T 061-2015)
	Name         string
	Phone        Phone // empty for somebody without one
	BoardConsent bool  // the name may stand on public boards (条例 art. 20)
	Minor        bool
	JoinedAt     time.Time
	Version      int64
}

// SetBoardConsent keeps what the volunteer says about their name on boards and
// reports whether that is new. Saying the same again changes nothing.
func (v *Volunteer) SetBoardConsent(consent bool) bool {
	if v.BoardConsent == consent {
		return false
	}
	v.BoardConsent = consent
	v.Version++
	return true
}
