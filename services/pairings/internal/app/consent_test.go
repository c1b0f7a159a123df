package app_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// More words by which tests look for what must not be in the open.
const (
	canaryGuardian = "金丝雀监护人"
	canaryPhone    = "13900001234"
	canarySchool   = "金丝雀小学"
	canaryWitness  = "金丝雀见证人"
	canaryWords    = "想有人陪我看书，金丝雀"
)

func details() domain.ChildDetails {
	return domain.ChildDetails{
		Circle: domain.Circle{
			Guardian: domain.Adult{Name: canaryGuardian, Relation: "母亲", Phone: canaryPhone, Place: "浙江义乌", IDTail: "002X"},
			Carer:    domain.Adult{Name: "奶奶", Relation: "祖母", Phone: "13900005678", Place: "码头村"},
			School:   domain.School{Name: canarySchool, Grade: "四年级", Term: "2026 秋"}, Note: "怕黑",
		},
		Needs: []string{"study", "company", "study"}, CompanionSex: "female",
	}
}

// theCase is a child whose case an officer has, with its guardian recorded.
func (w *town) theCase() (childID string, mine auth.Principal) {
	w.t.Helper()
	childID, mine = w.child(), officer("child_care", countyPath)
	w.must(w.TakeChild(w.as(mine), childID))
	w.must(w.SetChildDetails(w.as(mine), childID, details()))
	return childID, mine
}

func (w *town) link(childID string, mine auth.Principal) string {
	w.t.Helper()
	_, secret, err := w.MakeConsentLink(w.as(mine), childID)
	w.must(err)
	return secret
}

func (w *town) state(childID string) (state domain.ChildState) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&state, `SELECT state FROM children WHERE id = $1`, childID))
	return state
}

func yes(secret string) app.GuardianAnswer {
	return app.GuardianAnswer{Guardian: app.Guardian{Secret: secret, Digits: "1234"}, Answer: app.Agree, ForData: true, ForPairing: true}
}

func (w *town) wish(childID string, mine auth.Principal, wants bool) {
	w.t.Helper()
	w.must(w.RecordWish(w.as(mine), childID, app.NewWish{Wants: wants, TalkedOn: "2026-11-24", Words: canaryWords}))
}

// From a referral to waiting for a companion parent, and back.
func TestConsentByLink(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.theCase()
	secret := w.link(childID, mine)
	guardian := app.Guardian{Secret: secret, Digits: " ００2x "}

	t.Run("a link opened by a machine tells nothing and writes nothing", func(t *testing.T) {
		before := w.count(`SELECT count(*) FROM openings`)
		got, err := w.OpenConsentLink(t.Context(), app.Guardian{Secret: secret})
		w.must(err)
		if got.ChildName != "" || got.Proved || len(got.Openings) != 0 || got.Answered {
			t.Errorf("%+v", got)
		}
		if n := w.count(`SELECT count(*) FROM openings`); n != before {
			t.Error("an opening")
		}
	})
	t.Run("the guardian agrees with her digits, ticking each by itself, once", func(t *testing.T) {
		answer := yes(secret)
		answer.ForPairing = false
		if err := w.AnswerConsentLink(t.Context(), answer); !errors.Is(err, domain.ErrConsentTicks) {
			t.Error(err)
		}
		w.must(w.AnswerConsentLink(t.Context(), yes(secret)))
		if n := w.told("consent.given", mine.VolunteerID); n != 1 {
			t.Errorf("who has the case was told %d times", n)
		}
		if got := w.state(childID); got != domain.ChildConsented {
			t.Errorf("without the child's wish: %s", got)
		}
		if err := w.AnswerConsentLink(t.Context(), yes(secret)); !errors.Is(err, domain.ErrAnswered) {
			t.Error(err)
		}
	})
	t.Run("with the child's own wish it waits, with a no it does not", func(t *testing.T) {
		w.wish(childID, mine, true)
		if got := w.state(childID); got != domain.ChildWaiting {
			t.Error(got)
		}
		w.clock.SetTo(w.clock.Now().Add(time.Minute))
		w.wish(childID, mine, false)
		if got := w.state(childID); got != domain.ChildConsented {
			t.Error(got)
		}
		w.clock.SetTo(w.clock.Now().Add(time.Minute))
		w.wish(childID, mine, true)
	})
	t.Run("the guardian sees who read and on what grounds, and is in the record herself", func(t *testing.T) {
		_, err := w.OpenChild(w.as(mine), childID)
		w.must(err)
		got, err := w.OpenConsentLink(t.Context(), guardian)
		w.must(err)
		if !got.Proved || got.ChildName != canaryName || !got.MayRetract || len(got.Openings) < 3 {
			t.Fatalf("%+v", got)
		}
		first, second := got.Openings[0], got.Openings[1]
		if first.Basis != domain.BasisGuardian || first.PersonID != "" || first.PersonName != "" || second.PersonName != "王秀英" || second.What != "child" {
			t.Errorf("%+v", got.Openings[:2])
		}
		if _, err := w.LogOpenings(t.Context()); err != nil {
			t.Error(err)
		}
	})
	t.Run("a withdrawal closes the record at once to all but who carries it out", func(t *testing.T) {
		reader := officer("child_care", cityPath)
		purposeID, err := w.AskPurpose(w.as(reader), app.PurposeQuery{ChildID: childID, Reason: "核对联系方式", Days: 7})
		w.must(err)
		w.must(w.DecidePurpose(w.as(officer("administrator", cityPath)), purposeID, true, ""))
		_, err = w.OpenChild(w.as(reader), childID) // control
		w.must(err)
		w.must(w.AnswerConsentLink(t.Context(), app.GuardianAnswer{Guardian: guardian, Answer: app.Withdraw}))
		if got := w.state(childID); got != domain.ChildWithdrawn {
			t.Error(got)
		}
		if n := w.told("consent.withdrawn", mine.VolunteerID); n != 1 {
			t.Errorf("who has the case was told %d times", n)
		}
		if n := w.count(`SELECT count(*) FROM outbox WHERE position($1 IN body::text) > 0 OR position($2 IN body::text) > 0`, childID, canaryName); n != 0 {
			t.Errorf("%d events name the child", n)
		}
		if _, err := w.OpenChild(w.as(reader), childID); !errors.Is(err, domain.ErrWithdrawn) {
			t.Error(err)
		}
		w.must(w.OpenInEmergency(w.as(reader), childID, "孩子发高烧，要马上联系"))
		if _, err := w.OpenChild(w.as(reader), childID); !errors.Is(err, domain.ErrWithdrawn) {
			t.Errorf("in an emergency: %v", err)
		}
		if err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), `SELECT open_vault(ARRAY[gen_random_uuid()], ARRAY[$1::uuid], $2, 'read', 'purpose', $3, 'child', $4)`,
				childID, reader.VolunteerID, purposeID, w.clock.Now())
			return err
		}); !postgres.Violated(err, "openings_withdrawn_check") {
			t.Errorf("the database hands the key out: %v", err)
		}
		_, err = w.OpenChild(w.as(mine), childID)
		w.must(err)
		got, err := w.OpenConsentLink(t.Context(), guardian)
		if err != nil || !got.Withdrawn || got.MayRetract {
			t.Errorf("%+v, %v", got, err)
		}
		if err := w.AnswerConsentLink(t.Context(), app.GuardianAnswer{Guardian: guardian, Answer: app.Withdraw}); !errors.Is(err, domain.ErrNotConsented) {
			t.Error(err)
		}
	})
}

