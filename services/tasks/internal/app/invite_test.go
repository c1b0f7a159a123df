package app_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestInviteToShift(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	s := w.shiftIn(72*time.Hour, 1)
	ids := w.join("来的", "不来的", "没回的", "先报了的", "那时有事的")
	comes, declines, silent, already, busy := ids[0], ids[1], ids[2], ids[3], ids[4]
	_, err := w.SignUp(w.as(busy), w.shiftIn(72*time.Hour, 9).ID)
	w.must(err)
	_, err = w.SignUp(w.as(already), s.ID)
	w.must(err)

	var all sync.WaitGroup
	for _, leader := range []string{w.leader, w.deputy, w.leader} { // 邀请全队, twice and by two
		all.Go(func() {
			if _, err := w.InviteToShift(w.as(leader), s.ID, append([]string{w.leader, w.deputy}, ids...)); err != nil && !errors.Is(err, domain.ErrNotOfTeam) {
				t.Error(err)
			}
			if _, err := w.InviteToShift(w.as(leader), s.ID, ids); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := w.count(`SELECT count(*) FROM outbox WHERE subject = 'tasks.v1.notice.due' AND body::text LIKE '%shift.invited%'`); n != 3 {
		t.Errorf("%d were told, want each of three once", n)
	}
	for _, who := range []string{comes, id.New()} {
		if _, err := w.InviteToShift(w.as(who), s.ID, ids); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("invited by one who leads nothing: %v", err)
		}
	}
	if _, err := w.InviteToShift(w.as(w.leader), s.ID, []string{id.New()}); !errors.Is(err, domain.ErrNotOfTeam) {
		t.Errorf("invited a stranger: %v", err)
	}

	view, err := w.FindTask(w.as(comes), s.TaskID)
	w.must(err)
	if !view.Shifts[0].Invited || view.Shifts[0].SignUp != nil {
		t.Errorf("she is invited, and nothing else: %+v", view.Shifts[0])
	}
	u, err := w.SignUp(w.as(comes), s.ID) // the ordinary way: it is full, so she waits
	w.must(err)
	if u.State != domain.SignUpWaitlisted {
		t.Errorf("an invitation got her %s", u.State)
	}
	for range 2 {
		w.must(w.DeclineInvitation(w.as(declines), s.ID))
	}
	if err := w.DeclineInvitation(w.as(already), s.ID); !errors.Is(err, domain.ErrNotInvited) {
		t.Errorf("declined what nobody asked: %v", err)
	}
	invitees, err := w.ListInvitees(w.as(w.leader), s.ID)
	w.must(err)
	got := map[string]domain.Reply{}
	var hindered []string
	for _, i := range invitees {
		got[i.VolunteerID] = i.Reply
		if i.ZH != "" {
			hindered = append(hindered, i.VolunteerID)
		}
	}
	want := map[string]domain.Reply{comes: domain.ReplyAccepted, declines: domain.ReplyDeclined, silent: domain.ReplyWaits, already: "", busy: "", w.deputy: ""}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("replies (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{busy}, hindered); diff != "" {
		t.Errorf("who cannot come (-want +got):\n%s", diff)
	}
}
