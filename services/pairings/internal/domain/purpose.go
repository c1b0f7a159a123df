package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Purpose is on what grounds an officer may read records that are not her own
// cases (查看事由).
type Purpose struct {
	ID         string
	OfficerID  string
	Emergency  bool
	RegionPath string // whose children
	ChildID    string // of these the only one; empty: all

	HouseholdID string // a family instead: then no child is meant
	Reason      string
	AskedAt     time.Time
	EndsAt      time.Time
	DecidedBy   string // empty: waits, or an emergency
	DecidedAt   time.Time
	Approved    bool
	Answer      string // why not
}

// emergencyLasts is for how long a record is open in an emergency.
const emergencyLasts = time.Hour

// What can be wrong with a purpose.
var (
	ErrNoPurpose      = apperr.New(apperr.NotFound, "no_such_purpose", "没有这条查看事由，或者不在您的管辖范围内。", "There is no such purpose, or it is not one of yours.")
	ErrPurposeReason  = apperr.New(apperr.Invalid, "purpose_reason", "请写为什么要看，5 到 200 字，不要写孩子的姓名。", "Please say in 5 to 200 characters what for, without the child's name.")
	ErrPurposeDays    = apperr.New(apperr.Invalid, "purpose_days", "有效期要在 1 到 31 天之间。", "A purpose is good for 1 to 31 days.")
	ErrPurposeOwn     = apperr.New(apperr.Forbidden, "purpose_own", "自己的申请要由另一位负责人批准。", "Your own request is for another officer to decide.")
	ErrPurposeDecided = apperr.New(apperr.Conflict, "purpose_decided", "这条申请已经有人处理过了，请刷新。", "Somebody has decided this already; please reload.")
	ErrPurposeAnswer  = apperr.New(apperr.Invalid, "purpose_answer", "不批准请写原因，200 字以内。", "Please say why not, in at most 200 characters.")
)

// NewPurpose returns a request to read the records of a region, or of one child
// there, for some days.
func NewPurpose(regionPath, childID, reason string, days int, by string, now time.Time) (Purpose, error) {
	if days < 1 || days > 31 {
		return Purpose{}, apperr.For("days", ErrPurposeDays)
	}
	return newPurpose(Purpose{RegionPath: regionPath, ChildID: childID, Reason: reason, OfficerID: by, AskedAt: now, EndsAt: now.AddDate(0, 0, days)})
}

// NewFamilyPurpose returns a request to read one family's record for some days.
func NewFamilyPurpose(h Household, reason string, days int, by string, now time.Time) (Purpose, error) {
	p, err := NewPurpose(h.RegionPath, "", reason, days, by, now)
	p.HouseholdID = h.ID
	return p, err
}

// NewEmergency returns grounds to read one child's record for an hour.
func NewEmergency(c Child, reason, by string, now time.Time) (Purpose, error) {
	return newPurpose(Purpose{Emergency: true, RegionPath: c.RegionPath, ChildID: c.ID, Reason: reason, OfficerID: by, AskedAt: now, EndsAt: now.Add(emergencyLasts)})
}

func newPurpose(p Purpose) (Purpose, error) {
	if p.Reason = strings.TrimSpace(p.Reason); len([]rune(p.Reason)) < 5 || !within(p.Reason, 200) {
		return Purpose{}, apperr.For("reason", ErrPurposeReason)
	}
	p.ID = id.New()
	return p, nil
}

// Decide says yes or no to a request; another person than who asked must.
func (p Purpose) Decide(approved bool, answer, by string, now time.Time) (Purpose, error) {
	answer = strings.TrimSpace(answer)
	switch {
	case p.OfficerID == by:
		return p, ErrPurposeOwn
	case p.Emergency || p.DecidedBy != "":
		return p, ErrPurposeDecided
	case !approved && !within(answer, 200), len([]rune(answer)) > 200:
		return p, apperr.For("answer", ErrPurposeAnswer)
	}
	p.Approved, p.Answer, p.DecidedBy, p.DecidedAt = approved, answer, by, now
	return p, nil
}

// Good reports whether the record may be read on these grounds now.
func (p Purpose) Good(now time.Time) bool { return now.Before(p.EndsAt) && (p.Emergency || p.Approved) }

// Ground is what an opening rests on.
func (p Purpose) Ground() Ground {
	if p.Emergency {
		return Ground{BasisEmergency, p.ID}
	}
	return Ground{BasisPurpose, p.ID}
}
