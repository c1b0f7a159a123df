package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Why somebody cannot take part.
var (
	ErrGuardianFirst = apperr.New(apperr.Conflict, "guardian_first", "未满 18 周岁，要先有监护人同意才能报名。请队长或妇联登记监护人的同意书。", "Under eighteen, the guardian must consent before signing up. Please ask the leader or the office to record the consent.")
	ErrPaperNeeded   = apperr.New(apperr.Conflict, "paper_needed", "“{programme}”要有相应资质才能参加（《志愿服务条例》第十六条）。有证的请先在“我的 → 资质与培训”登记，确认后再报名。", "“{programme}” needs a qualification (Regulations on Volunteer Service, art. 16). If you hold one, please register it under Mine → Qualifications first.")
)

// KnownVolunteer is what this service keeps of a person, as teams told it.
type KnownVolunteer struct {
	VolunteerID      string
	Minor            bool
	WaitsForGuardian bool // a minor whose guardian has not agreed
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
}

// TakesPart returns nil when the person may take part in a shift of a
// programme that needs one of these papers at its start; else ErrGuardianFirst
// or ErrPaperNeeded.
func (e Eligibility) TakesPart(programme string, needs []string, at time.Time) error {
	switch {
	case e.WaitsForGuardian:
		return ErrGuardianFirst
	case len(needs) > 0 && !slices.ContainsFunc(e.Papers, func(k KnownQualification) bool { return slices.Contains(needs, k.Kind) && k.Holds(at) }):
		return ErrPaperNeeded.With("programme", programme)
	}
	return nil
}
