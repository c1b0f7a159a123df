package domain_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func TestMergeConsents(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 25, 4, 0, 0, 0, time.UTC)
	texts := []domain.ConsentText{{Purpose: domain.BoardName, Version: 1}, {Purpose: domain.BoardName, Version: 2, From: day.Add(-time.Hour), Material: true}}
	said := func(id string, hour int, given bool, version int, by string) domain.Consent {
		return domain.Consent{ID: id, Purpose: domain.BoardName, Given: given, TextVersion: version, At: day.Add(time.Duration(hour) * time.Hour), SaidBy: by}
	}
	yes := func(hour int) domain.Consent { return said("yes", hour, true, 2, domain.SaidBySelf) }
	no := func(hour int) domain.Consent { return said("no", hour, false, 2, domain.SaidBySelf) }
	for name, c := range map[string]struct {
		minor      bool
		kept, gone []domain.Consent
		want       domain.ConsentState
		added      int
	}{
		"silence on both sides":                       {want: domain.ConsentNever},
		"a yes and silence":                           {kept: []domain.Consent{yes(1)}, want: domain.ConsentGiven},
		"silence and a yes":                           {gone: []domain.Consent{yes(1)}, want: domain.ConsentGiven},
		"a yes and a later no":                        {kept: []domain.Consent{yes(1)}, gone: []domain.Consent{yes(0), no(2)}, want: domain.ConsentWithdrawn},
		"a no and a later yes in the other":           {kept: []domain.Consent{yes(0), no(1)}, gone: []domain.Consent{yes(2)}, want: domain.ConsentWithdrawn, added: 1},
		"a later yes in the record that stays":        {kept: []domain.Consent{yes(2)}, gone: []domain.Consent{yes(0), no(1)}, want: domain.ConsentWithdrawn, added: 1},
		"a no that was taken back in the same record": {kept: []domain.Consent{no(0), yes(2)}, gone: []domain.Consent{yes(1)}, want: domain.ConsentGiven},
		"a yes to words that say less":                {kept: []domain.Consent{said("old", 0, true, 1, domain.SaidBySelf)}, want: domain.ConsentRenew},
		"a minor's own yes":                           {minor: true, gone: []domain.Consent{yes(1)}, want: domain.ConsentWithdrawn, added: 1},
		"a minor's guardian's yes":                    {minor: true, gone: []domain.Consent{said("yes", 1, true, 2, domain.SaidByGuardian)}, want: domain.ConsentGiven},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			newID := func() string { n++; return fmt.Sprint("new", n) }
			added := domain.MergeConsents(domain.Volunteer{ID: "survivor", Minor: c.minor}, c.kept, c.gone, texts, newID, "officer", day.Add(9*time.Hour))
			state, _ := domain.StateOf(append(domain.InOrder(c.kept, c.gone), added...), texts, domain.BoardName, day.Add(9*time.Hour))
			if state != c.want || len(added) != c.added {
				t.Errorf("%s, %d added", state, len(added))
			}
			for _, a := range added {
				if a.SaidBy != domain.SaidByMerging || a.VolunteerID != "survivor" || a.RecordedBy != "officer" || a.Given {
					t.Errorf("%+v", a)
				}
			}
		})
	}
}
