package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// waits is a child who waits for a companion parent of any sex.
func (w *town) waits(needs ...string) (childID string) {
	w.t.Helper()
	childID, mine := w.theCase()
	d := details()
	d.Needs, d.CompanionSex = needs, "any"
	w.must(w.SetChildDetails(w.as(mine), childID, d))
	w.must(w.AnswerConsentLink(w.t.Context(), yes(w.link(childID, mine))))
	w.wish(childID, mine, true)
	return childID
}

// lives moves a companion parent's wish to help to another place.
func (w *town) lives(p applicant, path string) {
	w.t.Helper()
	_, err := w.db.Owner(w.t).Exec(`UPDATE companions SET region_path = $2 WHERE id = $1`, p.id, path)
	w.must(err)
}

// suggests runs a matching and returns who is suggested for each child, empty for nobody,
// and the words for why.
func (w *town) suggests(by auth.Principal, relax bool) (with map[string]string, words map[string][]string, pairs map[string]string) {
	w.t.Helper()
	runID, err := w.RunMatching(w.as(by), app.MatchingQuery{RegionCode: "410621", RelaxSex: relax})
	w.must(err)
	listed, err := w.ListMatchedPairs(w.as(by), runID, 0)
	w.must(err)
	with, words, pairs = map[string]string{}, map[string][]string{}, map[string]string{}
	for _, p := range listed {
		with[p.ChildID], words[p.ChildID], pairs[p.ChildID] = p.CompanionID, p.Reasons, p.ID
	}
	return with, words, pairs
}

