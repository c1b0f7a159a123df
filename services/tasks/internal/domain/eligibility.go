package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Why somebody cannot take part.
var (
	ErrGuardianFirst = apperr.New(apperr.Conflict, "guardian_first", "未满 18 周岁，要先有监护人同意才能报名。请队长或妇联登记监护人的同意书。", "Under eighteen, the guardian must consent before signing up. Please ask the leader or the office to record the consent.")
	ErrMembersOnly   = apperr.New(apperr.Forbidden, "members_only", "这个活动只限“{team}”的队员参加。想参加请先入队：点开活动页上的队名就能申请，队长同意后再来报名。", "Only members of “{team}” take part in this activity. To join, open the team's name on the activity's page and ask; sign up when the leader has agreed.")
	ErrPaperNeeded   = apperr.New(apperr.Conflict, "paper_needed", "“{programme}”要有相应资质才能参加（《志愿服务条例》第十六条）。有证的请先在“我的 → 资质与培训”登记，确认后再报名。", "“{programme}” needs a qualification (Regulations on Volunteer Service, art. 16). If you hold one, please register it under Mine → Qualifications first.")
)

// KnownVolunteer is what this service keeps of a person, as teams told it.
type KnownVolunteer struct {
	VolunteerID      string
	Minor            bool
	WaitsForGuardian bool // a minor whose guardian has not agreed
	PlaceConsent     bool // the phone may compare places at check-in
	Version          int64
}

// KnownQualification is a paper 资质 of somebody, as teams told it.
type KnownQualification struct {
	QualificationID, VolunteerID string
	Kind                         string
	State                        string // only a confirmed one proves something
	From, Until                  time.Time
	Version                      int64
}

// Holds reports whether the paper proves its kind at an instant.
func (k KnownQualification) Holds(at time.Time) bool {
	return k.State == "confirmed" && !at.Before(k.From) && (k.Until.IsZero() || at.Before(k.Until))
}

// Eligibility is what is known of a person who would take part.
type Eligibility struct {
	WaitsForGuardian bool
	Papers           []KnownQualification
	Member           bool // of a team that holds the activity; asked only where that matters
}

// Asks is what a shift asks of whoever takes part.
type Asks struct {
	Programme   string
	Papers      []string // one of them, at the start; none: nothing
	MembersOnly string   // the name of the team whose members only; empty: open to all
}

// TakesPart returns nil when the person may take part in a shift that asks for
// this and begins then; else ErrGuardianFirst, ErrMembersOnly or ErrPaperNeeded.
func (e Eligibility) TakesPart(a Asks, at time.Time) error {
	holds := func(k KnownQualification) bool { return slices.Contains(a.Papers, k.Kind) && k.Holds(at) }
	switch {
	case e.WaitsForGuardian:
		return ErrGuardianFirst
	case a.MembersOnly != "" && !e.Member:
		return ErrMembersOnly.With("team", a.MembersOnly)
	case len(a.Papers) > 0 && !slices.ContainsFunc(e.Papers, holds):
		return ErrPaperNeeded.With("programme", a.Programme)
	}
	return nil
}
