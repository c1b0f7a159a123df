package app_test

import (
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// givenAdministrator is somebody who administers a region, by grant and token.
func givenAdministrator(t *testing.T, w *given.World, code, path string) (domain.Volunteer, domain.Grant, auth.Grant) {
	t.Helper()
	v := w.Volunteer(t)
	g := w.Grant(t, v, func(g *domain.Grant) { g.Role, g.RegionCode = domain.RoleAdministrator, code })
	return v, g, auth.Grant{Role: domain.RoleAdministrator, RegionPath: path}
}

func TestGiveGrant(t *testing.T) {
	t.Parallel()
	t.Run("it is kept, recorded and told, and counts from its day on", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin, _, token := givenAdministrator(t, w, "410621", "4106/410621/")
		v := w.Volunteer(t)
		from, until := given.Day.Add(24*time.Hour), given.Day.Add(48*time.Hour)
		line, err := w.App.GiveGrant(given.As(t, admin, token), app.NewGrant{
			VolunteerID: v.ID, Role: "coordinator", RegionCode: "410621100", From: from, Until: until, Reason: "镇妇联任命",
		})
		if err != nil || line.Name != v.Name || line.GrantedByName != admin.Name || line.RegionName != "善堂镇" {
			t.Fatal(line, err)
		}
		var event teamsv1.GrantChanged
		if err := json.Unmarshal(w.Outbox(t)[0].Body, &event); err != nil {
			t.Fatal(err)
		}
		want := teamsv1.GrantChanged{GrantID: line.ID, VolunteerID: v.ID, Role: "coordinator", RegionPath: "4106/410621/410621100/", State: "active", From: from, Until: until, Version: 1}
		if diff := cmp.Diff(want, event); diff != "" {
			t.Error(diff)
		}
		if got := given.Value[string](t, w, "SELECT act || reason FROM audit_records WHERE actor_id = $1 AND volunteer_id = $2", admin.ID, v.ID); got != "grant.given镇妇联任命" {
			t.Error(got)
		}
		secret, live, _ := givenSession(t, w, v)
		if len(live.Grants) != 0 || !live.ChangesAt.Equal(from) {
			t.Errorf("before it begins: %+v", live)
		}
		w.Clock.Leap(24 * time.Hour)
		if live, err = w.App.LookUpSession(t.Context(), secret); err != nil || len(live.Grants) != 1 || !live.ChangesAt.Equal(until) {
			t.Errorf("while it counts: %+v, %v", live, err)
		}
		w.Clock.Leap(24 * time.Hour)
		if live, err = w.App.LookUpSession(t.Context(), secret); err != nil || len(live.Grants) != 0 || !live.ChangesAt.IsZero() {
			t.Errorf("afterwards: %+v, %v", live, err)
		}
	})
	t.Run("what nobody may give is refused", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin, grant, token := givenAdministrator(t, w, "410621", "4106/410621/")
		colleague, v := w.Volunteer(t), w.Volunteer(t)
		w.Grant(t, v)
		w.Grant(t, colleague)
		good := app.NewGrant{VolunteerID: v.ID, Role: "viewer", RegionCode: "410621", Reason: "任命"}
		for name, c := range map[string]struct {
			as     domain.Volunteer
			token  auth.Grant
			change func(*app.NewGrant)
			want   error
		}{
			"over a region above one's own":         {admin, token, func(n *app.NewGrant) { n.RegionCode, n.Role = "4106", "administrator" }, domain.ErrNoRegion},
			"over another county":                   {admin, token, func(n *app.NewGrant) { n.RegionCode = "410611" }, domain.ErrNoRegion},
			"by a coordinator":                      {colleague, auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}, func(*app.NewGrant) {}, domain.ErrNoRegion},
			"by one whose token is older than that": {colleague, token, func(*app.NewGrant) {}, domain.ErrNoRegion},
			"to oneself":                            {admin, token, func(n *app.NewGrant) { n.VolunteerID = admin.ID }, domain.ErrOwnGrant},
			"to nobody":                             {admin, token, func(n *app.NewGrant) { n.VolunteerID = id.New() }, domain.ErrNoVolunteer},
			"twice":                                 {admin, token, func(n *app.NewGrant) { n.Role = "coordinator" }, domain.ErrGrantTwice},
		} {
			n := good
			c.change(&n)
			if _, err := w.App.GiveGrant(given.As(t, c.as, c.token), n); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := len(w.Outbox(t)); n != 0 {
			t.Errorf("%d events of refusals", n)
		}
		if _, err := w.App.WithdrawGrant(given.As(t, admin, token), grant.ID, "卸任"); err != nil {
			t.Errorf("a county's administrator may step down: %v", err)
		}
	})
}

