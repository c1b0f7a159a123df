package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Evidence is something that a companion parent has shown. It is never changed: a
// newer one takes its place.
type Evidence struct {
	ID          string
	CompanionID string
	Kind        string // a Gate
	ByID        string // who recorded or signed it
	Passed      bool
	HeldOn      time.Time // the day of the check, the interview, the signature
	GoodUntil   time.Time
	CodeVersion int    // of what was signed; 0: nothing was
	Sealed      []byte // EvidenceNote; of checks and interviews
	RecordedAt  time.Time
}

// EvidenceNote is what a check or an interview says: sealed.
type EvidenceNote struct {
	Note    string `json:"note,omitempty"`
	Archive string `json:"archive,omitempty"` // where the paper lies (存放位置)
}

// NewEvidence is what an officer records.
type NewEvidence struct {
	Kind   string // GateOffence | GateInterview
	Passed bool
	HeldOn string // 2026-11-24
	EvidenceNote
}

// What can be wrong with evidence.
var (
	ErrEvidenceDay     = apperr.New(apperr.Invalid, "evidence_day", "日期不对：要是今天或以前，一年以内。", "This day is not within the last year.")
	ErrEvidenceArchive = apperr.New(apperr.Invalid, "evidence_archive", "请写查询结果存放在哪里，100 字以内。", "Please say in at most 100 characters where the paper is kept.")
	ErrEvidenceNote    = apperr.New(apperr.Invalid, "evidence_note", "请写您的看法，5 到 500 字。", "Please write what you think, in 5 to 500 characters.")
	ErrEvidencePersons = apperr.New(apperr.Forbidden, "evidence_persons", "申请人自己不能登记；批准的人也不能再做面谈。请由另一位来登记。", "This is not for the applicant to record, and an interview not for who approved; please leave it to somebody else.")
	ErrOffenceNotAsked = apperr.New(apperr.Conflict, "offence_not_asked", "请先登记“已申请查询”，再登记结果。", "Please say first that the check was asked for, and record its result afterwards.")
	ErrCodeChanged     = apperr.New(apperr.Conflict, "code_changed", "《行为守则》有了新的一版，请重新读一遍再签。", "The code has a new version; please read it again and sign.")
)

// How long evidence is good, in months from its day.
const (
	identityMonths  = 12
	yearMonths      = 12 // checks and signatures: 《未成年人保护法》 art. 62 asks for the check every year
	interviewMonths = 36
)

// RenewBefore is how long before its end an identity is noted anew, by itself: before
// anybody is reminded.
const RenewBefore = 31 * 24 * time.Hour

// Record checks what an officer records of a companion; its note is not yet sealed.
func (c Companion) Record(n NewEvidence, by string, now time.Time) (Evidence, EvidenceNote, error) {
	day, err := time.ParseInLocation(time.DateOnly, n.HeldOn, clock.City)
	note := EvidenceNote{Note: strings.TrimSpace(n.Note), Archive: strings.TrimSpace(n.Archive)}
	months := interviewMonths
	if n.Kind == GateOffence {
		months = yearMonths
	}
	switch {
	case !c.Open():
		return Evidence{}, note, ErrCompanionOver
	case err != nil || day.After(now) || day.AddDate(1, 0, 0).Before(now):
		return Evidence{}, note, apperr.For("held_on", ErrEvidenceDay)
	case n.Kind == GateOffence && c.OffenceAskedAt.IsZero():
		return Evidence{}, note, ErrOffenceNotAsked
	case n.Kind == GateOffence && !short(note.Archive, 1, 100):
		return Evidence{}, note, apperr.For("archive", ErrEvidenceArchive)
	case n.Kind == GateInterview && !short(note.Note, 5, 500), !short(note.Note, 0, 500):
		return Evidence{}, note, apperr.For("note", ErrEvidenceNote)
	}
	return c.evidence(n.Kind, by, n.Passed, day, months, now), note, nil
}

// Sign returns the volunteer's signature under a version of the code.
func (c Companion) Sign(version int, by string, now time.Time) (Evidence, error) {
	if !c.Open() {
		return Evidence{}, ErrCompanionOver
	}
	e := c.evidence(GateConduct, by, true, dayOf(now), yearMonths, now)
	e.CodeVersion = version
	return e, nil
}

// Identified returns that teams know the volunteer's identity paper.
func (c Companion) Identified(now time.Time) Evidence {
	return c.evidence(GateIdentity, c.VolunteerID, true, dayOf(now), identityMonths, now)
}

// evidence is good through the day before it is so many months old.
func (c Companion) evidence(kind, by string, passed bool, day time.Time, months int, now time.Time) Evidence {
	return Evidence{
		ID: id.New(), CompanionID: c.ID, Kind: kind, ByID: by, Passed: passed, HeldOn: day,
		GoodUntil: day.AddDate(0, months, 0), RecordedAt: now,
	}
}

func dayOf(at time.Time) time.Time {
	y, m, d := at.In(clock.City).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, clock.City)
}

// ConductCode is 《代理家长行为守则》 as it is in force from an instant on.
type ConductCode struct {
	Version int
	ZH, EN  []string
}
