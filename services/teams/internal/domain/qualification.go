package domain

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoQualification says that there is no such paper, or that it is not the asker's to see.
	ErrNoQualification = apperr.New(apperr.NotFound, "no_such_qualification", "没有这项资质，请刷新页面再看。", "There is no such qualification; please reload the page.")
	// ErrQualificationOver says that a paper that has ended proves nothing.
	ErrQualificationOver = apperr.New(apperr.Invalid, "qualification_over", "这份证书已经过期，请填换发后的新证书。", "This paper has expired; please give the renewed one.")
	// ErrPaperNumber says that a text cannot be the number of a paper.
	ErrPaperNumber = apperr.New(apperr.Invalid, "paper_number_wrong", "证书编号不对，请照证书再写一遍。", "This cannot be the number of a paper; please copy it again.")
	// ErrEndBeforeStart says that a paper ends before it was issued.
	ErrEndBeforeStart = apperr.New(apperr.Invalid, "end_before_start", "有效期止于发证日期之前，请核对。", "It would end before it was issued; please check the dates.")
	// ErrQualificationWaits says that one of this kind is waiting already.
	ErrQualificationWaits = apperr.New(apperr.Conflict, "qualification_waits", "这种资质已经登记过一份，正在等妇联确认。要改，请先撤回那一份。", "One of this kind is waiting for the federation already. To change it, withdraw that one first.")
	// ErrOwnQualification refuses to an officer the deciding of their own.
	ErrOwnQualification = apperr.New(apperr.Conflict, "own_qualification", "自己的资质要由别的干部确认，请交给同事。", "Your own qualification must be confirmed by another officer; please leave it to a colleague.")
	// ErrQualificationDecided says that somebody else has decided otherwise, or that it was withdrawn.
	ErrQualificationDecided = apperr.New(apperr.Conflict, "qualification_decided", "这项资质已经处理过了，请刷新页面看结果。", "This qualification has been dealt with already; please reload the page.")
)

// EndNoticeDays is how many days before the last good day a person is told of it.
const EndNoticeDays = 30

// QualificationState is where a paper stands. That it has expired is no state:
// the clock says so.
type QualificationState string

// The states: told by the person, seen and believed by an officer, refused
// with a reason, taken back or revoked.
const (
	QualificationClaimed   QualificationState = "claimed"
	QualificationConfirmed QualificationState = "confirmed"
	QualificationRefused   QualificationState = "refused"
	QualificationWithdrawn QualificationState = "withdrawn"
)

// Qualification is a paper that lets its person do something 资质.
type Qualification struct {
	ID          string
	VolunteerID string
	Kind        string // code
	Issuer      string
	Number      string // on the paper; empty when the kind needs none
	IssuedOn    time.Time
	ValidUntil  time.Time // the last good day; zero: for good
	State       QualificationState
	ClaimedBy   string // the person, or the officer who wrote it down
	ClaimedAt   time.Time
	DecidedBy   string // who confirmed, refused or withdrew it last
	DecidedAt   time.Time
	Reason      string
	Source      string // the class that gave it; empty: a person wrote it down
	Version     int64
}

// Paper is what a paper says, as it is typed.
type Paper struct {
	Kind, Issuer, Number string
	IssuedOn, ValidUntil string // 2026-11-26
}

// NewQualification returns the person's paper, claimed by somebody, or what is
// wrong with it, by input. A paper that must end and says no day ends after
// the usual time.
func NewQualification(id, volunteerID, by string, kind QualificationKind, p Paper, now time.Time) (Qualification, error) {
	q := Qualification{ID: id, VolunteerID: volunteerID, Kind: kind.Code, Issuer: strings.TrimSpace(p.Issuer), State: QualificationClaimed, ClaimedBy: by, ClaimedAt: now, Version: 1}
	if !kind.Offered {
		return q, apperr.For("kind", ErrNoQualificationKind)
	}
	if kind.NeedsIssuer && q.Issuer == "" {
		return q, apperr.For("issuer", ErrBlank)
	}
	var err error
	if q.Number, err = parsePaperNumber(p.Number, kind.NeedsNumber); err != nil {
		return q, err
	}
	if q.IssuedOn, err = parsePastDay("issued_on", p.IssuedOn, now); err != nil {
		return q, err
	}
	q.ValidUntil, err = kind.end(q.IssuedOn, p.ValidUntil, now)
	return q, err
}

