package app_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Whose account is erased helps nobody any more; who has the family's case is told, once,
// and may ask somebody else at once.
func TestAidOfErased(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	erased := func(volunteerID string) {
		w.inTx(func(q postgres.Querier) error {
			return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: volunteerID, Erased: true, Version: 9}, {VolunteerID: id.New(), Version: 1}})
		})
	}
	running, asked, other, merged := w.running(), w.registers(), w.running(), w.running()
	w.familyConsents(asked)
	var err error
	asked.aid, err = w.OpenAidCase(w.as(asked.keeper), app.NewAidCase{HouseholdID: asked.id, HelperID: running.helper.VolunteerID})
	w.must(err)

	erased(running.helper.VolunteerID)
	erased(running.helper.VolunteerID)
	if got := []string{w.aidState(running), w.aidState(asked), w.aidState(other)}; got[0] != "ended helper_left" || got[1] != "ended helper_left" || got[2] != "running" {
		t.Errorf("%v", got)
	}
	if n := w.told("aid.helper.gone", running.keeper.VolunteerID); n != 1 {
		t.Errorf("told %d times", n)
	}
	if n := w.told("aid.ended", running.helper.VolunteerID); n != 0 {
		t.Error("told who is gone")
	}
	_, err = w.OpenMyFamily(w.as(running.helper), running.aid)
	w.refuses(domain.ErrAidState, err)
	_, err = w.OpenAidCase(w.as(running.keeper), app.NewAidCase{HouseholdID: running.id, HelperID: other.helper.VolunteerID})
	w.must(err)

	stays := id.New() // under another record that is the same person's
	w.merges(merged.helper.VolunteerID, stays)
	erased(stays)
	if got := w.aidState(merged); got != "ended helper_left" {
		t.Errorf("of a merged record: %s", got)
	}
}