func TestWithdrawGrant(t *testing.T) {
	t.Parallel()
	t.Run("it ends at once, with who and why, and is told", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin, _, token := givenAdministrator(t, w, "4106", "4106/")
		v := w.Volunteer(t)
		g := w.Grant(t, v)
		secret, _, _ := givenSession(t, w, v)
		line, err := w.App.WithdrawGrant(given.As(t, admin, token), g.ID, "工作调动")
		if err != nil || line.EndedByName != admin.Name || line.EndReason != "工作调动" || !line.EndedAt.Equal(given.Day) {
			t.Fatal(line, err)
		}
		if live, err := w.App.LookUpSession(t.Context(), secret); err != nil || len(live.Grants) != 0 {
			t.Error(live, err)
		}
		var event teamsv1.GrantChanged
		if err := json.Unmarshal(w.Outbox(t)[0].Body, &event); err != nil || event.State != "ended" || event.Version != 2 || event.VolunteerID != v.ID {
			t.Error(event, err)
		}
		if _, err := w.App.WithdrawGrant(given.As(t, admin, token), g.ID, "再一次"); !errors.Is(err, domain.ErrGrantOver) {
			t.Error(err)
		}
		over, _, err := w.App.ListGrants(given.As(t, admin, token), "410621", true, 50, "")
		if err != nil || len(over) != 1 || over[0].ID != g.ID {
			t.Error(over, err)
		}
	})
	t.Run("the last administrator stays, and so does the last without an end", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin, grant, token := givenAdministrator(t, w, "4106", "4106/")
		ctx := given.As(t, admin, token)
		if _, err := w.App.WithdrawGrant(ctx, grant.ID, "卸任"); !errors.Is(err, domain.ErrLastAdministrator) {
			t.Error(err)
		}
		successor := w.Volunteer(t)
		n := app.NewGrant{VolunteerID: successor.ID, Role: "administrator", RegionCode: "4106", Until: given.Day.AddDate(0, 1, 0), Reason: "代管"}
		if _, err := w.App.GiveGrant(ctx, n); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.WithdrawGrant(ctx, grant.ID, "卸任"); !errors.Is(err, domain.ErrLastAdministrator) {
			t.Errorf("one who ends by a date is left alone: %v", err)
		}
		n.From, n.Until = given.Day.Add(time.Hour), time.Time{}
		if _, err := w.App.GiveGrant(ctx, n); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.WithdrawGrant(ctx, grant.ID, "卸任"); !errors.Is(err, domain.ErrLastAdministrator) {
			t.Errorf("one who has not begun yet: %v", err)
		}
		w.Clock.Leap(time.Hour)
		if _, err := w.App.WithdrawGrant(ctx, grant.ID, "卸任"); err != nil {
			t.Error(err)
		}
	})
	t.Run("of two administrators who withdraw each other at once exactly one succeeds", func(t *testing.T) {
		t.Parallel()
		for range 2 {
			w := given.New(t)
			one, hers, token := givenAdministrator(t, w, "4106", "4106/")
			two, his, _ := givenAdministrator(t, w, "4106", "4106/")
			third, _, _ := givenAdministrator(t, w, "4106", "4106/") // so that not the last one's rule decides
			errs := besides(
				func() error { _, err := w.App.WithdrawGrant(given.As(t, one, token), his.ID, "争执"); return err },
				func() error { _, err := w.App.WithdrawGrant(given.As(t, two, token), hers.ID, "争执"); return err },
			)
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Fatal(errs, third.ID)
			}
		}
	})
	t.Run("nor do they in the database, whatever the program does", func(t *testing.T) {
		t.Parallel()
		for range 2 {
			w := given.New(t)
			one, hers, _ := givenAdministrator(t, w, "4106", "4106/")
			two, his, _ := givenAdministrator(t, w, "4106", "4106/")
			end := func(by domain.Volunteer, g domain.Grant) error {
				return w.DB.InTx(t.Context(), func(q postgres.Querier) error {
					_, err := q.ExecContext(t.Context(), "UPDATE staff_grants SET ended_at = $2, ended_by = $3, end_reason = '争执' WHERE id = $1", g.ID, given.Day, by.ID)
					return err
				})
			}
			errs := besides(func() error { return end(one, his) }, func() error { return end(two, hers) })
			if (errs[0] == nil) == (errs[1] == nil) || !postgres.Violated(errors.Join(errs...), "staff_grants_last_administrator") {
				t.Fatal(errs)
			}
		}
	})
}