// end returns the last good day of a paper of the kind.
func (k QualificationKind) end(issued time.Time, until string, now time.Time) (time.Time, error) {
	if !k.Expires {
		return time.Time{}, nil
	}
	d, err := ParseDay(until)
	if err != nil {
		return d, apperr.For("valid_until", ErrDay)
	}
	if d.IsZero() {
		d = k.usualEnd(issued)
	}
	switch {
	case d.IsZero():
		return d, apperr.For("valid_until", ErrBlank)
	case d.Before(issued):
		return d, apperr.For("valid_until", ErrEndBeforeStart)
	case over(d, now):
		return d, apperr.For("valid_until", ErrQualificationOver)
	}
	return d, nil
}

// parsePaperNumber cleans the number of a paper: letters, digits, Chinese
// characters and the signs between them, 4 to 40 of them.
func parsePaperNumber(s string, needed bool) (string, error) {
	number := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, s))
	if number == "" && !needed {
		return "", nil
	}
	if number == "" {
		return "", apperr.For("number", ErrBlank)
	}
	bad := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_/.()[]〔〕", r)
	}
	if n := utf8.RuneCountInString(number); n < 4 || n > 40 || strings.ContainsFunc(number, bad) {
		return "", apperr.For("number", ErrPaperNumber)
	}
	return number, nil
}

// over reports whether a last good day has passed.
func over(last, now time.Time) bool { return !last.IsZero() && !now.Before(last.AddDate(0, 0, 1)) }

// Expired reports whether the last good day has passed.
func (q Qualification) Expired(now time.Time) bool { return over(q.ValidUntil, now) }

// Ends returns the instant from which it is not good any more; zero: never.
func (q Qualification) Ends() time.Time {
	if q.ValidUntil.IsZero() {
		return time.Time{}
	}
	return q.ValidUntil.AddDate(0, 0, 1)
}

// NumberMasked returns the paper's number as it may be shown, or empty for none.
func (q Qualification) NumberMasked() string {
	return masked(q.Number, 2, 2)
}

// Decide confirms or refuses what was claimed, refusing with a reason that the
// person reads. The same decision again changes nothing.
func (q *Qualification) Decide(verdict QualificationState, by, reason string, now time.Time) (changed bool, err error) {
	switch {
	case by == q.VolunteerID:
		return false, ErrOwnQualification
	case q.State == verdict:
		return false, nil
	case q.State != QualificationClaimed:
		return false, ErrQualificationDecided
	case verdict == QualificationConfirmed && q.Expired(now):
		return false, ErrQualificationOver
	}
	if reason = strings.TrimSpace(reason); verdict == QualificationRefused {
		if reason, err = parseReason(reason); err != nil {
			return false, err
		}
	}
	q.State, q.DecidedBy, q.DecidedAt, q.Reason = verdict, by, now, reason
	q.Version++
	return true, nil
}

// Withdraw takes it back: by the person for any cause, by an officer with a
// reason that the person reads. Once more changes nothing.
func (q *Qualification) Withdraw(by, reason string, now time.Time) (changed bool, err error) {
	switch q.State {
	case QualificationWithdrawn:
		return false, nil
	case QualificationRefused:
		return false, ErrQualificationDecided
	}
	if reason = strings.TrimSpace(reason); by != q.VolunteerID {
		if reason, err = parseReason(reason); err != nil {
			return false, err
		}
	}
	q.State, q.DecidedBy, q.DecidedAt, q.Reason = QualificationWithdrawn, by, now, reason
	q.Version++
	return true, nil
}

// MoveQualifications gives the papers of two records that become one to the
// survivor, and returns those that change. records are the ids of the person:
// what one of them confirmed or refused waits again, for somebody else. Of two
// of a kind that wait, the later is withdrawn by whoever merges.
func MoveQualifications(papers []Qualification, survivorID string, records []string, by string, now time.Time) (changed []Qualification) {
	waiting := map[string]bool{}
	for _, f := range papers {
		if f.State == QualificationClaimed && f.VolunteerID == survivorID {
			waiting[f.Kind] = true
		}
	}
	for _, f := range papers {
		before := f
		f.VolunteerID = survivorID
		if (f.State == QualificationConfirmed || f.State == QualificationRefused) && slices.Contains(records, f.DecidedBy) {
			f.State, f.DecidedBy, f.DecidedAt, f.Reason = QualificationClaimed, "", time.Time{}, ""
		}
		if arrives := f.State == QualificationClaimed && before != f; arrives && waiting[f.Kind] {
			f.State, f.DecidedBy, f.DecidedAt = QualificationWithdrawn, by, now
		} else if arrives {
			waiting[f.Kind] = true
		}
		if f != before {
			f.Version++
			changed = append(changed, f)
		}
	}
	return changed
}
