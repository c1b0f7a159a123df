package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// GuardianText is the version of the sentence that guardians agree to.
const GuardianText = "2026-11"

var (
	// ErrNoMinor says that a person needs no guardian's consent.
	ErrNoMinor = apperr.New(apperr.Conflict, "no_minor", "这位志愿者不是未成年人，不需要监护人同意。", "This volunteer is no minor and needs no guardian's consent.")
	// ErrNoGuardian says that no guardian's consent is recorded who could say more.
	ErrNoGuardian = apperr.New(apperr.Conflict, "no_guardian", "还没有登记监护人同意书，请先登记，再记下监护人单独同意的事项。", "No guardian's consent is recorded; please record it first, then what the guardian agrees to separately.")
	// ErrGuardianThere says that somebody else recorded a consent at this moment.
	ErrGuardianThere = apperr.New(apperr.Conflict, "guardian_there", "刚刚有人登记了监护人同意，请刷新页面再看。", "Somebody has just recorded a guardian's consent; please reload the page.")
	// ErrGuardianMissing refuses to add a minor without a guardian's consent.
	ErrGuardianMissing = apperr.New(apperr.Invalid, "guardian_missing", "未满 18 周岁，请先填监护人同意书的信息。", "Under eighteen: please give the guardian's consent first.")
	// ErrBlank says that something must be written.
	ErrBlank = apperr.New(apperr.Invalid, "blank", "这一项要填写。", "This must be filled in.")
)

// GuardianConsent says that a minor's guardian has agreed, on paper, to their
// being a volunteer (Henan art. 8).
type GuardianConsent struct {
	ID            string
	VolunteerID   string
	GuardianName  string
	GuardianPhone Phone
	Relation      string // mother | father | grandparent | other
	FormNumber    string // of the paper that the guardian signed
	ArchivedAt    string // the place where the paper is kept
	TextVersion   string
	RecordedBy    string // an officer or leader, never the minor
	From          time.Time
	WithdrawnAt   time.Time // zero while it counts
}

// NewGuardianConsent returns a consent that counts from now on. draft holds
// what the paper says. It returns what is wrong, by input.
func NewGuardianConsent(id string, draft GuardianConsent, phoneText string, now time.Time) (GuardianConsent, error) {
	c := draft
	c.ID, c.From, c.TextVersion = id, now, GuardianText
	name, err := ParseName(draft.GuardianName)
	if err != nil {
		return GuardianConsent{}, apperr.For("guardian_name", ErrName)
	}
	c.GuardianName = name
	if c.GuardianPhone, err = ParsePhone(phoneText); err != nil {
		return GuardianConsent{}, apperr.For("guardian_phone", ErrPhone)
	}
	if c.FormNumber = strings.TrimSpace(draft.FormNumber); c.FormNumber == "" {
		return GuardianConsent{}, apperr.For("form_number", ErrBlank)
	}
	if c.ArchivedAt = strings.TrimSpace(draft.ArchivedAt); c.ArchivedAt == "" {
		return GuardianConsent{}, apperr.For("archived_at", ErrBlank)
	}
	return c, nil
}
