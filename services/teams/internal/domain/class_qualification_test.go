package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestNewClassQualification(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, clock.City)
	training := domain.QualificationKind{Code: "companion_training", Offered: true, Expires: true, Months: 12, NeedsIssuer: true, ByClass: true}
	paper := domain.ClassPaper{Issuer: "桂鹤", Number: "PX26-7K3M9-QW2RT", CompletedOn: day, GrantedBy: "officer", Source: "tasks/certificate/1"}
	for name, c := range map[string]struct {
		mod   func(k *domain.QualificationKind, p *domain.ClassPaper)
		state domain.QualificationState
		until string
		err   error
	}{
		"as the list has it, decided by whoever set it":      {state: domain.QualificationConfirmed, until: "2027-11-19"},
		"for as long as the class gives it":                  {mod: func(_ *domain.QualificationKind, p *domain.ClassPaper) { p.Months = 6 }, state: domain.QualificationConfirmed, until: "2027-05-19"},
		"for good, where the list says so":                   {mod: func(k *domain.QualificationKind, _ *domain.ClassPaper) { k.Expires, k.Months = false, 0 }, state: domain.QualificationConfirmed, until: ""},
		"not without an end where there must be one":         {mod: func(k *domain.QualificationKind, _ *domain.ClassPaper) { k.Months = 0 }, err: domain.ErrBlank},
		"not by a class, where the list does not say so":     {mod: func(k *domain.QualificationKind, _ *domain.ClassPaper) { k.ByClass = false }, err: domain.ErrNotByClass},
		"to whoever set it, it waits for another":            {mod: func(_ *domain.QualificationKind, p *domain.ClassPaper) { p.GrantedBy = "older" }, state: domain.QualificationClaimed, until: "2027-11-19"},
		"when nobody is known any more who set it, it waits": {mod: func(_ *domain.QualificationKind, p *domain.ClassPaper) { p.GrantedBy = "" }, state: domain.QualificationClaimed, until: "2027-11-19"},
		"what is not offered any more is given all the same": {mod: func(k *domain.QualificationKind, _ *domain.ClassPaper) { k.Offered = false }, state: domain.QualificationConfirmed, until: "2027-11-19"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k, p := training, paper
			if c.mod != nil {
				c.mod(&k, &p)
			}
			q, err := domain.NewClassQualification("q", "v", []string{"v", "older"}, k, p, paperDay)
			if !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Fatalf("err = %v, want %v", err, c.err)
			}
			until := ""
			if !q.ValidUntil.IsZero() {
				until = q.ValidUntil.Format(time.DateOnly)
			}
			if err == nil && (q.State != c.state || until != c.until || (q.DecidedBy == "") != (c.state == domain.QualificationClaimed) || q.Source != paper.Source) {
				t.Errorf("qualification = %+v", q)
			}
		})
	}
}
