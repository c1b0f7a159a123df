package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

func TestPurpose(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID := w.child()
	asking, deciding := officer("child_care", countyPath), officer("child_care", cityPath)
	ask := app.PurposeQuery{RegionCode: "410621", Reason: "寒假前逐户核对联系方式", Days: 7}

	t.Run("another officer says yes, and the record says what for", func(t *testing.T) {
		purposeID, err := w.AskPurpose(w.as(asking), ask)
		w.must(err)
		if _, err := w.OpenChild(w.as(asking), childID); !errors.Is(err, domain.ErrNoGround) {
			t.Errorf("before it is decided: %v", err)
		}
		if err := w.DecidePurpose(w.as(asking), purposeID, true, ""); !errors.Is(err, domain.ErrPurposeOwn) {
			t.Errorf("one's own: %v", err)
		}
		w.must(w.DecidePurpose(w.as(deciding), purposeID, true, ""))
		got, err := w.OpenChild(w.as(asking), childID)
		w.must(err)
		if got.Ground != (domain.Ground{Basis: domain.BasisPurpose, BasisID: purposeID}) {
			t.Errorf("%+v", got.Ground)
		}
		looked, err := w.ListOpenings(w.as(deciding), childID)
		if err != nil || len(looked) != 1 || looked[0].Reason != ask.Reason {
			t.Errorf("%+v, %v", looked, err)
		}
		if err := w.DecidePurpose(w.as(deciding), purposeID, false, "不用了"); !errors.Is(err, domain.ErrPurposeDecided) {
			t.Errorf("decided twice: %v", err)
		}
	})
	t.Run("it ends on its day", func(t *testing.T) {
		w := newTown(t)
		childID := w.child()
		purposeID, err := w.AskPurpose(w.as(asking), ask)
		w.must(err)
		w.must(w.DecidePurpose(w.as(deciding), purposeID, true, ""))
		w.clock.SetTo(w.clock.Now().AddDate(0, 0, 7).Add(-time.Minute))
		_, err = w.OpenChild(w.as(asking), childID)
		w.must(err)
		w.clock.SetTo(w.clock.Now().Add(2 * time.Minute))
		if _, err := w.OpenChild(w.as(asking), childID); !errors.Is(err, domain.ErrNoGround) {
			t.Error(err)
		}
	})
	t.Run("for one child it opens no other", func(t *testing.T) {
		one, other, who := w.child(), w.child(), officer("child_care", countyPath)
		purposeID, err := w.AskPurpose(w.as(who), app.PurposeQuery{ChildID: one, Reason: "补登学校信息", Days: 1})
		w.must(err)
		w.must(w.DecidePurpose(w.as(deciding), purposeID, true, ""))
		_, err = w.OpenChild(w.as(who), one)
		w.must(err)
		if _, err := w.OpenChild(w.as(who), other); !errors.Is(err, domain.ErrNoGround) {
			t.Error(err)
		}
	})
	t.Run("refused, it opens nothing and says why", func(t *testing.T) {
		who := officer("child_care", countyPath)
		purposeID, err := w.AskPurpose(w.as(who), ask)
		w.must(err)
		if err := w.DecidePurpose(w.as(deciding), purposeID, false, " "); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("a no without a reason: %v", err)
		}
		w.must(w.DecidePurpose(w.as(deciding), purposeID, false, "名单由县里统一核对"))
		if _, err := w.OpenChild(w.as(who), childID); !errors.Is(err, domain.ErrNoGround) {
			t.Error(err)
		}
		listed, _, err := w.ListPurposes(w.as(who), app.ListQuery{Limit: 50})
		w.must(err)
		for _, p := range listed {
			if p.ID == purposeID && (p.Answer != "名单由县里统一核对" || p.Good || p.MayDecide) {
				t.Errorf("%+v", p)
			}
		}
	})
	t.Run("others ask and decide nothing", func(t *testing.T) {
		purposeID, err := w.AskPurpose(w.as(asking), ask)
		w.must(err)
		weak := deciding
		weak.Strong = false
		for name, who := range map[string]struct {
			as   auth.Principal
			want error
		}{
			"another county's":        {officer("child_care", otherPath), domain.ErrNoPurpose},
			"a coordinator":           {officer("coordinator", cityPath), domain.ErrNoPurpose},
			"without a second factor": {weak, auth.ErrSecondFactor},
		} {
			if err := w.DecidePurpose(w.as(who.as), purposeID, true, ""); !errors.Is(err, who.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.AskPurpose(w.as(officer("administrator", cityPath)), ask); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("an administrator asks: %v", err)
		}
	})
}

func TestEmergency(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, other := w.child(), w.child()
	acting, second, third, fourth := officer("child_care", countyPath), officer("administrator", countyPath), officer("child_care", cityPath), officer("administrator", cityPath)
	w.knows(acting, second, third, fourth, officer("child_care", otherPath), officer("coordinator", countyPath))
	told := func() []string {
		var ids []string
		w.must(w.db.Owner(t).Select(&ids, `SELECT body ->> 'volunteer_id' FROM outbox ORDER BY id`))
		return ids
	}

	w.must(w.OpenInEmergency(w.as(acting), childID, "孩子发高烧，需要马上联系奶奶"))
	got, err := w.OpenChild(w.as(acting), childID)
	w.must(err)
	if got.Ground.Basis != domain.BasisEmergency {
		t.Errorf("%+v", got.Ground)
	}
	if _, err := w.OpenChild(w.as(acting), other); !errors.Is(err, domain.ErrNoGround) {
		t.Errorf("another child: %v", err)
	}
	if ids := told(); len(ids) != 2 || ids[0] != second.VolunteerID || ids[1] == acting.VolunteerID {
		t.Errorf("told: %v", ids)
	}
	w.clock.SetTo(w.clock.Now().Add(time.Hour))
	if _, err := w.OpenChild(w.as(acting), childID); !errors.Is(err, domain.ErrNoGround) {
		t.Errorf("after an hour: %v", err)
	}
	if err := w.OpenInEmergency(w.as(officer("child_care", otherPath)), childID, "没有关系的人"); !errors.Is(err, domain.ErrNoChild) {
		t.Errorf("of another county: %v", err)
	}
	if n := len(told()); n != 2 {
		t.Errorf("%d were told", n)
	}
}
