package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const herPIN = "2580"

// pair is a pairing with everybody who has to do with it.
type pair struct {
	id, child, secret  string
	mine               auth.Principal // proposed, and has the case
	second             auth.Principal // the other officer
	supervisor, deputy auth.Principal
	her                applicant // the companion parent, with her PIN typed
}

// waiting is a child that waits, whose case an officer has.
func (w *town) waiting() (childID, secret string, mine auth.Principal) {
	w.t.Helper()
	childID, mine = w.theCase()
	secret = w.link(childID, mine)
	w.must(w.AnswerConsentLink(w.t.Context(), yes(secret)))
	w.must(w.RecordWish(w.as(mine), childID, app.NewWish{Wants: true, TalkedOn: w.today(), Words: canaryWords}))
	return childID, secret, mine
}

// proposed is a pairing that waits for its three yeses.
func (w *town) proposed() pair {
	w.t.Helper()
	p := pair{her: w.approved(), second: officer("child_care", cityPath), supervisor: officer("coordinator", countyPath), deputy: officer("child_care", countyPath)}
	p.her.SessionID = id.New()
	p.child, p.secret, p.mine = w.waiting()
	w.knows(p.mine, p.second, p.supervisor, p.deputy)
	var err error
	p.id, err = w.ProposePairing(w.as(p.mine), w.proposal(p))
	w.must(err)
	w.must(w.SetPIN(w.as(p.her.Principal), herPIN))
	return p
}

func (w *town) proposal(p pair) domain.NewPairing {
	return domain.NewPairing{ChildID: p.child, CompanionID: p.her.id, SexReason: "family_agrees", SupervisorID: p.supervisor.VolunteerID, DeputyID: p.deputy.VolunteerID}
}

func (w *town) sheAgrees(p pair) error { return w.AnswerPairing(w.as(p.her.Principal), p.id, true) }

func (w *town) guardianAgrees(p pair) error {
	return w.AnswerConsentLink(w.t.Context(), app.GuardianAnswer{Guardian: app.Guardian{Secret: p.secret, Digits: "1234"}, Answer: app.AgreePerson})
}

func (w *town) officerAgrees(p pair) error { return w.DecidePairing(w.as(p.second), p.id, true) }

// begun is a pairing in trial.
func (w *town) begun() pair {
	w.t.Helper()
	p := w.proposed()
	w.must(w.sheAgrees(p))
	w.must(w.guardianAgrees(p))
	w.must(w.officerAgrees(p))
	return p
}

type stands struct{ Pairing, Reason, Child string }

func (w *town) stands(p pair) stands {
	w.t.Helper()
	var s stands
	w.must(w.db.Owner(w.t).QueryRow(`
		SELECT p.state, coalesce(p.closed_reason, p.paused_reason, ''), c.state FROM pairings p JOIN children c ON c.id = p.child_id WHERE p.id = $1`, p.id).
		Scan(&s.Pairing, &s.Reason, &s.Child))
	return s
}

func (w *town) is(p pair, want stands) {
	w.t.Helper()
	if diff := cmp.Diff(want, w.stands(p)); diff != "" {
		w.t.Error(diff)
	}
}

