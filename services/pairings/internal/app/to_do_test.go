package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// toDos is what waits for somebody, by kind.
func (w *town) toDos(who auth.Principal) map[domain.ToDoKind]domain.ToDo {
	w.t.Helper()
	all, err := w.ListToDos(w.as(who))
	w.must(err)
	found := map[domain.ToDoKind]domain.ToDo{}
	for _, one := range all {
		found[one.Kind] = one
	}
	if len(found) != len(all) {
		w.t.Errorf("a kind comes twice: %+v", all)
	}
	return found
}

func TestListToDos(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	b := w.bonded() // on Tuesday, 24 November, which leaves most of the week
	her, care := b.companion.Principal, officer("child_care", countyPath)
	w.knows(care)
	w.must(w.DoDuties(t.Context()))

	t.Run("in a week without a call one is due, without the child, without a PIN; to others nothing is", func(t *testing.T) {
		due := time.Date(2026, time.November, 30, 0, 0, 0, 0, clock.City).UTC()
		if diff := cmp.Diff(map[domain.ToDoKind]domain.ToDo{domain.ToDoCall: {Kind: domain.ToDoCall, Count: 1, Due: due}}, w.toDos(her)); diff != "" {
			t.Error(diff)
		}
		for name, who := range map[string]auth.Principal{"a stranger": {VolunteerID: id.New()}, "the supervisor": b.supervisor, "the leader": b.leader} {
			if got := w.toDos(who); len(got) != 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
	t.Run("after the week it is late, and the officers see it", func(t *testing.T) {
		w.clock.SetTo(time.Date(2026, time.December, 2, 10, 0, 0, 0, clock.City))
		w.must(w.DoDuties(t.Context()))
		if got := w.toDos(her)[domain.ToDoCall]; got.Count != 1 || !got.Late {
			t.Errorf("%+v", got)
		}
		for name, who := range map[string]auth.Principal{"a child-care officer": care, "the supervisor": b.supervisor} {
			if got := w.toDos(who)[domain.ToDoSilence]; got.Count != 1 || !got.Late {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if got := w.toDos(officer("child_care", otherPath)); len(got) != 0 {
			t.Errorf("elsewhere: %+v", got)
		}
	})
	t.Run("a visit ends it, and waits for the supervisor and the deputy, for nobody else", func(t *testing.T) {
		visit := w.records(b)
		if got := w.toDos(her); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		for _, who := range []auth.Principal{b.supervisor, b.deputy} {
			if got := w.toDos(who)[domain.ToDoContacts]; got.Count != 1 {
				t.Errorf("%+v", got)
			}
		}
		if got := w.toDos(care); got[domain.ToDoContacts].Count != 0 || got[domain.ToDoSilence].Count != 0 {
			t.Errorf("%+v", got)
		}
		w.must(w.DecideContacts(w.as(b.supervisor), []domain.ContactDecision{{ContactID: visit, Reason: "twice"}}))
		if got := w.toDos(b.supervisor); got[domain.ToDoContacts].Count != 0 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("what another asked for waits for who may decide, not for who asked", func(t *testing.T) {
		asker := officer("child_care", countyPath)
		_, err := w.AskPurpose(w.as(asker), app.PurposeQuery{ChildID: b.ChildID, Reason: "替班去走访孩子", Days: 7})
		w.must(err)
		if w.toDos(asker)[domain.ToDoPurposes].Count != 0 || w.toDos(care)[domain.ToDoPurposes].Count != 1 || w.toDos(b.supervisor)[domain.ToDoPurposes].Count != 0 {
			t.Error("a request to read waits for another")
		}
	})
	t.Run("a concern waits for child-care officers, an application and a check that ends for the desk", func(t *testing.T) {
		w.raises(her)
		w.applies()
		w.clock.SetTo(time.Date(2027, time.October, 30, 10, 0, 0, 0, clock.City)) // three weeks before the check's year is over
		w.must(w.DoDuties(t.Context()))
		got := w.toDos(care)
		if got[domain.ToDoConcerns].Count != 1 || !got[domain.ToDoConcerns].Late || got[domain.ToDoApplied].Count != 1 || got[domain.ToDoEvidences].Count != 1 || got[domain.ToDoEvidences].Late {
			t.Errorf("%+v", got)
		}
		if got := w.toDos(b.supervisor); got[domain.ToDoConcerns].Count != 0 || got[domain.ToDoEvidences].Count != 1 {
			t.Errorf("a coordinator: %+v", got)
		}
	})
}
