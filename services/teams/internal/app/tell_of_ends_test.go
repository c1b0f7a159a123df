package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestTellOfEnds(t *testing.T) {
	t.Parallel()
	const soon, over = domain.NoticeQualificationEnds, domain.NoticeQualificationOver
	// ends returns what she was told, after a sweep at some instants, each twice
	// as after a restart.
	ends := func(t *testing.T, p paperWorld, at ...time.Time) []domain.NoticeKind {
		t.Helper()
		for _, instant := range at {
			p.Clock.Leap(instant.Sub(p.Clock.Now()))
			for range 2 {
				if err := p.App.TellOfEnds(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		page, err := p.App.ListNotices(p.asAnne, "zh", 10, "")
		if err != nil {
			t.Fatal(err)
		}
		kinds := []domain.NoticeKind{}
		for _, n := range page.Notices {
			if n.Kind == soon || n.Kind == over {
				kinds = append(kinds, n.Kind)
			}
		}
		return kinds
	}
	record := func(t *testing.T, p paperWorld, until string) string {
		t.Helper()
		paper := firstAid
		paper.ValidUntil = until
		c, err := p.App.RecordQualification(p.asOffice, p.anne.ID, paper)
		if err != nil {
			t.Fatal(err)
		}
		return c.Qualifications[0].ID
	}
	day := func(s string) time.Time {
		at, err := time.ParseInLocation(time.DateTime, s, clock.City)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	t.Run("thirty days before its last day, and when it is over: once each, whatever restarts", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		record(t, p, "2027-03-31")
		if got := ends(t, p, day("2027-02-28 23:59:59")); len(got) != 0 {
			t.Error("too early", got)
		}
		if diff := cmp.Diff([]domain.NoticeKind{soon}, ends(t, p, day("2027-03-01 00:00:00"), day("2027-03-31 23:59:59"))); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]domain.NoticeKind{over, soon}, ends(t, p, day("2027-04-01 00:00:00"), day("2028-04-01 00:00:00"))); diff != "" {
			t.Error(diff)
		}
		texts := p.notices(p.asAnne, t)
		if texts[1] != "您的“急救员证”有效期到3月31日，请及时换证，换好后再登记一次。" && texts[1] != "您的“急救员证”有效期到2027年3月31日，请及时换证，换好后再登记一次。" {
			t.Error(texts)
		}
	})
	t.Run("when Qihe did not run for the thirty days, only that it is over", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		record(t, p, "2027-03-31")
		if diff := cmp.Diff([]domain.NoticeKind{over}, ends(t, p, day("2027-06-01 08:00:00"))); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nothing about a paper that was renewed, revoked or never confirmed", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		record(t, p, "2027-03-31")
		if got := ends(t, p, day("2027-01-10 08:00:00")); len(got) != 0 {
			t.Error(got)
		}
		record(t, p, "2030-03-31")
		nurse := firstAid
		nurse.Kind, nurse.ValidUntil = "nurse", "2027-03-31"
		p.claim(p.asAnne, t, nurse)
		other := given.As(t, p.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" }), county)
		teacher := firstAid
		teacher.Kind, teacher.ValidUntil = "mediator", "2027-03-31"
		c, err := p.App.RecordQualification(other, p.anne.ID, teacher)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.App.WithdrawQualification(other, c.Qualifications[0].ID, "证书被收回"); err != nil {
			t.Fatal(err)
		}
		if got := ends(t, p, day("2027-03-10 08:00:00"), day("2027-06-10 08:00:00")); len(got) != 0 {
			t.Error(got)
		}
	})
}