// Who has the link and not the digits, and who has neither.
func TestConsentLinkTries(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.theCase()
	first := w.link(childID, mine)
	secret := w.link(childID, mine)
	try := func(secret, digits string) error {
		_, err := w.OpenConsentLink(t.Context(), app.Guardian{Secret: secret, Digits: digits})
		return err
	}
	if err := try(first, "1234"); !errors.Is(err, domain.ErrConsentLink) {
		t.Errorf("one that another took the place of: %v", err)
	}
	for range domain.MaxConsentTries {
		if err := try(secret, "0000"); !errors.Is(err, domain.ErrConsentDigits) {
			t.Error(err)
		}
	}
	if err := try(secret, "1234"); !errors.Is(err, domain.ErrConsentLink) {
		t.Errorf("after five: %v", err)
	}
	old := w.link(childID, mine)
	w.clock.SetTo(w.clock.Now().Add(domain.ConsentLinkLife))
	if err := try(old, "1234"); !errors.Is(err, domain.ErrConsentLink) {
		t.Errorf("after a week: %v", err)
	}

	answered := w.link(childID, mine)
	refusal := yes(answered)
	refusal.Answer = app.Refuse
	w.must(w.AnswerConsentLink(t.Context(), refusal))
	if got := w.state(childID); got != domain.ChildReferred {
		t.Errorf("a no: %s", got)
	}
	for range domain.MaxConsentTries {
		_ = try(answered, "0000")
	}
	if err := try(answered, "1234"); !errors.Is(err, domain.ErrConsentTries) {
		t.Errorf("an answered link after five: %v", err)
	}
	w.clock.SetTo(w.clock.Now().AddDate(0, 0, 1))
	w.must(try(answered, "1234"))
}

