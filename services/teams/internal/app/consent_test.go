package app_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

// newWords adds a version of the words for the name on boards, good from now.
func newWords(t *testing.T, w *given.World, version int, material bool) {
	t.Helper()
	_, err := w.DB.Owner(t).ExecContext(t.Context(), "INSERT INTO consent_texts (purpose, version, zh, en, from_at, material) VALUES ('board_name', $1, '新', 'new', $2, $3)",
		version, w.Clock.Now(), material)
	if err != nil {
		t.Fatal(err)
	}
}

func boardConsent(t *testing.T, mine []app.MyConsent, err error) app.MyConsent {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return mine[0]
}

func TestSetConsent(t *testing.T) {
	t.Parallel()
	t.Run("each purpose is a matter of its own, with its date and its words", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		ctx := given.As(t, v)
		if _, err := w.App.SetConsent(ctx, domain.RankNeighbours, true, 1); err != nil {
			t.Fatal(err)
		}
		w.Clock.Leap(time.Hour)
		mine, err := w.App.SetConsent(ctx, domain.RankNeighbours, false, 1)
		if err != nil {
			t.Fatal(err)
		}
		got := map[domain.Purpose]string{}
		for _, c := range mine {
			got[c.Purpose] = fmt.Sprint(c.State, " ", c.Text.Version, " ", len(c.Said), " ", len(c.Texts))
		}
		want := map[domain.Purpose]string{"board_name": "never 2 0 0", "rank_neighbours": "withdrawn 1 2 1", "check_in_location": "never 2 0 0", "national_system": "never 1 0 0"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if first := mine[1].Said[0]; first.Given || !first.At.Equal(given.Day.Add(time.Hour)) || !mine[1].Since.Equal(first.At) {
			t.Errorf("the newest is not first: %+v", mine[1])
		}
	})
	t.Run("all services are told what counts now", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		for _, purpose := range domain.Purposes {
			version := 2
			if purpose == domain.RankNeighbours || purpose == domain.NationalSystem {
				version = 1
			}
			if _, err := w.App.SetConsent(given.As(t, v), purpose, true, version); err != nil {
				t.Fatal(err)
			}
		}
		events := w.Outbox(t)
		want := `{"volunteer_id":"` + v.ID + `","minor":false,"board_consent":true,"rank_consent":true,"location_consent":true,"erased":false,"version":5}`
		if len(events) != 4 || string(events[3].Body) != want {
			t.Errorf("told: %v", events)
		}
	})
	t.Run("what was not said is refused and keeps nothing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		minor := w.Volunteer(t, func(v *domain.Volunteer) { v.Minor, v.AdultOn = true, given.Day.AddDate(1, 0, 0) })
		for name, c := range map[string]struct {
			who     domain.Volunteer
			purpose domain.Purpose
			version int
			want    error
		}{
			"to older words":   {v, domain.BoardName, 1, domain.ErrTextChanged},
			"to words unheard": {v, domain.BoardName, 9, domain.ErrTextChanged},
			"to nothing known": {v, "fingerprints", 1, domain.ErrNoPurpose},
			"by a minor":       {minor, domain.BoardName, 2, domain.ErrGuardianDecides},
		} {
			if _, err := w.App.SetConsent(given.As(t, c.who), c.purpose, true, c.version); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM consents"); n != 0 || len(w.Outbox(t)) != 0 {
			t.Errorf("%d kept, %v told", n, w.Outbox(t))
		}
	})
	t.Run("the previous web app's switch says yes to that app's sentence", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		if me, err := w.App.SetBoardConsent(given.As(t, v), true); err != nil || !me.Volunteer.BoardConsent {
			t.Fatal(me, err)
		}
		mine, err := w.App.MyConsents(given.As(t, v))
		if c := boardConsent(t, mine, err); c.State != domain.ConsentGiven || c.Said[0].TextVersion != 1 {
			t.Errorf("%+v", c)
		}
	})
}

func TestRenewConsents(t *testing.T) {
	t.Parallel()
	agreed := func(t *testing.T, w *given.World) domain.Volunteer {
		v := w.Volunteer(t)
		if _, err := w.App.SetConsent(given.As(t, v), domain.BoardName, true, 2); err != nil {
			t.Fatal(err)
		}
		return v
	}
	counts := func(t *testing.T, w *given.World, v domain.Volunteer) bool {
		t.Helper()
		if err := w.App.RenewConsents(t.Context()); err != nil {
			t.Fatal(err)
		}
		return given.Value[bool](t, w, "SELECT board_consent FROM volunteers WHERE id = $1", v.ID)
	}
	t.Run("words that say the same in other words change nothing", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := agreed(t, w)
		newWords(t, w, 3, false)
		if !counts(t, w, v) || len(w.Outbox(t)) != 1 {
			t.Errorf("it counts no longer: %v", w.Outbox(t))
		}
	})
	t.Run("words that say more: it counts no longer, is told once, and is asked for again", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := agreed(t, w)
		newWords(t, w, 3, true)
		for range 2 {
			if counts(t, w, v) {
				t.Error("it still counts")
			}
		}
		me, err := w.App.Me(given.As(t, v))
		if err != nil || me.Renewals != 1 || len(w.Outbox(t)) != 2 {
			t.Error(me.Renewals, err, w.Outbox(t))
		}
		mine, err := w.App.SetConsent(given.As(t, v), domain.BoardName, true, 3)
		if c := boardConsent(t, mine, err); c.State != domain.ConsentGiven || len(c.Texts) != 2 || !counts(t, w, v) {
			t.Errorf("renewed: %+v", c)
		}
	})
	t.Run("the previous web app cannot say yes to words it does not show", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		newWords(t, w, 3, true)
		if me, err := w.App.SetBoardConsent(given.As(t, v), true); err != nil || me.Volunteer.BoardConsent || me.Renewals != 1 {
			t.Error(me, err)
		}
	})
	t.Run("more people than are told of at once", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		for range 201 { // one more than in one transaction; their flags stand without a word of theirs
			w.Volunteer(t, func(v *domain.Volunteer) { v.BoardConsent = true })
		}
		newWords(t, w, 3, true)
		if err := w.App.RenewConsents(t.Context()); err != nil || given.Value[bool](t, w, "SELECT bool_or(board_consent) FROM volunteers") {
			t.Error("somebody was forgotten", err)
		}
	})
}
