package app_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// twice is somebody who is registered twice, and the officer of the county.
type twice struct {
	*given.World
	survivor, gone domain.Volunteer
	officer        context.Context
}

func newTwice(t *testing.T) twice {
	t.Helper()
	w := given.New(t)
	home := func(v *domain.Volunteer) { v.RegionCode = "410621" }
	return twice{World: w, survivor: w.Volunteer(t, home), gone: w.Volunteer(t, home), officer: given.As(t, w.Volunteer(t), county)}
}

func (w twice) merge(t *testing.T) {
	t.Helper()
	if _, err := w.App.MergeVolunteers(w.officer, w.survivor.ID, w.gone.ID, "registered_twice"); err != nil {
		t.Fatal(err)
	}
}

func (w twice) say(ctx context.Context, t *testing.T, purpose domain.Purpose, given bool) {
	t.Helper()
	version := 1
	if purpose == domain.BoardName {
		version = 2
	}
	if _, err := w.App.SetConsent(ctx, purpose, given, version); err != nil {
		t.Fatal(err)
	}
}

func TestMergeMoves(t *testing.T) {
	t.Parallel()
	t.Run("of consents the stricter wins, and all that was said is kept", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		asKept, asGone := given.As(t, w.survivor), given.As(t, w.gone)
		w.say(asGone, t, domain.BoardName, true)
		w.Clock.Leap(time.Hour)
		w.say(asGone, t, domain.BoardName, false)
		w.Clock.Leap(time.Hour)
		w.say(asKept, t, domain.BoardName, true) // later, and yet the no holds
		w.say(asGone, t, domain.RankNeighbours, true)
		w.merge(t)
		mine, err := w.App.MyConsents(asKept)
		if err != nil {
			t.Fatal(err)
		}
		got := map[domain.Purpose]string{}
		for _, c := range mine {
			var by []string
			for _, s := range c.Said {
				by = append(by, s.SaidBy)
			}
			got[c.Purpose] = string(c.State) + ": " + strings.Join(by, " ")
		}
		want := map[domain.Purpose]string{"board_name": "withdrawn: merged self self self", "rank_neighbours": "given: self", "check_in_location": "never: ", "national_system": "never: "}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		flags := given.Value[string](t, w.World, `SELECT string_agg(concat_ws(' ', state, board_consent, rank_consent), ', ' ORDER BY state) FROM volunteers WHERE id IN ($1, $2)`, w.survivor.ID, w.gone.ID)
		if want := "active f t, merged f f"; flags != want {
			t.Errorf("%s, want %s", flags, want)
		}
	})
	t.Run("the inbox moves, what both were told is there once, and the person is told of the merge", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		team := w.Team(t)
		told := func(n *domain.Notice) { n.Source = "one and the same" }
		w.Notice(t, team, w.survivor, told)
		w.Notice(t, team, w.gone, told)
		w.Notice(t, team, w.gone)
		w.merge(t)
		kinds := given.Value[string](t, w.World, `SELECT string_agg(kind, ' ' ORDER BY kind) FROM notices WHERE volunteer_id = $1 AND read_at IS NULL`, w.survivor.ID)
		if want := "membership.approved membership.approved records.merged"; kinds != want {
			t.Errorf("%s, want %s", kinds, want)
		}
		if n := given.Value[int](t, w.World, "SELECT count(*) FROM notices WHERE volunteer_id = $1", w.gone.ID); n != 0 {
			t.Errorf("%d were left behind", n)
		}
	})
	t.Run("choices about notices move to who made none", func(t *testing.T) {
		t.Parallel()
		muted := func(kind domain.NoticeKind) domain.NoticePreferences {
			return domain.NoticePreferences{Muted: []domain.NoticeKind{kind}, Quiet: true}
		}
		for _, both := range []bool{false, true} {
			w := newTwice(t)
			w.InTx(t, func(q postgres.Querier) error {
				if both {
					if err := store.UpsertNoticePreferences(t.Context(), q, w.survivor.ID, muted(domain.NoticeHoursConfirmed), w.Clock.Now()); err != nil {
						return err
					}
				}
				return store.UpsertNoticePreferences(t.Context(), q, w.gone.ID, muted(domain.NoticeTaskPublished), w.Clock.Now())
			})
			w.merge(t)
			want := map[bool]string{false: "task.published", true: "hours.confirmed"}[both]
			if got := given.Value[string](t, w.World, "SELECT string_agg(volunteer_id || ' ' || muted[1], ', ') FROM notice_preferences"); got != w.survivor.ID+" "+want {
				t.Error(got)
			}
		}
	})
	t.Run("text messages that wait go to the phone that stays, one for each thing", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		w.InTx(t, func(q postgres.Querier) error {
			for _, to := range []string{w.survivor.ID, w.gone.ID} {
				for _, taskID := range []string{"both", to} {
					n := domain.NewNotice(domain.NoticeTaskCancelled, to, "task", taskID, domain.Words{}, w.Clock.Now())
					m := domain.TextMessage{ID: id.New(), Notice: n, DueAt: w.Clock.Now(), UselessAt: w.Clock.Now().Add(time.Hour)}
					if err := store.UpsertTextMessage(t.Context(), q, m); err != nil {
						return err
					}
				}
			}
			return nil
		})
		w.merge(t)
		waiting := given.Value[int](t, w.World, "SELECT count(*) FROM text_messages WHERE volunteer_id = $1 AND dropped_at IS NULL", w.survivor.ID)
		dropped := given.Value[int](t, w.World, "SELECT count(*) FROM text_messages WHERE volunteer_id = $1 AND dropped_at IS NOT NULL", w.survivor.ID)
		if waiting != 3 || dropped != 1 {
			t.Errorf("%d wait, %d were dropped", waiting, dropped)
		}
	})
}

