package domain

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrIDPaper says that a text cannot be the number of such a paper.
	ErrIDPaper = apperr.New(apperr.Invalid, "id_paper_wrong", "证件号不对，请照证件再写一遍。", "This cannot be the number of such a paper; please copy it again.")
	// ErrIDKept refuses to a person a change of who they are.
	ErrIDKept = apperr.New(apperr.Conflict, "id_kept", "证件已经登记。要改姓名或证件号，请带证件到妇联办理。", "An identity paper is registered. To change the name or the number, please bring it to the office.")
	// ErrRecordClosed says that a record was merged or erased and takes no changes.
	ErrRecordClosed = apperr.New(apperr.Conflict, "record_closed", "这份记录已经合并或注销，不能再改。", "This record was merged or erased and cannot be changed any more.")
	// ErrAdultTold says that an identity number and the word of being an adult do not agree.
	ErrAdultTold = apperr.New(apperr.Invalid, "id_number_needed", "未满 18 周岁，请填身份证号，并请监护人到队长或妇联签同意书。", "Under eighteen, please give the identity number, and ask a guardian to sign the consent with the leader or the office.")
)

// The sexes as a person may tell them; empty for not told.
const (
	Female = "female"
	Male   = "male"
)

// ParseIDPaper understands the number of an identity paper as people type it:
// of a resident's card exactly, of others letters and digits, 5 to 20 of them.
// It returns what is wrong, on the input called id_number.
func ParseIDPaper(kind IDKind, s string) (string, error) {
	if kind == IDResident {
		n, err := ParseIDNumber(s)
		if err != nil {
			return "", err
		}
		return string(n), nil
	}
	number := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r), r == '-':
			return -1
		}
		return r
	}, s))
	bad := func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }
	if len(number) < 5 || len(number) > 20 || strings.ContainsFunc(number, bad) || kind == IDNone {
		return "", ErrIDPaper
	}
	return number, nil
}

// IdentifyBy keeps the number of any paper, as ParseIDPaper returned it. A
// minor without a guardian's consent must Wait after it.
func (v *Volunteer) IdentifyBy(kind IDKind, number string, now time.Time) {
	if kind == IDResident {
		v.Identify(IDNumber(number), now)
		return
	}
	v.IDKind, v.IDNumber = kind, number
}

// Here reports whether the record is a person's own, be they waiting or not.
func (v Volunteer) Here() bool { return v.State.Here() || v.State == VolunteerWaiting }

// Wait holds a minor's registration until a guardian consents (Henan art. 8),
// and reports whether that is new.
func (v *Volunteer) Wait() bool {
	if !v.Minor || !v.State.Here() {
		return false
	}
	v.State = VolunteerWaiting
	v.Version++
	return true
}

// Admit ends the waiting: the guardian consents, or there is no need any more.
// claimed says whether the person has an account. It reports whether that is new.
func (v *Volunteer) Admit(claimed bool) bool {
	if v.State != VolunteerWaiting {
		return false
	}
	if v.State = VolunteerUnclaimed; claimed {
		v.State = VolunteerActive
	}
	v.Version++
	return true
}

// ComeOfAge makes an adult of a minor on the eighteenth birthday or later, and
// reports whether that is new.
func (v *Volunteer) ComeOfAge(now time.Time) bool {
	if !v.Minor || v.AdultOn.IsZero() || now.Before(v.AdultOn) {
		return false
	}
	v.Minor, v.AdultOn = false, time.Time{}
	v.Version++
	return true
}

// Correction is what may be corrected of a person; empty for what stays.
type Correction struct {
	Name       string
	RegionCode string
	Sex        string
	IDKind     IDKind // of IDNumber; the resident's card when empty
	IDNumber   string
}

// Paper returns the identity paper that the correction gives, or what is wrong
// with it, on the input called id_number.
func (c Correction) Paper() (IDKind, string, error) {
	kind := c.IDKind
	if kind == IDNone {
		kind = IDResident
	}
	number, err := ParseIDPaper(kind, c.IDNumber)
	if err != nil {
		return kind, "", apperr.For("id_number", reasonOf(err))
	}
	return kind, number, nil
}

// Correct applies what is corrected and reports whether anything changed. By
// the person themself, the name and the paper are open only until they have
// shown one: what certificates name must not change unseen.
func (v *Volunteer) Correct(c Correction, bySelf bool, now time.Time) (bool, error) {
	if !v.Here() {
		return false, ErrRecordClosed
	}
	before := *v
	if err := v.correct(c, now); err != nil {
		*v = before
		return false, err
	}
	renamed := v.Name != before.Name || v.IDKind != before.IDKind || v.IDNumber != before.IDNumber
	if bySelf && before.IDKind != IDNone && renamed {
		*v = before
		return false, ErrIDKept
	}
	if *v == before {
		return false, nil
	}
	v.Version++
	return true, nil
}

func (v *Volunteer) correct(c Correction, now time.Time) error {
	if c.Name != "" {
		name, err := ParseName(c.Name)
		if err != nil {
			return err
		}
		v.Name = name
	}
	if c.RegionCode != "" {
		v.RegionCode = c.RegionCode
	}
	if c.IDNumber != "" {
		kind, number, err := c.Paper()
		if err != nil {
			return err
		}
		v.IdentifyBy(kind, number, now)
	}
	if c.Sex != "" && v.IDKind != IDResident { // a resident's card says it
		v.Sex = c.Sex
	}
	return nil
}

// reasonOf returns the sentence that is in an error of ParseIDPaper.
func reasonOf(err error) *apperr.Error {
	var reason *apperr.Error
	if errors.As(err, &reason) {
		return reason
	}
	return ErrIDPaper
}
