package domain_test

import (
	"errors"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

func TestNewComplaint(t *testing.T) {
	t.Parallel()
	good := domain.ComplaintDraft{TeamID: "t", Person: " 王桂兰 ", Happened: " 约好了没有来 ", HappenedOn: "2026-11-22"}
	if c, err := domain.NewComplaint("c", "v", good, paperDay); err != nil || c.PersonWord != "王桂兰" || c.Happened != "约好了没有来" || c.State != domain.ComplaintReceived {
		t.Error(c, err)
	}
	for field, mod := range map[string]func(*domain.ComplaintDraft){
		"happened": func(d *domain.ComplaintDraft) { d.Happened = " 嗯 " }, "happened_on": func(d *domain.ComplaintDraft) { d.HappenedOn = "2026-11-24" },
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			d := good
			mod(&d)
			_, err := domain.NewComplaint("c", "v", d, paperDay)
			var wrong *apperr.Error
			if !errors.As(err, &wrong) || wrong.Fields[0].Name != field {
				t.Error(err)
			}
		})
	}
}

func TestMoveComplaint(t *testing.T) {
	t.Parallel()
	const received, lookedAt, upheld, notUpheld = domain.ComplaintReceived, domain.ComplaintLookedAt, domain.ComplaintUpheld, domain.ComplaintNotUpheld
	in := func(state domain.ComplaintState) domain.Complaint {
		c := domain.Complaint{ID: "c", TeamID: "t", VolunteerID: "about", Complainer: "she", State: state, Version: 1}
		if state != received {
			c.TakenBy = "officer"
		}
		if state == upheld || state == notUpheld {
			c.DecidedBy, c.Reason = "officer", "已核实"
		}
		return c
	}
	for name, c := range map[string]struct {
		from, to domain.ComplaintState
		by       string
		leads    bool
		reason   string
		changed  bool
		want     error
	}{
		"an officer takes it up":                {received, lookedAt, "officer", false, "", true, nil},
		"once more changes nothing":             {lookedAt, lookedAt, "officer", false, "", false, nil},
		"it is upheld, with a reason":           {lookedAt, upheld, "other", false, "已核实", true, nil},
		"it is not upheld, with a reason":       {lookedAt, notUpheld, "officer", false, "当天请过假", true, nil},
		"it may be decided at once":             {received, notUpheld, "officer", false, "重复提交", true, nil},
		"not without a reason":                  {lookedAt, upheld, "officer", false, " ", false, domain.ErrReason},
		"the same decision again is nothing":    {upheld, upheld, "officer", false, "已核实", false, nil},
		"a decision is not turned round":        {upheld, notUpheld, "officer", false, "想错了", false, domain.ErrComplaintDecided},
		"what is decided is not taken up again": {notUpheld, lookedAt, "officer", false, "", false, domain.ErrComplaintDecided},
		"not by whoever complains":              {received, lookedAt, "she", false, "", false, domain.ErrConcerned},
		"not by whom it is about":               {lookedAt, notUpheld, "about", false, "没有这事", false, domain.ErrConcerned},
		"not by whoever leads the brigade":      {lookedAt, notUpheld, "officer", true, "没有这事", false, domain.ErrConcerned},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			complaint := in(c.from)
			changed, err := complaint.Move(c.to, c.by, c.leads, c.reason, paperDay)
			if changed != c.changed || !errors.Is(err, c.want) || (complaint.State == c.to) != (err == nil) || (complaint.Version == 2) != c.changed {
				t.Error(changed, err, complaint)
			}
			if changed && complaint.TakenBy == "" {
				t.Error("nobody looks at it")
			}
		})
	}
}