func signature(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 20)), nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestConsentOnPaper(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.theCase()
	paper := domain.NewPaper{FormNumber: "HB-2026-0017", GivenOn: "2026-11-20", Form: domain.ConsentForm{Witness: canaryWitness, Archive: "县妇联 3 号柜"}}
	consentID, err := w.RecordConsent(w.as(mine), childID, paper)
	w.must(err)
	if got := w.state(childID); got != domain.ChildReferred {
		t.Errorf("a form without its signature: %s", got)
	}
	if _, err := w.RecordConsent(w.as(mine), childID, paper); !errors.Is(err, domain.ErrFormTwice) {
		t.Error(err)
	}
	file := signature(t)
	w.must(w.AddSignature(w.as(mine), consentID, file))
	if got := w.state(childID); got != domain.ChildConsented {
		t.Error(got)
	}
	if scan, err := w.ReadSignature(w.as(mine), consentID); err != nil || !bytes.HasPrefix(scan, []byte{0xff, 0xd8}) {
		t.Errorf("%d bytes, %v", len(scan), err)
	}
	if _, err := w.ReadSignature(w.as(officer("child_care", cityPath)), consentID); !errors.Is(err, domain.ErrNoGround) {
		t.Error(err)
	}
	w.wish(childID, mine, true)
	got, err := w.OpenChild(w.as(mine), childID)
	w.must(err)
	if got.State != domain.ChildWaiting || got.Circle.Guardian.Name != canaryGuardian || len(got.Needs) != 2 || got.Consents[0].Witness != canaryWitness || got.Wish.Words != canaryWords {
		t.Errorf("%+v", got)
	}
	if err := w.SetChildDetails(w.as(officer("child_care", cityPath)), childID, details()); !errors.Is(err, domain.ErrNoCase) {
		t.Errorf("who has not the case: %v", err)
	}
	dump := w.dump()
	for _, canary := range []string{canaryGuardian, canaryPhone, canarySchool, canaryWitness, canaryWords, "义乌", "3 号柜"} {
		if bytes.Contains(dump, []byte(canary)) {
			t.Errorf("the dump says %s", canary)
		}
	}
	w.must(w.WithdrawConsent(w.as(mine), childID))
	if got := w.state(childID); got != domain.ChildWithdrawn {
		t.Error(got)
	}
}

// The database itself lets no child wait without consent and wish, whoever asks.
func TestGates(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.theCase()
	to := func(state string) error {
		return w.db.InTx(t.Context(), func(q postgres.Querier) error {
			_, err := q.ExecContext(t.Context(), `UPDATE children SET state = $2, state_at = $3 WHERE id = $1`, childID, state, w.clock.Now())
			return err
		})
	}
	w.wish(childID, mine, true)
	for _, state := range []string{"consented", "waiting", "paired"} {
		if err := to(state); !postgres.Violated(err, "children_consent_check") {
			t.Errorf("%s without consent: %v", state, err)
		}
	}
	w.must(w.AnswerConsentLink(t.Context(), yes(w.link(childID, mine))))
	w.clock.SetTo(w.clock.Now().Add(time.Minute))
	w.wish(childID, mine, false)
	if err := to("waiting"); !postgres.Violated(err, "children_wish_check") {
		t.Errorf("against the child's wish: %v", err)
	}
	if _, err := w.db.Owner(t).Exec(`UPDATE consents SET withdrawn_at = $1`, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Owner(t).Exec(`UPDATE consents SET withdrawn_at = NULL`); err == nil {
		t.Error("a withdrawal was taken back")
	}
}

// Records whose time is over are erased by the clock, also after a restart; one that
// is held is not.
func TestRetention(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	old, held, refused := w.child(), "", ""
	held, mine := w.theCase()
	w.must(w.HoldChild(w.as(mine), held, "等法院的判决"))
	refused, other := w.theCase()
	no := yes(w.link(refused, other))
	no.Answer = app.Refuse
	w.must(w.AnswerConsentLink(t.Context(), no))
	consented, third := w.theCase()
	w.must(w.AnswerConsentLink(t.Context(), yes(w.link(consented, third))))
	w.wish(consented, third, true)
	begin := w.clock.Now()
	after := func(days int) map[string]domain.ChildState {
		w.clock.SetTo(begin.AddDate(0, 0, days))
		w.must(w.again().DoDuties(t.Context()))
		return map[string]domain.ChildState{"old": w.state(old), "held": w.state(held), "refused": w.state(refused), "consented": w.state(consented)}
	}
	for _, when := range []struct {
		days int
		want map[string]domain.ChildState
	}{
		{29, map[string]domain.ChildState{"old": "referred", "held": "referred", "refused": "referred", "consented": "waiting"}},
		{31, map[string]domain.ChildState{"old": "referred", "held": "referred", "refused": "erased", "consented": "waiting"}},
		{91, map[string]domain.ChildState{"old": "erased", "held": "referred", "refused": "erased", "consented": "waiting"}},
		{3*366 + 1, map[string]domain.ChildState{"old": "erased", "held": "referred", "refused": "erased", "consented": "referred"}},
		{3*366 + 92, map[string]domain.ChildState{"old": "erased", "held": "referred", "refused": "erased", "consented": "erased"}},
	} {
		if diff := cmp.Diff(when.want, after(when.days)); diff != "" {
			t.Errorf("after %d days: %s", when.days, diff)
		}
	}
	if _, err := w.OpenChild(w.as(other), refused); !errors.Is(err, domain.ErrErased) {
		t.Errorf("an erased one: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM children WHERE state = 'erased' AND (sealed <> '' OR circle IS NOT NULL OR paper_index IS NOT NULL)`); n != 0 {
		t.Errorf("%d left something behind", n)
	}
	w.must(w.HoldChild(w.as(mine), held, "")) // let go
	w.must(w.DoDuties(t.Context()))
	if got := w.state(held); got != domain.ChildErased {
		t.Errorf("let go: %s", got)
	}
}
