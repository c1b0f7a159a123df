package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func TestAlike(t *testing.T) {
	t.Parallel()
	her := domain.Volunteer{
		Name: "王秀英", State: domain.VolunteerActive, Phone: "13800000001", Sex: domain.Female, RegionCode: "410621100",
		IDKind: domain.IDResident, IDNumber: "410621196505201229",
	}
	for name, c := range map[string]struct {
		change   func(v *domain.Volunteer)
		sameTeam bool
		want     []domain.Sign
	}{
		"a line of a roster without numbers": {
			func(v *domain.Volunteer) {
				*v = domain.Volunteer{Name: "王秀英", State: domain.VolunteerUnclaimed}
			}, true, []domain.Sign{"same_name", "same_team", "one_unclaimed"},
		},
		"a phone with a slip in it":           {func(v *domain.Volunteer) { v.Phone, v.IDNumber = "13800000002", "" }, false, []domain.Sign{"same_name", "same_home", "phone_alike"}},
		"another character of the same sound": {func(v *domain.Volunteer) { v.Name, v.Phone, v.IDNumber = "王秀瑛", "", "" }, true, []domain.Sign{"sounds_alike", "same_team", "same_home"}},
		"born on one day, by two papers":      {func(v *domain.Volunteer) { v.Phone, v.IDNumber = "", "410621196505203427" }, false, []domain.Sign{"same_name", "same_home", "same_birthday", "papers_differ"}},
		"a namesake": {
			func(v *domain.Volunteer) {
				v.Phone, v.Sex, v.RegionCode, v.IDNumber = "15900000009", domain.Male, "410611", ""
			},
			false, []domain.Sign{"same_name", "phones_differ", "sexes_differ"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := her
			c.change(&other)
			for _, got := range [][]domain.Sign{her.Alike(other, c.sameTeam), other.Alike(her, c.sameTeam)} {
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}