func TestThreeYeses(t *testing.T) {
	t.Parallel()
	w := newTown(t)

	t.Run("in any order, and the third begins the trial", func(t *testing.T) {
		p := w.proposed()
		if w.told("pairing.proposed", p.her.VolunteerID) != 1 || w.told("pairing.guardian", p.mine.VolunteerID) != 0 {
			t.Error("told wrongly") // who proposed has the case herself
		}
		w.must(w.officerAgrees(p))
		w.must(w.sheAgrees(p))
		w.is(p, stands{"proposed", "", "waiting"})
		w.refuses(domain.ErrPairingAgreed, w.sheAgrees(p))
		w.must(w.RecordGuardianAnswer(w.as(p.mine), p.id, true, "JD-2026-3"))
		w.is(p, stands{"trial", "", "paired"})
		if w.told("pairing.begun", p.her.VolunteerID) != 1 || w.told("pairing.supervise", p.supervisor.VolunteerID) != 1 || w.told("pairing.supervise", p.deputy.VolunteerID) != 0 {
			t.Error("told wrongly")
		}
	})
	t.Run("each can say no, which ends it and lets the child wait", func(t *testing.T) {
		for reason, no := range map[string]func(p pair) error{
			"volunteer_declined": func(p pair) error { return w.AnswerPairing(w.as(p.her.Principal), p.id, false) },
			"officer_declined":   func(p pair) error { return w.DecidePairing(w.as(p.second), p.id, false) },
			"guardian_declined": func(p pair) error {
				return w.AnswerConsentLink(t.Context(), app.GuardianAnswer{Guardian: app.Guardian{Secret: p.secret, Digits: "1234"}, Answer: app.RefusePerson})
			},
		} {
			p := w.proposed()
			w.must(no(p))
			w.is(p, stands{"closed", reason, "waiting"})
			if reason != "volunteer_declined" && w.told("pairing.closed", p.her.VolunteerID) != 1 || w.told("pairing.declined", p.mine.VolunteerID) != 1 {
				t.Errorf("%s: told wrongly", reason)
			}
			_, err := w.OpenMyPairing(w.as(p.her.Principal), p.id)
			w.refuses(domain.ErrNoPairing, err)
		}
	})
	t.Run("who proposed, who recorded the guardian's yes, and the companion parent are not the other officer, also under another record", func(t *testing.T) {
		p := w.proposed()
		w.refuses(domain.ErrPairingPersons, w.DecidePairing(w.as(p.mine), p.id, true))
		again, own := officer("child_care", cityPath), officer("child_care", cityPath)
		w.merges(again.VolunteerID, p.mine.VolunteerID)
		w.refuses(domain.ErrPairingPersons, w.DecidePairing(w.as(again), p.id, true))
		w.merges(own.VolunteerID, p.her.VolunteerID)
		w.refuses(domain.ErrPairingPersons, w.DecidePairing(w.as(own), p.id, true))
		w.refuses(domain.ErrNoCase, w.RecordGuardianAnswer(w.as(p.second), p.id, true, "JD-2026-4"))
		weak := p.second
		weak.Strong = false
		w.refuses(auth.ErrSecondFactor, w.DecidePairing(w.as(weak), p.id, true))
		w.refuses(domain.ErrNoPairing, w.DecidePairing(w.as(officer("child_care", otherPath)), p.id, true))
		w.must(w.officerAgrees(p)) // control
	})
	t.Run("a wish as to the sex is kept, or a reason is given", func(t *testing.T) {
		p := pair{her: w.approved(), supervisor: officer("coordinator", countyPath), deputy: officer("child_care", countyPath)}
		p.child, _, p.mine = w.waiting()
		w.knows(p.supervisor, p.deputy)
		n := w.proposal(p)
		n.SexReason = ""
		_, err := w.ProposePairing(w.as(p.mine), n)
		w.refuses(domain.ErrPairingSex, err)
		n.SexReason, n.DeputyID = "nobody_else", n.SupervisorID
		_, err = w.ProposePairing(w.as(p.mine), n)
		w.refuses(domain.ErrPairingSupervisor, err)
		n.DeputyID = id.New()
		_, err = w.ProposePairing(w.as(p.mine), n)
		w.refuses(domain.ErrPairingSupervisor, err)
		n.DeputyID, n.TeamID = p.deputy.VolunteerID, id.New()
		_, err = w.ProposePairing(w.as(p.mine), n)
		w.refuses(domain.ErrPairingTeam, err)
		w.inTx(func(q postgres.Querier) error {
			return w.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: n.TeamID, VolunteerID: p.her.VolunteerID, Role: "member", State: "active", Version: 1}})
		})
		_, err = w.ProposePairing(w.as(officer("coordinator", countyPath)), n)
		w.refuses(domain.ErrNoChild, err)
		_, err = w.ProposePairing(w.as(p.mine), n)
		w.must(err)
		_, err = w.ProposePairing(w.as(p.mine), n)
		w.refuses(domain.ErrPairingTwice, err)
	})
	t.Run("two children and no more", func(t *testing.T) {
		p := w.proposed()
		for i, want := range []error{nil, domain.ErrPairingMost} {
			p.child, _, p.mine = w.waiting()
			if _, err := w.ProposePairing(w.as(p.mine), w.proposal(p)); !errors.Is(err, want) {
				t.Errorf("child %d: %v", i+2, err)
			}
		}
	})
}