// besides runs the two beside each other.
func besides(a, b func() error) []error {
	errs := make([]error, 2)
	var both sync.WaitGroup
	both.Go(func() { errs[0] = a() })
	both.Go(func() { errs[1] = b() })
	both.Wait()
	return errs
}

func TestLastAdministrator(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	admin, grant, _ := givenAdministrator(t, w, "4106", "4106/")
	ordinary := w.Volunteer(t)
	change := func(query string, args ...any) error {
		return w.Owner.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), query, args...)
			return err
		})
	}
	for name, err := range map[string]error{
		"a date to end":       change("UPDATE staff_grants SET until_at = $2 WHERE id = $1", grant.ID, given.Day.AddDate(1, 0, 0)),
		"another role":        change("UPDATE staff_grants SET role = 'viewer' WHERE id = $1", grant.ID),
		"another region":      change("UPDATE staff_grants SET region_code = '410621' WHERE id = $1", grant.ID),
		"a grant that is not": change("DELETE FROM staff_grants WHERE id = $1", grant.ID),
		"a record nobody has": change("UPDATE volunteers SET state = 'unclaimed' WHERE id = $1", admin.ID),
	} {
		if !postgres.Violated(err, "staff_grants_last_administrator") {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Run("anybody else may go", func(t *testing.T) {
		t.Parallel()
		if err := change("UPDATE volunteers SET state = 'unclaimed' WHERE id = $1", ordinary.ID); err != nil {
			t.Error(err)
		}
	})
	t.Run("a record may become part of another with the authority", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		admin, grant, _ := givenAdministrator(t, w, "4106", "4106/")
		other := w.Volunteer(t)
		err := w.DB.InTx(t.Context(), func(q postgres.Querier) error {
			if _, err := q.ExecContext(t.Context(), "UPDATE staff_grants SET volunteer_id = $2 WHERE id = $1", grant.ID, other.ID); err != nil {
				return err
			}
			_, err := q.ExecContext(t.Context(), "UPDATE volunteers SET state = 'merged', merged_into = $2 WHERE id = $1", admin.ID, other.ID)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestFindCandidate(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	admin, _, token := givenAdministrator(t, w, "410621", "4106/410621/")
	v := w.Volunteer(t)
	ctx := given.As(t, admin, token)
	for _, typed := range []string{v.Number, string(v.Phone), "+86 " + string(v.Phone)} {
		if got, err := w.App.FindCandidate(ctx, typed); err != nil || got.ID != v.ID {
			t.Errorf("%q: %v, %v", typed, got.ID, err)
		}
	}
	for _, typed := range []string{"", "HB0", "13900000000", v.Name} {
		if _, err := w.App.FindCandidate(ctx, typed); !errors.Is(err, domain.ErrNoVolunteer) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if got := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'volunteer.looked_up' AND volunteer_id = $1 AND actor_id = $2", v.ID, admin.ID); got != 3 {
		t.Errorf("%d looks are recorded", got)
	}
	if _, err := w.App.FindCandidate(given.As(t, v, auth.Grant{Role: "coordinator", RegionPath: "4106/"}), v.Number); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Errorf("a coordinator: %v", err)
	}
}
