package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// How a guardian says yes.
const (
	ByPaper = "paper"
	ByLink  = "link"
)

// Consent is a guardian's yes (监护人同意).
type Consent struct {
	ID          string
	ChildID     string
	Way         string // ByPaper | ByLink
	LinkID      string
	FormNumber  string // of the paper
	Sealed      []byte // ConsentForm
	HasPicture  bool   // of the signature
	ForPhone    bool   // the companion parent may telephone; data and pairing are in every consent
	GivenOn     string // 2026-11-24
	EndsAt      time.Time
	RecordedBy  string // empty: the guardian herself
	RecordedAt  time.Time
	WithdrawnAt time.Time // zero: it stands
	WithdrawnBy string    // empty: the guardian herself
}

// ConsentForm is what of a paper form says who somebody is, or where it lies.
type ConsentForm struct {
	Witness string `json:"witness"`
	Archive string `json:"archive"` // where the paper is kept
}

// Good reports whether a consent lets a child go on. One on paper counts for
// nothing until its signature can be looked at.
func (c Consent) Good(now time.Time) bool {
	return c.WithdrawnAt.IsZero() && now.Before(c.EndsAt) && (c.Way == ByLink || c.HasPicture)
}

// What can be wrong with a consent.
var (
	ErrNoConsent    = apperr.New(apperr.NotFound, "no_such_consent", "没有这份同意书，或者不在您的管辖范围内。", "There is no such consent, or it is not one of yours.")
	ErrFormNumber   = apperr.New(apperr.Invalid, "form_number", "请写同意书的编号，40 字以内。", "Please give the form's number, in at most 40 characters.")
	ErrFormTwice    = apperr.New(apperr.Conflict, "form_known", "这个编号的同意书已经登记过了。请核对编号。", "A form with this number is recorded already; please check the number.")
	ErrFormDay      = apperr.New(apperr.Invalid, "form_day", "签字日期不对：要在过去一年以内，不能是以后。", "The day must be within the past year.")
	ErrFormWitness  = apperr.New(apperr.Invalid, "form_witness", "请写见证人的姓名，40 字以内。", "Please give the witness, in at most 40 characters.")
	ErrFormArchive  = apperr.New(apperr.Invalid, "form_archive", "请写同意书原件存放在哪里，100 字以内。", "Please say where the paper is kept, in at most 100 characters.")
	ErrConsentTicks = apperr.New(apperr.Invalid, "consent_ticks", "要同意结对，前两项都要勾选。不想同意也可以，对孩子没有任何影响。", "To agree, tick the first two. You may also say no; it changes nothing for the child.")
	ErrConsentAge   = apperr.New(apperr.Conflict, "consent_age", "孩子快满 18 周岁了，不用再办监护人同意。", "The child is about to be of age; a guardian's consent is not needed any more.")
	ErrWithdrawn    = apperr.New(apperr.Forbidden, "consent_withdrawn", "监护人已经撤回同意，这份档案不能再看。", "The guardian withdrew her consent; this record can no longer be read.")
	ErrNotConsented = apperr.New(apperr.Conflict, "not_consented", "现在没有有效的同意，不用撤回。请刷新。", "There is no consent to withdraw; please reload.")
)

// NewPaper is a paper form as an officer records it.
type NewPaper struct {
	FormNumber, GivenOn string
	Form                ConsentForm
	ForPhone            bool
}

// Record checks a paper form and returns the consent of the child, whose form is
// not yet sealed and whose signature is not there yet.
func (n NewPaper) Record(childID, bornOn, by string, now time.Time) (Consent, ConsentForm, error) {
	number, f, day, err := n.checked(now)
	if err != nil {
		return Consent{}, f, err
	}
	ends, err := ConsentEnds(bornOn, day, now)
	return Consent{
		ID: id.New(), ChildID: childID, Way: ByPaper, FormNumber: number, ForPhone: n.ForPhone, GivenOn: n.GivenOn, EndsAt: ends, RecordedBy: by, RecordedAt: now,
	}, f, err
}

// checked returns a paper form's number and what is on it, without stray blanks, and
// the day on which it was signed.
func (n NewPaper) checked(now time.Time) (number string, f ConsentForm, day time.Time, err error) {
	number, f = strings.TrimSpace(n.FormNumber), ConsentForm{strings.TrimSpace(n.Form.Witness), strings.TrimSpace(n.Form.Archive)}
	day, err = time.ParseInLocation(time.DateOnly, n.GivenOn, clock.City)
	switch {
	case !within(number, 40):
		err = apperr.For("form_number", ErrFormNumber)
	case err != nil || day.After(now) || day.Before(now.AddDate(-1, 0, 0)):
		err = apperr.For("given_on", ErrFormDay)
	case !within(f.Witness, 40):
		err = apperr.For("witness", ErrFormWitness)
	case !within(f.Archive, 100):
		err = apperr.For("archive", ErrFormArchive)
	}
	return number, f, day, err
}

// consentYears is for how long a consent is good at most.
const consentYears = 3