// The database itself refuses, whoever writes.
func TestPairingGates(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	owner := w.db.Owner(t)
	set := func(p pair, what string, args ...any) error {
		_, err := owner.Exec(`UPDATE pairings SET `+what+` WHERE id = $1`, append([]any{p.id}, args...)...)
		return err
	}
	const begin = `state = 'trial', state_at = $2, trial_ends_at = $2`
	now := w.clock.Now()
	officerYes := func(p pair, by string) {
		w.must(w.sheAgrees(p))
		w.must(w.guardianAgrees(p))
		if err := set(p, `officer_agreed_at = $2, officer_agreed_by = $3`, now, by); err != nil {
			t.Error(err)
		}
	}
	for constraint, spoil := range map[string]func(p pair){
		"pairings_agreed_check": func(pair) {},
		"pairings_companion_check": func(p pair) {
			officerYes(p, p.second.VolunteerID)
			if _, err := owner.Exec(`UPDATE companions SET state = 'suspended', reason = 'offence' WHERE id = $1`, p.her.id); err != nil {
				t.Error(err)
			}
		},
		"pairings_child_check": func(p pair) {
			officerYes(p, p.second.VolunteerID)
			if _, err := owner.Exec(`UPDATE consents SET withdrawn_at = $2 WHERE child_id = $1`, p.child, now); err != nil {
				t.Error(err)
			}
		},
		"pairings_persons_check": func(p pair) {
			officerYes(p, p.second.VolunteerID)
			w.merges(p.second.VolunteerID, p.mine.VolunteerID)
		},
	} {
		p := w.proposed()
		spoil(p)
		if err := set(p, begin, now); !postgres.Violated(err, constraint) {
			t.Errorf("%s: %v", constraint, err)
		}
	}
	p := w.proposed()
	officerYes(p, p.second.VolunteerID)
	if err := set(p, begin, now); err != nil { // control
		t.Fatal(err)
	}
	for constraint, what := range map[string]string{
		"pairings_agreements_check": `volunteer_agreed_at = NULL`, "pairings_way_check": `state = 'proposed'`, "pairings_reviewed_check": `state = 'active'`,
		"pairings_closed_check": `state = 'closed'`,
	} {
		if err := set(p, what); !postgres.Violated(err, constraint) {
			t.Errorf("%s: %v", constraint, err)
		}
	}
	if _, err := owner.Exec(`UPDATE children SET state = 'consent_withdrawn' WHERE id = $1`, p.child); !postgres.Violated(err, "children_unpaired_check") {
		t.Errorf("a child without consent keeps its pairing: %v", err)
	}
	if err := set(p, `state = 'closed', closed_reason = 'other'`); err != nil {
		t.Fatal(err)
	}
	if err := set(p, `state = 'trial', closed_reason = NULL`); !postgres.Violated(err, "pairings_over_check") {
		t.Errorf("what is closed came back: %v", err)
	}
	if _, err := owner.Exec(`UPDATE children SET state = 'paired', state_at = $2 WHERE id = $1`, p.child, now); !postgres.Violated(err, "children_paired_check") {
		t.Errorf("paired with nobody: %v", err)
	}
}

