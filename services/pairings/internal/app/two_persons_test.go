package app_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Somebody who has every role over the city begins each dangerous act and tries to end it by
// herself: in the same session, in another one, and under another of her records. Of each act
// the second person is the control.
func TestTwoPersons(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	every := func() auth.Principal {
		p := officer("child_care", cityPath)
		for _, role := range []string{"coordinator", "administrator"} {
			p.Grants = append(p.Grants, auth.Grant{Role: role, RegionPath: cityPath})
		}
		p.SessionID = id.New()
		return p
	}
	she, second := every(), every()
	elsewhere, double := she, every()
	elsewhere.SessionID = id.New()
	w.merges(double.VolunteerID, she.VolunteerID)
	w.knows(she, double, second)

	p := w.begun() // whose child's case she has, and another pairing that she proposes
	child, _, _ := w.waiting()
	w.must(w.HandOver(w.as(second), child, she.VolunteerID))
	her := w.approved()
	her.SessionID = id.New()
	w.must(w.SetPIN(w.as(her.Principal), herPIN))
	pairingID, err := w.ProposePairing(w.as(she), domain.NewPairing{
		ChildID: child, CompanionID: her.id, SexReason: "family_agrees", SupervisorID: p.supervisor.VolunteerID, DeputyID: p.deputy.VolunteerID,
	})
	w.must(err)
	purposeID, err := w.AskPurpose(w.as(she), app.PurposeQuery{RegionCode: "410621", Reason: "核对联系方式", Days: 7})
	w.must(err)
	export, err := domain.NewChildExport(countyPath, slices.Repeat([]string{p.child}, domain.ExportAlone+1), "六一慰问名单", she.VolunteerID, w.clock.Now())
	w.must(err)
	w.inTx(func(q postgres.Querier) error { return store.InsertChildExport(t.Context(), q, export) })
	applicant := w.ready()
	w.must(w.interviewed(applicant, she, true))
	concernID := w.raises(auth.Principal{VolunteerID: id.New()})
	w.must(w.TakeConcern(w.as(she), concernID))
	w.must(w.reports(concernID, she))
	f := w.registers()
	w.familyConsents(f)
	w.must(w.HandOverHousehold(w.as(second), f.id, she.VolunteerID))
	aidID, err := w.OpenAidCase(w.as(she), app.NewAidCase{HouseholdID: f.id, HelperID: f.helper.VolunteerID})
	w.must(err)
	w.must(w.PlanAidCase(w.as(she), aidID, aPlan))
	w.must(w.AnswerAidCase(w.as(f.helper), aidID, true))
	wishID, err := w.DraftWish(w.as(she), app.NewMicroWish{HouseholdID: f.id, Sort: "warm", Words: "想要一双 36 码的棉鞋"})
	w.must(err)

	anothers := w.child()
	w.must(w.TakeChild(w.as(second), anothers))
	theirs := w.registers()

	acts := map[string]struct {
		do   func(by auth.Principal) error
		want error
	}{
		"pair a volunteer with a child":     {func(by auth.Principal) error { return w.DecidePairing(w.as(by), pairingID, true) }, domain.ErrPairingPersons},
		"read for a purpose":                {func(by auth.Principal) error { return w.DecidePurpose(w.as(by), purposeID, true, "") }, domain.ErrPurposeOwn},
		"take a long list out of the house": {func(by auth.Principal) error { return w.DecideChildExport(w.as(by), export.ID, true, "") }, domain.ErrExportOwn},
		"approve whom she has interviewed":  {func(by auth.Principal) error { return w.DecideCompanion(w.as(by), applicant.id, true, "") }, domain.ErrCompanionPersons},
		"close a concern that she has": {func(by auth.Principal) error {
			return w.CloseConcern(w.as(by), concernID, "in_care", "民政已经接走")
		}, domain.ErrConcernPersons},
		"approve her own plan for a family":  {func(by auth.Principal) error { return w.DecideAidCase(w.as(by), aidID, true, "") }, domain.ErrAidPersons},
		"publish a wish that she wrote down": {func(by auth.Principal) error { return w.DecideWish(w.as(by), wishID, true) }, domain.ErrWishPersons},
	}
	for name, act := range acts {
		for how, by := range map[string]auth.Principal{"in one session": she, "in two sessions": elsewhere, "under two records": double} {
			if err := act.do(by); !errors.Is(err, act.want) {
				t.Errorf("%s %s: %v", name, how, err)
			}
		}
		if err := act.do(second); err != nil {
			t.Errorf("%s, with a second person: %v", name, err)
		}
	}
	for _, to := range []string{she.VolunteerID, double.VolunteerID} {
		w.refuses(domain.ErrCaseOwn, w.HandOver(w.as(she), anothers, to))
		w.refuses(domain.ErrCaseOwn, w.HandOverHousehold(w.as(she), theirs.id, to))
	}
	w.must(w.HandOver(w.as(second), anothers, she.VolunteerID))
	w.must(w.HandOverHousehold(w.as(second), theirs.id, she.VolunteerID))

	w.must(w.OpenInEmergency(w.as(she), p.child, "孩子发高烧，要马上联系"))
	if own, others := w.told("vault.broken", double.VolunteerID), w.count(`SELECT count(*) FROM outbox WHERE body::jsonb->>'kind' = 'vault.broken'`); own != 0 || others != 2 {
		t.Errorf("of an emergency %d others were told, and herself %d times", others, own)
	}

	if _, err := w.OpenChild(w.as(she), w.child()); err != nil { // by the purpose
		t.Error(err)
	}
	w.merges(second.VolunteerID, she.VolunteerID) // who said yes turns out to be herself
	_, err = w.OpenChild(w.as(she), w.child())
	w.refuses(domain.ErrNoGround, err)
	t.Logf("%d acts, each refused three ways to one person and done by two", len(acts))
}