// ConsentEnds returns until when a consent given on a day is good: three years, or
// the first of the month in which the child is 18. It is the month's first, and not
// the birthday, because this instant stands in the open.
func ConsentEnds(bornOn string, given, now time.Time) (time.Time, error) {
	born, err := time.ParseInLocation(time.DateOnly, bornOn, clock.City)
	if err != nil {
		return time.Time{}, ErrChildBorn
	}
	of := time.Date(born.Year()+adult, born.Month(), 1, 0, 0, 0, 0, clock.City)
	ends := given.AddDate(consentYears, 0, 0)
	if of.Before(ends) {
		ends = of
	}
	if !ends.After(now) {
		return ends, ErrConsentAge
	}
	return ends, nil
}

const (
	// ConsentLinkLife is how long a guardian can answer by a link.
	ConsentLinkLife = 7 * 24 * time.Hour
	// MaxConsentTries is how many wrong digits a link stands: altogether until it
	// is answered, and then in a day.
	MaxConsentTries = 5
)

// What can be wrong with a link.
var (
	ErrConsentLink   = apperr.New(apperr.NotFound, "consent_link_spent", "这个链接已经不能用了，请跟发给您的妇联工作人员要一个新的。", "This link can no longer be used; please ask the officer who sent it for a new one.")
	ErrConsentDigits = apperr.New(apperr.Invalid, "digits_wrong", "后四位不对，请再看一下。您留给妇联的手机号或身份证号的后四位都可以。", "These are not the last four; those of your phone or your ID number will do.")
	ErrConsentTries  = apperr.New(apperr.TooMany, "consent_tries_spent", "错得太多了，今天不能再试。请明天再试，或者打电话给妇联工作人员。", "There were too many wrong tries. Please try again tomorrow, or ring the officer.")
	ErrAnswered      = apperr.New(apperr.Conflict, "consent_answered", "已经答复过了，请刷新看看。", "This was answered already; please reload.")
)

// ConsentLink is a link with which a guardian answers once, and sees and withdraws
// afterwards. Whoever has it and knows the last four characters of her phone or ID
// number is she.
type ConsentLink struct {
	ID          string
	ChildID     string
	SecretHash  []byte
	Proofs      [][]byte // keyed fingerprints
	ConsentEnds time.Time
	MadeBy      string
	MadeAt      time.Time
	AnswerBy    time.Time
	WrongTries  int
	LastWrongAt time.Time
	AnsweredAt  time.Time // zero: not yet
	Agreed      bool
	EndedAt     time.Time // zero: it can be used
}

// NewConsentLink returns a link for a child's guardian, without its proofs, and its
// key, which is kept nowhere.
func NewConsentLink(childID string, ends time.Time, by string, now time.Time) (ConsentLink, string) {
	secret := rand.Text()
	return ConsentLink{
		ID: id.New(), ChildID: childID, SecretHash: HashLink(secret), ConsentEnds: ends, MadeBy: by, MadeAt: now, AnswerBy: now.Add(ConsentLinkLife),
	}, secret
}

// HashLink returns how a link's key is kept.
func HashLink(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Usable returns ErrConsentLink when a link can not be used any more, and
// ErrConsentTries when it can tomorrow.
func (l ConsentLink) Usable(now time.Time) error {
	answered := !l.AnsweredAt.IsZero()
	switch {
	case !l.EndedAt.IsZero(), !answered && !now.Before(l.AnswerBy), !answered && l.WrongTries >= MaxConsentTries:
		return ErrConsentLink
	case answered && l.WrongTries >= MaxConsentTries && now.Before(l.LastWrongAt.AddDate(0, 0, 1)):
		return ErrConsentTries
	}
	return nil
}

// Try notes a try with the fingerprint that belongs to what was typed, and reports
// whether it was right.
func (l *ConsentLink) Try(proof []byte, now time.Time) bool {
	if slices.ContainsFunc(l.Proofs, func(p []byte) bool { return slices.Equal(p, proof) }) { // fingerprints: their time tells nothing
		l.WrongTries = 0
		return true
	}
	if !l.AnsweredAt.IsZero() && !now.Before(l.LastWrongAt.AddDate(0, 0, 1)) {
		l.WrongTries = 0
	}
	l.WrongTries, l.LastWrongAt = l.WrongTries+1, now
	return false
}

// Tail returns the last four as people type them.
func Tail(typed string) string { return tidy(typed) }

// Answer notes what the guardian says, once. It returns her consent when she agrees.
func (l *ConsentLink) Answer(agreed, forData, forPairing, forPhone bool, now time.Time) (Consent, error) {
	switch {
	case !l.AnsweredAt.IsZero():
		return Consent{}, ErrAnswered
	case agreed && (!forData || !forPairing):
		return Consent{}, apperr.For("for_data", ErrConsentTicks)
	}
	l.AnsweredAt, l.Agreed = now, agreed
	return Consent{
		ID: id.New(), ChildID: l.ChildID, Way: ByLink, LinkID: l.ID, ForPhone: forPhone, GivenOn: now.In(clock.City).Format(time.DateOnly),
		EndsAt: l.ConsentEnds, RecordedAt: now,
	}, nil
}