// What ends it, each in the transaction that makes it so, and what the companion parent
// still sees at that moment.
func TestPairingEnds(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	sees := func(p pair) string {
		m, err := w.OpenMyPairing(w.as(p.her.Principal), p.id)
		switch {
		case errors.Is(err, domain.ErrNoPairing):
			return "nothing"
		case err != nil:
			return err.Error()
		case m.Address != "":
			return "address"
		case m.GivenName != "":
			return "name"
		}
		return "no child"
	}
	guardian := func(p pair) app.Guardian { return app.Guardian{Secret: p.secret, Digits: "1234"} }
	var longest time.Duration // from before it ends until she was refused
	ways := 0
	for name, c := range map[string]struct {
		end  func(p pair)
		want stands
		sees string
	}{
		"nothing (control)": {func(pair) {}, stands{"trial", "", "paired"}, "address"},
		"the guardian takes her consent back": {func(p pair) {
			w.must(w.AnswerConsentLink(t.Context(), app.GuardianAnswer{Guardian: guardian(p), Answer: app.Withdraw}))
		}, stands{"closed", "consent_ended", "consent_withdrawn"}, "nothing"},
		"an officer writes that down": {func(p pair) { w.must(w.WithdrawConsent(w.as(p.mine), p.child)) }, stands{"closed", "consent_ended", "consent_withdrawn"}, "nothing"},
		"the child says no": {func(p pair) {
			w.must(w.RecordWish(w.as(p.mine), p.child, app.NewWish{TalkedOn: w.today(), Words: "不想了"}))
		}, stands{"closed", "child_wish", "consented"}, "nothing"},
		"she leaves": {func(p pair) { w.must(w.LeaveCompanions(w.as(p.her.Principal), "moved")) }, stands{"closed", "companion_ended", "waiting"}, "nothing"},
		"she is refused": {func(p pair) {
			w.must(w.DecideCompanion(w.as(p.her.desk), p.her.id, false, "conduct"))
		}, stands{"closed", "companion_ended", "waiting"}, "nothing"},
		"her training is taken back": {func(p pair) {
			w.trained(p.her, "withdrawn", 2)
			if got := sees(p); got != "no child" { // before the clock has looked
				t.Errorf("at once she sees %s", got)
			}
			w.must(w.DoDuties(t.Context()))
		}, stands{"paused", "companion_suspended", "paired"}, "no child"},
		"and is given again": {func(p pair) {
			w.trained(p.her, "withdrawn", 2)
			w.must(w.DoDuties(t.Context()))
			w.trained(p.her, "confirmed", 3)
			w.must(w.DoDuties(t.Context()))
		}, stands{"trial", "", "paired"}, "address"},
		"her account is erased": {func(p pair) {
			w.inTx(func(q postgres.Querier) error {
				return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: p.her.VolunteerID, Erased: true, Version: 5}})
			})
			if got := sees(p); got != "no child" {
				t.Errorf("at once she sees %s", got)
			}
			w.must(w.again().DoDuties(t.Context()))
		}, stands{"closed", "companion_ended", "waiting"}, "nothing"},
		"it is paused": {func(p pair) { w.must(w.PausePairing(w.as(p.supervisor), p.id, "child_away")) }, stands{"paused", "child_away", "paired"}, "no child"},
		"it goes on": {func(p pair) {
			w.must(w.PausePairing(w.as(p.supervisor), p.id, "child_away"))
			w.must(w.ResumePairing(w.as(p.deputy), p.id))
		}, stands{"trial", "", "paired"}, "address"},
		"the trial goes well": {func(p pair) { w.must(w.ReviewTrial(w.as(p.supervisor), p.id, true)) }, stands{"active", "", "paired"}, "address"},
		"the trial does not":  {func(p pair) { w.must(w.ReviewTrial(w.as(p.second), p.id, false)) }, stands{"closed", "trial_ended", "waiting"}, "nothing"},
		"it is closed": {func(p pair) {
			w.refuses(domain.ErrPairingFarewell, w.ClosePairing(w.as(p.mine), p.id, domain.Ending{Reason: "moved"}))
			w.must(w.ClosePairing(w.as(p.mine), p.id, domain.Ending{Reason: "moved", FarewellOn: "2026-12-01", Note: canaryNote}))
		}, stands{"closed", "moved", "waiting"}, "nothing"},
	} {
		p := w.begun()
		before, began := sees(p), time.Now()
		c.end(p)
		after := sees(p)
		if after != "address" {
			ways++
			longest = max(longest, time.Since(began))
		}
		w.is(p, c.want)
		if got := after; before != "address" || got != c.sees {
			t.Errorf("%s: she sees %s, want %s; before %s", name, got, c.sees, before)
		}
		if c.want.Pairing == "closed" && name != "she leaves" && w.told("pairing.closed", p.her.VolunteerID) != 1 {
			t.Errorf("%s: she was not told once", name)
		}
		if err := w.db.InTx(t.Context(), func(q postgres.Querier) error { // the database agrees
			_, err := q.ExecContext(t.Context(), `SELECT open_vault(ARRAY[gen_random_uuid()], ARRAY[$1::uuid], $2, 'read', 'pairing', $3, 'pairing', $4)`,
				p.child, p.her.VolunteerID, p.id, w.clock.Now())
			return err
		}); (err == nil) != (c.sees == "address") {
			t.Errorf("%s: the database says %v", name, err)
		}
	}
	t.Logf("%d ways to lose it, each at once: %s at most from before the end to the refusal", ways, longest.Round(time.Millisecond))
	if longest > 2*time.Second {
		t.Errorf("it took %s", longest)
	}
	if bytes.Contains(w.dump(), []byte(canaryNote)) {
		t.Error("the dump says a handover note")
	}
}

