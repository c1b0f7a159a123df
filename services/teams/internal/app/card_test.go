package app_test

import (
	"bytes"
	"errors"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

func cardOf(t *testing.T, w *given.World, v domain.Volunteer) domain.Card {
	t.Helper()
	held, err := w.App.MyCard(given.As(t, v))
	if err != nil {
		t.Fatal(err)
	}
	return held.Card
}

func TestMyCard(t *testing.T) {
	t.Parallel()
	t.Run("is issued once, however many ask at once, and the database does not hold its token", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		w.Member(t, w.Team(t), v, domain.RoleMember)
		var tokens [4]string
		var wg sync.WaitGroup
		for i := range tokens {
			wg.Go(func() {
				held, err := w.App.MyCard(given.As(t, v))
				if err != nil || held.TeamName != "浚县大伾山巾帼志愿服务队" || held.Card.Serial != 1 {
					t.Error(held, err)
				}
				tokens[i] = held.Card.Token
			})
		}
		wg.Wait()
		for _, token := range tokens {
			if token != tokens[0] || !regexp.MustCompile(`^[\w-]{16}$`).MatchString(token) {
				t.Error(tokens)
			}
		}
		row := given.Value[string](t, w, "SELECT row_to_json(c)::text FROM volunteer_cards c")
		if bytes.Contains([]byte(row), []byte(tokens[0])) {
			t.Error("the table holds the token:", row)
		}
	})
	t.Run("waits for a minor's guardian", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		if _, err := w.App.MyCard(given.As(t, w.Minor(t, w.Volunteer(t)))); !errors.Is(err, domain.ErrCardWaits) {
			t.Error(err)
		}
	})
}

func TestOpenCard(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, holder, leader, other := w.Team(t), w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
	w.Member(t, team, holder, domain.RoleMember)
	w.Member(t, team, leader, domain.RoleLeader)
	w.Member(t, team, other, domain.RoleMember)
	token := cardOf(t, w, holder).Token
	masked := app.OpenedCard{Valid: true, MaskedName: "王**"}
	whole := app.OpenedCard{Valid: true, MaskedName: "王**", Name: "王桂兰", Number: holder.Number}
	for name, c := range map[string]struct {
		as   domain.Volunteer
		role string
		path string
		want app.OpenedCard
	}{
		"a stranger sees a surname":       {want: masked},
		"another member sees as much":     {as: other, want: masked},
		"who leads her sees her":          {as: leader, want: whole},
		"she sees herself":                {as: holder, want: whole},
		"an officer of the county too":    {as: other, role: "viewer", path: "4106/410621/", want: whole},
		"an officer elsewhere does not":   {as: other, role: "coordinator", path: "4106/410611/", want: masked},
		"nor does who looks after minors": {as: other, role: "child_care", path: "4106/410611/", want: masked},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			if c.as.ID != "" {
				ctx = given.As(t, c.as)
			}
			if c.role != "" {
				ctx = given.As(t, c.as, auth.Grant{Role: c.role, RegionPath: c.path})
			}
			got, err := w.App.OpenCard(ctx, token)
			if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
				t.Error(err, diff)
			}
		})
	}
	t.Run("what is no card's token is none", func(t *testing.T) {
		t.Parallel()
		if _, err := w.App.OpenCard(t.Context(), "AAAAAAAAAAAAAAAA"); !errors.Is(err, domain.ErrNoCard) {
			t.Error(err)
		}
	})
}

func TestReplaceCard(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, holder, leader := w.Team(t), w.Volunteer(t), w.Volunteer(t)
	w.Member(t, team, holder, domain.RoleMember)
	w.Member(t, team, leader, domain.RoleLeader)
	old := cardOf(t, w, holder)
	w.Clock.Leap(time.Hour)
	if err := w.App.ReplaceCard(given.As(t, leader), holder.ID); err != nil {
		t.Fatal(err)
	}
	fresh := cardOf(t, w, holder)
	if fresh.Token == old.Token || fresh.Serial != 2 {
		t.Error(fresh)
	}
	if opened, err := w.App.OpenCard(t.Context(), old.Token); err != nil || opened.Valid {
		t.Error("the old card still counts:", opened, err)
	}
	found, err := w.App.LookUpCard(t.Context(), old.Token)
	if err != nil || found.VolunteerID != holder.ID || !found.Valid(given.Day.Add(time.Minute)) || found.Valid(w.Clock.Now()) {
		t.Error("what was scanned before counts, what is scanned now does not:", found, err)
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM notices WHERE kind = 'card.replaced' AND volunteer_id = $1", holder.ID); n != 1 {
		t.Error(n, "notices")
	}
	if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'card.replaced' AND volunteer_id = $1 AND actor_id = $2", holder.ID, leader.ID); n != 1 {
		t.Error(n, "records")
	}
	if err := w.App.ReplaceCard(given.As(t, w.Volunteer(t)), holder.ID); !errors.Is(err, domain.ErrNoVolunteer) {
		t.Error("a stranger replaced it:", err)
	}
}

