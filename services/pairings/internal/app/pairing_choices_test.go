package app_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Who is approved is offered for a child, however many others have applied; with the
// brigades that she is in, under any record, and with who can supervise.
func TestListChoices(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	child, _, mine := w.waiting()
	her, supervisor := w.approved(), officer("coordinator", countyPath)
	w.knows(mine, supervisor, officer("coordinator", otherPath))
	older, brigade := id.New(), id.New()
	w.merges(older, her.VolunteerID)
	w.inTx(func(q postgres.Querier) error {
		if err := w.LearnTeams(t.Context(), q, []teamsv1.TeamChanged{{TeamID: brigade, Name: "桂鹤队", RegionPath: countyPath, Version: 1}}); err != nil {
			return err
		}
		return w.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: brigade, VolunteerID: older, Role: "member", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: id.New(), VolunteerID: her.VolunteerID, Role: "member", State: "ended", Version: 2},
			{MembershipID: id.New(), TeamID: id.New(), VolunteerID: id.New(), Role: "member", State: "active", Version: 1},
		})
	})
	w.db.Owner(t).MustExec(`
		WITH keys AS (
			INSERT INTO data_keys (subject_id, kind, wrapped, made_at) SELECT gen_random_uuid(), 'companion', 'x', now() FROM generate_series(1, 250)
			RETURNING subject_id
		)
		INSERT INTO companions (id, volunteer_id, region_code, region_path, state, state_since, applied_at, sealed, version)
		SELECT subject_id, gen_random_uuid(), '410621', $1, 'applied', '2020-01-01', '2020-01-01', 'x', 1 FROM keys`, countyPath)

	got, err := w.ListChoices(w.as(mine), child)
	w.must(err)
	if len(got.Companions) != 1 || got.Companions[0].CompanionID != her.id || got.Companions[0].Full {
		t.Fatalf("%+v", got.Companions)
	}
	if diff := cmp.Diff([]app.ChoiceOfTeam{{TeamID: brigade, Name: "桂鹤队"}}, got.Companions[0].Teams); diff != "" {
		t.Error(diff)
	}
	officers := []string{}
	for _, o := range got.Officers {
		officers = append(officers, o.VolunteerID)
	}
	want := []string{mine.VolunteerID, supervisor.VolunteerID}
	slices.Sort(want)
	slices.Sort(officers)
	if diff := cmp.Diff(want, officers); diff != "" {
		t.Error(diff)
	}
	for _, other := range []auth.Principal{officer("child_care", otherPath), officer("coordinator", countyPath)} {
		_, err := w.ListChoices(w.as(other), child)
		w.refuses(domain.ErrNoChild, err)
	}
}