// A consent that runs out at midnight: nobody has to look for it to count.
func TestConsentRunsOut(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.begun()
	if _, err := w.db.Owner(t).Exec(`UPDATE consents SET ends_at = $1`, w.clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	w.clock.SetTo(w.clock.Now().Add(2 * time.Hour))
	w.must(w.TypePIN(w.as(p.her.Principal), herPIN))
	if m, err := w.OpenMyPairing(w.as(p.her.Principal), p.id); err != nil || m.ChildShown || m.Address+m.GivenName != "" {
		t.Errorf("%+v, %v", m, err)
	}
	w.must(w.again().DoDuties(t.Context()))
	w.is(p, stands{"closed", "consent_ended", "referred"})
}

// Everybody who could ask, and every word that they get.
func TestPairingPrincipals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p, other := w.begun(), w.begun()
	secrets := []string{"金丝雀小明", canaryAddress, canaryPaper, canaryGuardian, canaryPhone, canarySchool, canaryWords, "002X", "义乌", "怕黑", "父母在外地"}
	leader := auth.Principal{VolunteerID: id.New()}
	neighbour := auth.Principal{VolunteerID: id.New(), SessionID: id.New()}
	w.must(w.SetPIN(w.as(neighbour), herPIN))
	people := map[string]auth.Principal{
		"the companion parent": p.her.Principal, "another one": other.her.Principal, "a neighbour": neighbour, "a leader": leader, "the supervisor": p.supervisor,
		"the deputy": p.deputy, "who proposed": p.mine, "the other officer": p.second, "an officer of another county": officer("child_care", otherPath),
		"a coordinator": officer("coordinator", countyPath), "an administrator": officer("administrator", cityPath),
	}
	sees := map[string]string{"the companion parent": canaryAddress}
	knows := []string{"the supervisor", "the deputy", "who proposed", "the other officer"}
	for name, who := range people {
		ctx := w.as(who)
		var words strings.Builder
		say := func(v any, err error) bool {
			text, _ := json.Marshal(v)
			words.Write(text)
			return err == nil
		}
		m, err := w.OpenMyPairing(ctx, p.id)
		m.Pairing.ChildID = "" // is not part of the answer: see api
		opened := say([]any{m.GivenName, m.Age, m.Address, m.RegionName, m.Handover}, err)
		mine, err := w.ListMyPairings(ctx)
		say(mine, err)
		listed, err := w.ListPairings(ctx, app.ListQuery{Limit: 50})
		say(listed, err)
		one, err := w.GetPairing(ctx, p.id)
		got := say(one, err)
		door, err := w.GetPairingDoor(ctx)
		say(door, err)
		counts, err := w.CountTeamPairings(ctx, id.New())
		say(counts, err)
		note, err := w.ReadHandover(ctx, p.id)
		say(note, err)
		for _, secret := range secrets {
			if strings.Contains(words.String(), secret) && sees[name] != secret {
				t.Errorf("%s reads %s", name, secret)
			}
		}
		if opened != (name == "the companion parent") {
			t.Errorf("%s: her page: %v", name, opened)
		}
		want := false
		for _, k := range knows {
			want = want || k == name
		}
		if got != want {
			t.Errorf("%s gets the pairing: %v", name, got)
		}
	}
	m, err := w.OpenMyPairing(w.as(p.her.Principal), p.id)
	w.must(err)
	if m.GivenName != "丝雀小明" || m.Age != 10 || m.RegionName != "屯子镇码头村" || m.Address != canaryAddress {
		t.Errorf("%+v", m)
	}
	if n := w.count(`SELECT count(*) FROM openings WHERE basis = 'pairing' AND basis_id = $1 AND person_id = $2`, p.id, p.her.VolunteerID); n != 3 {
		t.Errorf("%d lines of her reading", n)
	}
	if _, err := w.LogOpenings(t.Context()); err != nil {
		t.Error(err)
	}
	mine, err := w.ListMyPairings(w.as(p.her.Principal))
	if err != nil || len(mine) != 1 || mine[0].Address != "" || mine[0].GivenName == "" {
		t.Errorf("the list: %+v, %v", mine, err)
	}
	for _, event := range w.events() {
		for _, secret := range append(secrets, p.child, other.child) {
			if strings.Contains(event, secret) {
				t.Errorf("an event says %s", secret)
			}
		}
	}
}