func TestCardsOfOneWhoChanges(t *testing.T) {
	t.Parallel()
	t.Run("a merged record's card is the survivor's, and dies with hers when she loses them", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, survivor, gone, officer := w.Team(t), w.Volunteer(t), w.Volunteer(t), w.Volunteer(t)
		w.Member(t, team, survivor, domain.RoleMember)
		w.Member(t, team, gone, domain.RoleMember)
		hers, another := cardOf(t, w, survivor), cardOf(t, w, gone)
		ctx := given.As(t, officer, auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
		if _, err := w.App.MergeVolunteers(ctx, survivor.ID, gone.ID, "registered_twice"); err != nil {
			t.Fatal(err)
		}
		if found, err := w.App.LookUpCard(t.Context(), another.Token); err != nil || found.VolunteerID != survivor.ID || !found.EndedAt.IsZero() {
			t.Error(found, err)
		}
		if err := w.App.ReplaceCard(given.As(t, survivor), survivor.ID); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{hers.Token, another.Token} {
			if opened, err := w.App.OpenCard(t.Context(), token); err != nil || opened.Valid {
				t.Error(opened, err)
			}
		}
	})
	t.Run("an erased person's card is unknown", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, v, officer := w.Team(t), w.Volunteer(t), w.Volunteer(t)
		w.Member(t, team, v, domain.RoleMember)
		card := cardOf(t, w, v)
		if err := w.App.ErasePerson(given.As(t, officer, auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}), v.ID, "书面申请第1号"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.LookUpCard(t.Context(), card.Token); !errors.Is(err, domain.ErrNoCard) {
			t.Error(err)
		}
	})
}

func TestPrintCards(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, leader := w.Team(t), w.Volunteer(t)
	w.Member(t, team, leader, domain.RoleLeader)
	var ids []string
	for range 11 {
		v := w.Volunteer(t, func(v *domain.Volunteer) { v.State, v.Phone = domain.VolunteerUnclaimed, "" })
		w.Member(t, team, v, domain.RoleMember)
		ids = append(ids, v.ID)
	}
	pages := func(pdf []byte) int { return len(regexp.MustCompile(`/Type /Page\b[^s]`).FindAll(pdf, -1)) }
	t.Run("ten stand on a page, who has none gets one, and it is recorded", func(t *testing.T) {
		t.Parallel()
		pdf, name, err := w.App.PrintCards(given.As(t, leader), team.ID, ids)
		if err != nil || pages(pdf) != 2 || name != "志愿者卡-浚县大伾山巾帼志愿服务队-20261123.pdf" {
			t.Fatal(pages(pdf), name, err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM volunteer_cards WHERE volunteer_id <> $1 AND issued_by = $1", leader.ID); n != 11 {
			t.Error(n, "cards")
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'card.printed' AND subject_id = $1 AND reason = 'cards 11'", team.ID); n != 1 {
			t.Error(n, "records")
		}
	})
	t.Run("one's own is as large as a card", func(t *testing.T) {
		t.Parallel()
		pdf, _, err := w.App.PrintMyCard(given.As(t, leader))
		if err != nil || pages(pdf) != 1 || !bytes.Contains(pdf, []byte("242.65")) {
			t.Error(pages(pdf), err)
		}
	})
	t.Run("nobody of another team is printed, nor gets a card", func(t *testing.T) {
		t.Parallel()
		other := w.Volunteer(t)
		if _, _, err := w.App.PrintCards(given.As(t, leader), team.ID, []string{other.ID}); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM volunteer_cards WHERE volunteer_id = $1", other.ID); n != 0 {
			t.Error(n, "cards")
		}
	})
	t.Run("an empty team has none", func(t *testing.T) {
		t.Parallel()
		officer := given.As(t, w.Volunteer(t), auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"})
		if _, _, err := w.App.PrintCards(officer, w.Team(t).ID, nil); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
	t.Run("a site without an address prints none", func(t *testing.T) {
		t.Parallel()
		w := given.New(t, func(p *app.Parts) { p.SiteURL = "" })
		if _, _, err := w.App.PrintMyCard(given.As(t, w.Volunteer(t))); apperr.KindOf(err) != apperr.Unavailable {
			t.Error(err)
		}
	})
}
