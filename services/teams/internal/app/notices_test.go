package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

func TestListNotices(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, v := w.Team(t), w.Volunteer(t)
	applicant := w.Volunteer(t, func(v *domain.Volunteer) { v.Name = "赵红梅" })
	var want []string
	for range 5 {
		want = append([]string{w.Notice(t, team, v).ID}, want...)
		w.Clock.Leap(time.Hour)
	}
	w.Notice(t, team, w.Volunteer(t))
	applied := w.Notice(t, team, v, func(n *domain.Notice) {
		n.Kind = domain.NoticeMembershipApplied
		n.Words["person"] = applicant.ID
	})
	want = append([]string{applied.ID}, want...)
	t.Run("page after page, newest first, one's own only", func(t *testing.T) {
		t.Parallel()
		var got []string
		after := ""
		for {
			page, err := w.App.ListNotices(given.As(t, v), "zh", 2, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range page.Notices {
				got = append(got, n.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("people are named when it is read", func(t *testing.T) {
		t.Parallel()
		page, err := w.App.ListNotices(given.As(t, v), "zh", 1, "")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := page.Notices[0].Text(page.Reader), "赵红梅申请加入浚县大伾山巾帼志愿服务队，请点开答复。"; got != want {
			t.Errorf("got %q", got)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM notices x WHERE x::text LIKE '%赵红梅%'"); n != 0 {
			t.Error("the name is kept")
		}
	})
}

func TestReadNotices(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	team, v, other := w.Team(t), w.Volunteer(t), w.Volunteer(t)
	first := w.Notice(t, team, v)
	w.Clock.Leap(time.Minute)
	second := w.Notice(t, team, v)
	theirs := w.Notice(t, team, other)
	if n, err := w.App.CountUnread(given.As(t, v)); err != nil || n != 2 {
		t.Fatalf("%d unread, %v", n, err)
	}
	read := given.Day.Add(time.Hour)
	w.Clock.Leap(59 * time.Minute)
	for range 2 { // twice is once
		if n, err := w.App.ReadNotices(given.As(t, v), first.ID); err != nil || n != 1 {
			t.Errorf("%d unread, %v", n, err)
		}
		w.Clock.Leap(time.Hour)
	}
	if n, err := w.App.ReadNotices(given.As(t, v), second.ID); err != nil || n != 0 {
		t.Errorf("%d unread, %v", n, err)
	}
	if got := given.Value[time.Time](t, w, "SELECT read_at FROM notices WHERE id = $1", first.ID); !got.Equal(read) {
		t.Errorf("the first reading counts: %s", got)
	}
	if _, err := w.App.ReadNotices(given.As(t, v), theirs.ID); !errors.Is(err, domain.ErrNoNotice) {
		t.Errorf("somebody else's: %v", err)
	}
	if me, err := w.App.Me(given.As(t, other)); err != nil || me.Unread != 1 {
		t.Errorf("the other has %d unread, %v", me.Unread, err)
	}
	t.Run("after half a year they are gone", func(t *testing.T) {
		w.Clock.Leap(domain.NoticeLife - 2*time.Hour)
		w.Notice(t, team, v)
		if err := w.App.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := given.Value[int](t, w, "SELECT count(*) FROM notices"); got != 1 {
			t.Errorf("%d are left", got)
		}
	})
}

func TestNoticePreferences(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v := w.Volunteer(t)
	before, err := w.App.NoticePreferences(given.As(t, v))
	if diff := cmp.Diff(domain.FirstPreferences(), before); err != nil || diff != "" {
		t.Error(err, diff)
	}
	want, err := domain.NewNoticePreferences([]domain.NoticeKind{domain.NoticeTaskPublished}, []domain.NoticeKind{domain.NoticeTaskChanged}, false)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.App.SetNoticePreferences(given.As(t, v), want); err != nil {
			t.Fatal(err)
		}
	}
	after, err := w.App.NoticePreferences(given.As(t, v))
	if diff := cmp.Diff(want, after); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