// events returns the bodies of all events.
func (w *town) events() (bodies []string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Select(&bodies, `SELECT body::text FROM outbox`))
	return bodies
}

// The deputy stands in by herself, through absences, ended authority and restarts, and
// each is told once.
func TestSupervision(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.begun()
	began := w.clock.Now()
	at := func(days int) string {
		w.clock.SetTo(began.AddDate(0, 0, days))
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context()))
		one, err := w.GetPairing(w.as(p.second), p.id)
		w.must(err)
		return map[string]string{p.supervisor.VolunteerID: "supervisor", p.deputy.VolunteerID: "deputy", "": "nobody"}[one.SupervisingID] +
			fmt.Sprint(w.told("pairing.supervise", p.supervisor.VolunteerID), w.told("pairing.supervise", p.deputy.VolunteerID), w.told("pairing.nobody", p.second.VolunteerID))
	}
	is := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s, want %s", what, got, want)
		}
	}
	day := func(n int) string { return began.AddDate(0, 0, n).Format(time.DateOnly) }
	w.refuses(domain.ErrPairingAway, w.SetAbsence(w.as(p.supervisor), p.id, day(5), day(2)))
	w.refuses(domain.ErrPairingNotYours, func() error {
		stranger := p.supervisor
		stranger.VolunteerID = p.deputy.VolunteerID
		stranger.Grants = []auth.Grant{{Role: "coordinator", RegionPath: countyPath}}
		return w.SetAbsence(w.as(stranger), p.id, day(2), day(5))
	}())
	w.must(w.SetAbsence(w.as(p.supervisor), p.id, day(2), day(5)))
	is("today", at(0), "supervisor1 0 0")
	is("the day before", at(1), "supervisor1 0 0")
	is("away", at(2), "deputy1 1 0")
	is("the last day", at(5), "deputy1 1 0")
	is("back", at(6), "supervisor2 1 0")
	ends := func(who auth.Principal, until time.Time, version int64) {
		w.inTx(func(q postgres.Querier) error {
			var grant string
			w.must(w.db.Owner(t).Get(&grant, `SELECT grant_id FROM known_grants WHERE volunteer_id = $1`, who.VolunteerID))
			return w.LearnGrants(t.Context(), q, []teamsv1.GrantChanged{{
				GrantID: grant, VolunteerID: who.VolunteerID, Role: who.Grants[0].Role, RegionPath: who.Grants[0].RegionPath, State: "active", From: began.AddDate(0, 0, -1), Until: until, Version: version,
			}})
		})
	}
	ends(p.supervisor, began.AddDate(0, 0, 10), 2)
	is("her authority ends soon", at(9), "supervisor2 1 0")
	is("it has ended, by its date", at(10), "deputy2 2 0")
	ends(p.deputy, began.AddDate(0, 0, 12), 2)
	is("both are gone", at(12), "nobody2 2 1")
	others := []auth.Principal{officer("administrator", countyPath), officer("coordinator", countyPath)}
	w.knows(others...)
	w.must(w.SetSupervision(w.as(p.second), p.id, others[0].VolunteerID, others[1].VolunteerID))
	if w.told("pairing.supervise", others[0].VolunteerID) != 1 {
		t.Error("the new one was not told")
	}
	for _, when := range []struct{ days, told int }{{75, 0}, {80, 1}, {93, 2}, {100, 2}} { // the trial ends after 92 days
		w.clock.SetTo(began.AddDate(0, 0, when.days))
		w.must(w.again().DoDuties(t.Context()))
		if got := w.told("pairing.review", others[0].VolunteerID); got != when.told {
			t.Errorf("after %d days reminded %d times", when.days, got)
		}
	}
}

