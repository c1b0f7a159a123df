package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
)

func TestWarnOfDevice(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	v := w.Volunteer(t)
	kinds := func() (kinds []domain.NoticeKind) {
		page, err := w.App.ListNotices(given.As(t, v), "zh", 10, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range page.Notices {
			kinds = append(kinds, n.Kind)
		}
		return kinds
	}
	signIn := func() {
		if _, _, err := w.App.SignIn(t.Context(), string(v.Phone), w.Code(t, v.Phone)); err != nil {
			t.Fatal(err)
		}
		w.Clock.Leap(time.Hour)
	}
	signIn()
	if got := kinds(); len(got) != 0 {
		t.Errorf("the first device is no news: %v", got)
	}
	signIn()
	if diff := cmp.Diff([]domain.NoticeKind{domain.NoticeNewDevice}, kinds()); diff != "" {
		t.Error(diff)
	}
}