func TestMatching(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	desk, second := officer("child_care", countyPath), officer("child_care", countyPath)
	w.knows(desk, second)

	t.Run("without anybody who has room each child is listed with why", func(t *testing.T) {
		one := w.waits()
		_, words, _ := w.suggests(desk, false)
		if diff := cmp.Diff(map[string][]string{one: {domain.NoneFree}}, words); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the set as a whole is the best, not each pair", func(t *testing.T) {
		w := newTown(t)
		w.knows(desk, second)
		study, plain := w.waits("study"), w.waits("company")
		near, far := w.approved(), w.approved()
		w.lives(far, countyPath+"410621101/410621101200/")
		w.must(w.SetOffers(w.as(near.Principal), []string{"study", "study"}))
		w.must(w.SetOffers(w.as(far.Principal), []string{"company"}))
		with, words, _ := w.suggests(desk, false)
		// near has room for two and is nearer to both, though the second costs more and she does not offer company.
		if diff := cmp.Diff(map[string]string{study: near.id, plain: near.id}, with); diff != "" {
			t.Error(diff)
		}
		if got := words[study]; len(got) < 2 || got[0] != domain.WhyVillage || got[1] != domain.WhyOffers+"study" {
			t.Errorf("%v", got)
		}
		third, fourth := w.waits("company"), w.waits()
		with, _, _ = w.suggests(desk, false)
		used := map[string]int{}
		for _, companionID := range with {
			used[companionID]++
		}
		if used[near.id] != 2 || used[far.id] != 2 || with[third] == "" || with[fourth] == "" {
			t.Errorf("%v", with)
		}
		fifth := w.waits()
		with, words, _ = w.suggests(desk, false)
		nobody := 0
		for childID, companionID := range with {
			if companionID == "" {
				nobody++
				if diff := cmp.Diff([]string{domain.NoneLeft}, words[childID]); diff != "" {
					t.Error(diff)
				}
			}
		}
		if nobody != 1 || len(with) != 5 {
			t.Errorf("%d of %d have nobody (%s)", nobody, len(with), fifth)
		}
	})
	t.Run("a wish for a woman or a man is a must, unless the officer says it is open", func(t *testing.T) {
		w := newTown(t)
		w.knows(desk, second)
		childID, mine := w.theCase() // a woman is wished for, and nobody knows of hers
		w.must(w.AnswerConsentLink(t.Context(), yes(w.link(childID, mine))))
		w.wish(childID, mine, true)
		her := w.approved()
		with, words, _ := w.suggests(desk, false)
		if with[childID] != "" || words[childID][0] != domain.NoneOfSex {
			t.Errorf("%v %v", with, words)
		}
		with, words, _ = w.suggests(desk, true)
		if with[childID] != her.id || words[childID][1] != domain.WhyOtherSex {
			t.Errorf("%v %v", with, words)
		}
	})
	t.Run("refused, it is not suggested again; accepted, it is a pairing that is proposed", func(t *testing.T) {
		w := newTown(t)
		w.knows(desk, second)
		childID, her := w.waits(), w.approved()
		_, _, pairs := w.suggests(desk, false)
		w.refuses(domain.ErrNoPair, w.RefusePair(w.as(officer("child_care", otherPath)), pairs[childID], "too_far"))
		if err := w.RefusePair(w.as(desk), pairs[childID], "no word"); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		w.must(w.RefusePair(w.as(desk), pairs[childID], "known_conflict"))
		w.refuses(domain.ErrPairDecided, w.RefusePair(w.as(desk), pairs[childID], "too_far"))
		with, words, _ := w.suggests(desk, true)
		if with[childID] != "" || words[childID][0] != domain.NoneRefused {
			t.Errorf("%v %v", with, words)
		}
		other := w.approved()
		with, _, pairs = w.suggests(desk, false)
		if with[childID] != other.id {
			t.Fatalf("%v, want %s and not %s", with, other.id, her.id)
		}
		n := domain.NewPairing{SupervisorID: desk.VolunteerID, DeputyID: second.VolunteerID}
		_, err := w.AcceptPair(w.as(officer("child_care", otherPath)), pairs[childID], n)
		w.refuses(domain.ErrNoPair, err)
		pairingID, err := w.AcceptPair(w.as(desk), pairs[childID], n)
		w.must(err)
		if got := w.count(`SELECT count(*) FROM pairings WHERE id = $1 AND child_id = $2 AND companion_id = $3 AND state = 'proposed'`, pairingID, childID, other.id); got != 1 {
			t.Error("nothing was proposed")
		}
		if _, err := w.AcceptPair(w.as(desk), pairs[childID], n); apperr.KindOf(err) == "" {
			t.Errorf("accepted twice: %v", err)
		}
		with, _, _ = w.suggests(desk, false)
		if len(with) != 0 {
			t.Errorf("a child with a proposal waits: %v", with)
		}
		if _, err := w.db.Owner(t).Exec(`UPDATE matching_pairs SET decision = 'refused', reason = 'other', pairing_id = NULL WHERE id = $1`, pairs[childID]); err == nil {
			t.Error("a decision was changed")
		}
	})
	t.Run("who stood by a child before is suggested again, if it ended well", func(t *testing.T) {
		w := newTown(t)
		w.knows(desk, second)
		childID, near, former := w.waits(), w.approved(), w.approved()
		w.lives(former, countyPath+"410621101/410621101200/")
		w.past(childID, former, "moved")
		if with, words, _ := w.suggests(desk, false); with[childID] != former.id || words[childID][1] != domain.WhyFormer {
			t.Errorf("%v %v, near is %s", with, words, near.id)
		}
		w.past(childID, former, "not_suited")
		if with, _, _ := w.suggests(desk, false); with[childID] != near.id {
			t.Errorf("%v", with)
		}
	})
	t.Run("it is for child-care officers of the region, and reads no record", func(t *testing.T) {
		weak := desk
		weak.Strong = false
		for name, who := range map[string]auth.Principal{
			"a volunteer": {VolunteerID: id.New()}, "a coordinator": officer("coordinator", countyPath), "an officer of another county": officer("child_care", otherPath),
			"without a second factor": weak,
		} {
			if _, err := w.RunMatching(w.as(who), app.MatchingQuery{RegionCode: "410621"}); apperr.KindOf(err) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		before := w.count(`SELECT count(*) FROM openings`)
		w.suggests(desk, true)
		if n := w.count(`SELECT count(*) FROM openings`); n != before {
			t.Errorf("%d openings", n-before)
		}
	})
}

// past writes that somebody has stood by a child until it ended for a reason, as it lies in
// the database long after.
func (w *town) past(childID string, p applicant, reason string) {
	w.t.Helper()
	for _, query := range []string{`ALTER TABLE pairings DISABLE TRIGGER pairings_are_gated`, `
		INSERT INTO pairings (id, child_id, companion_id, volunteer_id, region_code, region_path, state, state_at, proposed_by, proposed_at, supervisor_id, deputy_id,
			plan, trial_ends_at, closed_reason, version)
		SELECT gen_random_uuid(), $1, id, volunteer_id, region_code, region_path, 'closed', now(), gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(),
			'standard', now(), $3, 9
		FROM companions WHERE id = $2`, `ALTER TABLE pairings ENABLE TRIGGER pairings_are_gated`} {
		var args []any
		if query[0] == '\n' {
			args = []any{childID, p.id, reason}
		}
		_, err := w.db.Owner(w.t).Exec(query, args...)
		w.must(err)
	}
}