func TestTransfer(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.begun()
	next := p
	next.her = w.approved()
	next.her.SessionID = id.New()
	w.must(w.SetPIN(w.as(next.her.Principal), herPIN))
	n := w.proposal(next)
	var err error
	_, err = w.TransferPairing(w.as(p.mine), p.id, n, domain.Ending{FarewellOn: "2026-12-01"})
	w.refuses(domain.ErrPairingHandover, err)
	_, err = w.TransferPairing(w.as(p.second), p.id, n, domain.Ending{FarewellOn: "2026-12-01", Note: canaryNote})
	w.refuses(domain.ErrNoGround, err) // who has not the case writes no note
	next.id, err = w.TransferPairing(w.as(p.mine), p.id, n, domain.Ending{FarewellOn: "2026-12-01", Note: canaryNote})
	w.must(err)
	w.is(p, stands{"closed", "transferred", "waiting"})
	w.is(next, stands{"proposed", "", "waiting"})
	m, err := w.OpenMyPairing(w.as(next.her.Principal), next.id)
	if err != nil || m.Handover != "" || m.Address != "" {
		t.Errorf("before she agreed: %+v, %v", m, err)
	}
	w.must(w.sheAgrees(next))
	w.must(w.guardianAgrees(next))
	w.must(w.officerAgrees(next))
	m, err = w.OpenMyPairing(w.as(next.her.Principal), next.id)
	if err != nil || m.Handover != canaryNote || m.Address != canaryAddress {
		t.Errorf("%+v, %v", m, err)
	}
	_, err = w.OpenMyPairing(w.as(p.her.Principal), p.id)
	w.refuses(domain.ErrNoPairing, err)
	note, err := w.ReadHandover(w.as(p.mine), p.id)
	if err != nil || note != canaryNote {
		t.Errorf("%q, %v", note, err)
	}
	old, err := w.GetPairing(w.as(p.second), p.id)
	if err != nil || old.HandedOverTo != next.id {
		t.Errorf("%+v, %v", old, err)
	}
}

func TestPairingPIN(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := w.begun()
	her := w.as(p.her.Principal)
	open := func() error {
		_, err := w.OpenMyPairing(her, p.id)
		return err
	}
	w.must(open())
	elsewhere := p.her.Principal
	elsewhere.SessionID = id.New()
	_, err := w.ListMyPairings(w.as(elsewhere))
	w.refuses(domain.ErrPINNeeded, err)
	w.must(w.ShutPairings(her))
	w.refuses(domain.ErrPINNeeded, open())
	w.refuses(domain.ErrPINSet, w.SetPIN(her, "8642"))
	w.refuses(domain.ErrPINNeeded, w.AnswerPairing(her, p.id, true))
	w.must(w.TypePIN(her, " ２580"))
	w.must(open())
	w.clock.SetTo(w.clock.Now().Add(domain.PassLife))
	w.refuses(domain.ErrPINNeeded, open())
	for range domain.MaxPINTries - 1 {
		w.refuses(domain.ErrPINWrong, w.TypePIN(her, "1357"))
	}
	w.refuses(domain.ErrPINLocked, w.TypePIN(her, "1357"))
	w.refuses(domain.ErrPINLocked, w.TypePIN(her, herPIN))
	w.clock.SetTo(w.clock.Now().AddDate(0, 0, 1))
	w.must(w.TypePIN(her, herPIN))
	w.must(w.SetPIN(her, "8642")) // another, while hers is shown
	w.refuses(domain.ErrPINWrong, w.TypePIN(her, herPIN))
	w.refuses(domain.ErrNoCompanion, w.ClearPIN(w.as(officer("child_care", otherPath)), p.her.id))
	w.must(w.ClearPIN(w.as(p.her.desk), p.her.id))
	w.refuses(domain.ErrPINNeeded, open())
	w.refuses(domain.ErrPINNone, w.TypePIN(her, "8642"))
	for _, weak := range []string{"1234", "0000", "123", "1234567", "abcd", ""} {
		w.refuses(domain.ErrPINWeak, w.SetPIN(her, weak))
	}
}