func TestMergeEnds(t *testing.T) {
	t.Parallel()
	t.Run("sessions and second factors of the record that stays go on, the other's end", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		keptSecret, _, asKept := givenSession(t, w.World, w.survivor)
		goneSecret, _, asGone := givenSession(t, w.World, w.gone)
		givenTOTP(asKept, t, w.World)
		givenTOTP(asGone, t, w.World)
		w.merge(t)
		if _, err := w.App.LookUpSession(t.Context(), keptSecret); err != nil {
			t.Errorf("the session of the record that stays: %v", err)
		}
		if _, err := w.App.LookUpSession(t.Context(), goneSecret); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("the session of the record that went: %v", err)
		}
		const left = `SELECT (SELECT count(*) FROM totp_secrets WHERE volunteer_id = $1) + (SELECT count(*) FROM recovery_codes WHERE volunteer_id = $1)`
		if kept, gone := given.Value[int](t, w.World, left, w.survivor.ID), given.Value[int](t, w.World, left, w.gone.ID); kept != 11 || gone != 0 {
			t.Errorf("%d factors stay, %d of the other", kept, gone)
		}
	})
	t.Run("a claim link to the record that goes is void", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		unclaimed := w.Volunteer(t, func(v *domain.Volunteer) { v.State, v.RegionCode = domain.VolunteerUnclaimed, "410621" })
		link, err := w.App.CreateClaimLink(w.officer, unclaimed.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.gone = unclaimed
		w.merge(t)
		if _, err := w.App.OpenClaimLink(t.Context(), link.Secret); !errors.Is(err, domain.ErrClaimLink) {
			t.Errorf("opened: %v", err)
		}
	})
	t.Run("a record with an appeal that is not decided cannot go, and can stay", func(t *testing.T) {
		t.Parallel()
		w := newTwice(t)
		team := w.Team(t)
		m := w.Member(t, team, w.gone, domain.RoleMember)
		_, err := w.DB.Owner(t).ExecContext(t.Context(), `INSERT INTO membership_appeals (id, membership_id, volunteer_id, removed_by, removed_at, word, state, requested_at, version)
			VALUES (gen_random_uuid(), $1, $2, $3, now(), '', 'open', now(), 1)`, m.ID, w.gone.ID, w.survivor.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.MergeVolunteers(w.officer, w.survivor.ID, w.gone.ID, "other"); !errors.Is(err, domain.ErrAppealWaits) {
			t.Errorf("got %v", err)
		}
		if _, err := w.App.MergeVolunteers(w.officer, w.gone.ID, w.survivor.ID, "other"); err != nil {
			t.Error(err)
		}
	})
}
