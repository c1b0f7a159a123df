package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestEligibility(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	programmes, err := w.ListProgrammes(w.as(w.leader))
	w.must(err)
	legal := "" // 法律援助: a lawyer or a legal worker
	for _, p := range programmes {
		if p.Name == "法律援助" {
			legal = p.ID
		}
	}
	shiftOf := func(programme string, ahead time.Duration) app.ShiftView {
		start := w.clock.Now().Add(ahead).Truncate(time.Minute)
		return w.givenShift(func(n *app.NewTask) {
			n.ProgrammeID = programme
			n.Shifts = []app.NewShift{{StartsAt: start, EndsAt: start.Add(time.Hour), Capacity: 1}}
		})
	}
	advice, river := shiftOf(legal, 48*time.Hour), shiftOf(w.programme, 72*time.Hour)
	ids := w.join("有证的", "没证的", "未成年的")
	lawyer, anybody, minor := ids[0], ids[1], ids[2]
	w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error {
		if err := w.RememberQualifications(t.Context(), q, []teamsv1.QualificationChanged{
			{QualificationID: id.New(), VolunteerID: lawyer, Kind: "lawyer", State: "confirmed", From: w.clock.Now().AddDate(-1, 0, 0), Version: 2},
			{QualificationID: id.New(), VolunteerID: anybody, Kind: "lawyer", State: "claimed", From: w.clock.Now().AddDate(-1, 0, 0), Version: 1},
		}); err != nil {
			return err
		}
		return w.RememberMerges(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: minor, Minor: true, WaitsForGuardian: true, Version: 2}})
	}))

	t.Run("signing up says what is missing", func(t *testing.T) {
		for _, c := range []struct {
			who  string
			s    app.ShiftView
			want error
		}{{anybody, advice, domain.ErrPaperNeeded}, {minor, advice, domain.ErrGuardianFirst}, {minor, river, domain.ErrGuardianFirst}, {lawyer, advice, nil}} {
			if _, err := w.SignUp(w.as(c.who), c.s.ID); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		}
	})
	t.Run("so does a leader's list", func(t *testing.T) {
		entered, err := w.EnterSignUps(w.as(w.leader), advice.ID, ids)
		w.must(err)
		for i, want := range []string{"", domain.ErrPaperNeeded.With("programme", "法律援助").Text("zh"), domain.ErrGuardianFirst.Text("zh")} {
			if entered[i].ZH != want {
				t.Errorf("%d: %q, want %q", i, entered[i].ZH, want)
			}
		}
	})
	t.Run("the list shows what one can take part in, by the same rule", func(t *testing.T) {
		for _, c := range []struct {
			name, who string
			want      []string
		}{
			{"a lawyer", lawyer, []string{advice.ID, river.ID}}, {"without a paper", anybody, []string{river.ID}}, {"a minor whose guardian has not agreed", minor, nil},
		} {
			views, err := w.ListShifts(w.as(c.who), domain.ListingFilter{OnlyMine: true})
			w.must(err)
			var got []string
			for _, v := range views {
				got = append(got, v.ID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
		}
		elsewhere := shiftOf(w.programme, 48*time.Hour) // at the time of the advice
		views, err := w.ListShifts(w.as(lawyer), domain.ListingFilter{OnlyMine: true})
		w.must(err)
		for _, v := range views {
			if v.ID == elsewhere.ID {
				t.Error("one that she cannot come to")
			}
		}
	})
	t.Run("whoever lost the paper while waiting is passed over", func(t *testing.T) {
		s := shiftOf(legal, 96*time.Hour)
		paper := id.New()
		other := id.New()
		tell := func(state string, version int64, who ...string) {
			w.must(w.db.InTx(t.Context(), func(q postgres.Querier) error {
				for _, v := range who {
					e := teamsv1.QualificationChanged{QualificationID: paper, VolunteerID: v, Kind: "legal_worker", State: state, From: w.clock.Now().AddDate(-1, 0, 0), Version: version}
					if err := w.RememberQualifications(t.Context(), q, []teamsv1.QualificationChanged{e}); err != nil {
						return err
					}
				}
				return nil
			}))
		}
		tell("confirmed", 1, other)
		for _, v := range []string{lawyer, other} {
			_, err := w.SignUp(w.as(v), s.ID)
			w.must(err)
		}
		tell("withdrawn", 2, other)
		w.withdraw(lawyer, s)
		if got := w.standing(other, s).State; got != domain.SignUpWaitlisted {
			t.Errorf("%s", got)
		}
	})
}
