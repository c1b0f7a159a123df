package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

const canaryContact = "金丝雀：孩子说想妈妈了"

// bond is a pairing on trial with who belongs to it.
type bond struct {
	domain.Pairing
	companion          applicant
	supervisor, deputy auth.Principal
	leader             auth.Principal
	caseOfficer        auth.Principal
}

// bonded pairs a child that waits with a companion parent, as of now.
func (w *town) bonded() bond {
	w.t.Helper()
	b := bond{companion: w.approved(), supervisor: officer("coordinator", countyPath), deputy: officer("coordinator", countyPath), leader: auth.Principal{VolunteerID: id.New()}}
	w.knows(b.supervisor, b.deputy)
	team := id.New()
	w.inTx(func(q postgres.Querier) error {
		if err := w.LearnTeams(w.t.Context(), q, []teamsv1.TeamChanged{{TeamID: team, Name: "桂鹤", RegionPath: countyPath, ReportingUnit: "浚县", State: "active", Version: 1}}); err != nil {
			return err
		}
		return w.LearnMemberships(w.t.Context(), q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: team, VolunteerID: b.companion.VolunteerID, Role: "member", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: team, VolunteerID: b.leader.VolunteerID, Role: "leader", State: "active", Version: 1},
		})
	})
	childID, mine := w.theCase()
	b.caseOfficer = mine
	secret := w.link(childID, mine)
	w.must(w.AnswerConsentLink(w.t.Context(), yes(secret)))
	w.must(w.RecordWish(w.as(mine), childID, app.NewWish{Wants: true, TalkedOn: w.today(), Words: canaryWords}))
	var linkID string
	w.must(w.db.Owner(w.t).Get(&linkID, `SELECT id FROM consent_links WHERE child_id = $1`, childID))
	w.inTx(func(q postgres.Querier) error {
		ctx, now := w.t.Context(), w.clock.Now()
		child, err := store.FindChild(ctx, q, childID)
		if err != nil {
			return err
		}
		companion, err := store.FindCompanion(ctx, q, b.companion.id)
		if err != nil {
			return err
		}
		p, err := domain.NewPairing{
			TeamID: team, SexReason: domain.SexReasons[0], SupervisorID: b.supervisor.VolunteerID, DeputyID: b.deputy.VolunteerID,
		}.Propose(child, companion, "", mine.VolunteerID, now)
		if err != nil {
			return err
		}
		if err := store.InsertPairing(ctx, q, p); err != nil {
			return err
		}
		rules := domain.PairingRules{MostOpen: 2, TrialMonths: 3}
		if p, err = p.VolunteerAgrees(rules, now); err != nil {
			return err
		}
		if p, err = p.GuardianAgrees(linkID, "", "", rules, now); err != nil {
			return err
		}
		if p, err = p.OfficerAgrees(officer("child_care", cityPath).VolunteerID, rules, now); err != nil {
			return err
		}
		b.Pairing = p
		return store.UpdatePairing(ctx, q, p)
	})
	_, err := w.db.Owner(w.t).Exec(`UPDATE children SET state = 'paired' WHERE id = $1`, childID)
	w.must(err)
	return b
}

// becomes moves a pairing as an officer would.
func (w *town) becomes(b *bond, change func(p domain.Pairing) domain.Pairing) {
	w.t.Helper()
	w.inTx(func(q postgres.Querier) error {
		p, err := store.LockPairing(w.t.Context(), q, b.ID)
		if err != nil {
			return err
		}
		b.Pairing = change(p)
		return store.UpdatePairing(w.t.Context(), q, b.Pairing)
	})
}

// visit is what a phone seals after an hour's visit, unless changes say otherwise.
func (w *town) visit(b bond, changes ...func(*domain.NewContact)) domain.NewContact {
	n := domain.NewContact{
		ContactID: id.Random(), PairingID: b.ID, Kind: domain.ContactVisit, Made: true, At: w.clock.Now().Add(-2 * time.Hour).Truncate(time.Minute), Minutes: 60, Note: canaryContact,
		Looks: map[string]string{"home": "fine", "schooling": "fine", "health": "fine", "mood": "attend", "bullying": "fine", "season": "fine"},
	}
	for _, change := range changes {
		change(&n)
	}
	return n
}

func call(n *domain.NewContact)    { n.Kind, n.Looks, n.Minutes = domain.ContactCall, nil, 10 }
func attempt(n *domain.NewContact) { n.Made, n.Looks, n.Minutes = false, nil, 0 }

// sends seals what a phone records and sends it.
func (w *town) sends(who auth.Principal, body any) error {
	w.t.Helper()
	messageID := id.Random()
	_, err := w.SendSealed(w.as(who), messageID, w.seals(who, messageID, "contact", w.clock.Now(), body))
	return err
}

// records records a contact and returns its id.
func (w *town) records(b bond, changes ...func(*domain.NewContact)) string {
	w.t.Helper()
	n := w.visit(b, changes...)
	w.must(w.sends(b.companion.Principal, n))
	return n.ContactID
}

// toHours is what was told to hours.
func (w *town) toHours() (events []pairingsv1.ContactConfirmed) {
	w.t.Helper()
	var bodies []string
	w.must(w.db.Owner(w.t).Select(&bodies, `SELECT body FROM outbox WHERE subject = 'pairings.v1.contact.confirmed' ORDER BY id`))
	for _, body := range bodies {
		var e pairingsv1.ContactConfirmed
		w.must(json.Unmarshal([]byte(body), &e))
		events = append(events, e)
	}
	return events
}

func TestRecordContact(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	b := w.bonded()
	her := b.companion.Principal

	t.Run("sent again it is one, and is answered the same; another body is a conflict", func(t *testing.T) {
		body := w.visit(b)
		w.must(w.sends(her, body))
		openings := w.count(`SELECT count(*) FROM openings`)
		w.must(w.sends(her, body)) // in another envelope: the same record
		body.Minutes++
		w.refuses(domain.ErrContactConflict, w.sends(her, body))
		if n := w.count(`SELECT count(*) FROM contacts WHERE attention AND minutes = 60`); n != 1 || w.count(`SELECT count(*) FROM openings`) != openings {
			t.Errorf("%d rows", n)
		}
	})
	t.Run("one envelope sent again by a phone that heard no answer is one record", func(t *testing.T) {
		messageID, before := id.Random(), w.count(`SELECT count(*) FROM contacts`)
		envelope := w.seals(her, messageID, "contact", w.clock.Now(), w.visit(b, call))
		for range 3 {
			if _, err := w.again().SendSealed(w.as(her), messageID, envelope); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.count(`SELECT count(*) FROM contacts`); n != before+1 {
			t.Errorf("%d records", n-before)
		}
	})
	t.Run("only the companion parent of the pairing records", func(t *testing.T) {
		for name, who := range map[string]auth.Principal{"a stranger": {VolunteerID: id.New()}, "the supervisor": b.supervisor, "who has the case": b.caseOfficer} {
			if err := w.sends(who, w.visit(b)); !errors.Is(err, domain.ErrNoPairing) {
				t.Errorf("%s: %v", name, err)
			}
		}
		same := auth.Principal{VolunteerID: id.New()}
		w.merges(same.VolunteerID, her.VolunteerID)
		w.must(w.sends(same, w.visit(b, call))) // one person, another record: control
	})
	t.Run("what cannot be is refused, and there is no place for a picture", func(t *testing.T) {
		for name, c := range map[string]struct {
			change func(*domain.NewContact)
			want   error
		}{
			"tomorrow":         {func(n *domain.NewContact) { n.At = w.clock.Now().AddDate(0, 0, 1) }, domain.ErrContactAt},
			"long ago":         {func(n *domain.NewContact) { n.At = w.clock.Now().AddDate(0, 0, -31) }, domain.ErrContactAt},
			"a night":          {func(n *domain.NewContact) { n.Minutes = 9 * 60 }, domain.ErrContactMinutes},
			"a timed attempt":  {func(n *domain.NewContact) { n.Made, n.Looks = false, nil }, domain.ErrContactMinutes},
			"five looks":       {func(n *domain.NewContact) { delete(n.Looks, "mood") }, domain.ErrContactLooks},
			"looks on a call":  {func(n *domain.NewContact) { n.Kind = domain.ContactCall }, domain.ErrContactLooks},
			"a picture's text": {func(n *domain.NewContact) { n.Note = "data:image/png;base64,AAAA" }, domain.ErrContactNote},
		} {
			if err := w.sends(her, w.visit(b, c.change)); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := w.sends(her, map[string]any{"contact_id": id.Random(), "pairing_id": b.ID, "kind": "call", "made": true, "at": w.clock.Now(), "minutes": 1, "picture": "x"})
		if apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("a picture: %v", err)
		}
	})
	t.Run("the database itself refuses another's record, a changed one, and one's own word", func(t *testing.T) {
		contactID := w.records(b, call)
		owner, now := w.db.Owner(t), w.clock.Now()
		const insert = `INSERT INTO contacts (id, pairing_id, volunteer_id, kind, made, held_at, minutes, attention, sealed, body_index, recorded_at)
			VALUES ($1, $2, $3, 'call', true, $4, 5, false, '', '', $4)`
		const confirm = `UPDATE contacts SET state = 'confirmed', decided_by = $2, decided_at = now(), reference = gen_random_uuid() WHERE id = $1`
		for name, try := range map[string]func() error{
			"another's": func() error { _, err := owner.Exec(insert, id.New(), b.ID, b.supervisor.VolunteerID, now); return err },
			"one's own": func() error { _, err := owner.Exec(confirm, contactID, her.VolunteerID); return err },
			"other minutes": func() error {
				_, err := owner.Exec(`UPDATE contacts SET minutes = 400 WHERE id = $1`, contactID)
				return err
			},
		} {
			if try() == nil {
				t.Errorf("%s was taken", name)
			}
		}
		if _, err := owner.Exec(insert, id.New(), b.ID, her.VolunteerID, now); err != nil { // controls
			t.Error(err)
		}
		if _, err := owner.Exec(confirm, contactID, b.supervisor.VolunteerID); err != nil {
			t.Error(err)
		}
	})
	t.Run("nothing of it lies in the open", func(t *testing.T) {
		if bytes.Contains(w.dump(), []byte("想妈妈")) {
			t.Error("the dump says a note")
		}
	})
	t.Run("after the end what was done before it is taken for a week, and nothing else", func(t *testing.T) {
		late := w.visit(b, call)
		w.becomes(&b, func(p domain.Pairing) domain.Pairing { return p.End("moved", b.supervisor.VolunteerID, w.clock.Now()) })
		w.must(w.sends(her, late))
		w.clock.SetTo(w.clock.Now().Add(5 * time.Hour))
		w.refuses(domain.ErrContactOver, w.sends(her, w.visit(b)))
		w.clock.SetTo(w.clock.Now().AddDate(0, 0, 8))
		w.refuses(domain.ErrContactOver, w.sends(her, w.visit(b, call, func(n *domain.NewContact) { n.At = b.StateAt.Add(-time.Hour) })))
	})
}

func TestDecideContacts(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	b := w.bonded()
	programme := id.New()
	w.inTx(func(q postgres.Querier) error { // renamed before its first name was heard
		return w.LearnProgrammes(t.Context(), q, []tasksv1.ProgrammeChanged{
			{ProgrammeID: programme, Name: "爱心妈妈", Version: 2}, {ProgrammeID: programme, Name: "留守儿童代理家长", Version: 1}, {ProgrammeID: id.New(), Name: "保护淇河", Version: 1},
		})
	})
	visit, tried := w.records(b), w.records(b, attempt)
	one := func(contactID string, counts bool, reason string) []domain.ContactDecision {
		return []domain.ContactDecision{{ContactID: contactID, Counts: counts, Reason: reason}}
	}

	t.Run("the supervisor sees what waits, without a note, and reads a note with a second factor, a line each time", func(t *testing.T) {
		waiting, err := w.ListContactsToDecide(w.as(b.deputy))
		w.must(err)
		if len(waiting) != 2 || waiting[0].VolunteerName != "王秀英" || waiting[0].RegionName != "屯子镇码头村" {
			t.Fatalf("%+v", waiting)
		}
		weak := b.supervisor
		weak.Strong = false
		_, err = w.OpenContact(w.as(weak), visit)
		w.refuses(auth.ErrSecondFactor, err)
		before := w.count(`SELECT count(*) FROM openings WHERE act = 'read' AND basis = 'pairing'`)
		note, err := w.OpenContact(w.as(b.supervisor), visit)
		w.must(err)
		if note.Note != canaryContact || note.Looks["mood"] != "attend" || w.count(`SELECT count(*) FROM openings WHERE act = 'read' AND basis = 'pairing'`) != before+1 {
			t.Errorf("%+v", note)
		}
		for name, who := range map[string]auth.Principal{"the volunteer": b.companion.Principal, "another coordinator": officer("coordinator", countyPath), "the leader": b.leader} {
			if _, err := w.OpenContact(w.as(who), visit); !errors.Is(err, domain.ErrNoContact) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.OpenContact(w.as(b.caseOfficer), visit); err != nil { // by the case
			t.Error(err)
		}
	})
	t.Run("nobody confirms their own, nor who does not supervise", func(t *testing.T) {
		w.refuses(domain.ErrNoContact, w.DecideContacts(w.as(b.companion.Principal), one(visit, true, "")))
		w.refuses(domain.ErrNoContact, w.DecideContacts(w.as(officer("child_care", countyPath)), one(visit, true, "")))
		if err := w.DecideContacts(w.as(b.supervisor), one(visit, false, "")); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
	t.Run("all or none; what was made is told to hours by a reference that says nothing else, an attempt is not", func(t *testing.T) {
		w.refuses(domain.ErrNoContact, w.DecideContacts(w.as(b.supervisor), append(one(visit, true, ""), one(id.New(), true, "")...)))
		if n := len(w.toHours()); n != 0 {
			t.Fatalf("%d told", n)
		}
		w.must(w.DecideContacts(w.as(b.deputy), append(one(visit, true, ""), one(tried, true, "")...)))
		told := w.toHours()
		if len(told) != 1 {
			t.Fatalf("%d told", len(told))
		}
		e := told[0]
		if e.ProgrammeID != programme || e.TeamID != b.TeamID || e.ReportingUnit != "浚县" || e.RegionPath != "4106/410621/410621100/" || e.Minutes != 60 || e.Verification != "D" ||
			e.ConfirmedBy != b.deputy.VolunteerID || e.VolunteerID != b.companion.VolunteerID || e.To.Sub(e.From) != time.Hour {
			t.Errorf("%+v", e)
		}
		body, err := json.Marshal(e)
		w.must(err)
		for name, secret := range map[string]string{"the pairing": b.ID, "the child": b.ChildID, "the contact": visit, "the village": village, "the companion": b.CompanionID} {
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("the event names %s", name)
			}
		}
		w.refuses(domain.ErrContactDecided, w.DecideContacts(w.as(b.supervisor), one(visit, false, "twice")))
	})
	t.Run("what does not count is told to the volunteer with a word, and hours hear nothing", func(t *testing.T) {
		again := w.records(b, call)
		w.must(w.DecideContacts(w.as(b.supervisor), one(again, false, "wrong_time")))
		if got := w.told("contact.refused", b.companion.VolunteerID); got != 1 || len(w.toHours()) != 1 {
			t.Errorf("told %d times, %d to hours", got, len(w.toHours()))
		}
	})
	t.Run("it may count for other minutes with a word why: both are kept, she sees them and is told, hours get those that count", func(t *testing.T) {
		counts := func(contactID string, minutes int, why string) []domain.ContactDecision {
			return []domain.ContactDecision{{ContactID: contactID, Counts: true, Minutes: minutes, Why: why}}
		}
		longer := w.records(b, func(n *domain.NewContact) { n.Minutes = 90 })
		for name, d := range map[string][]domain.ContactDecision{
			"no word": counts(longer, 60, ""), "another word": counts(longer, 60, "孩子"), "no minutes": counts(longer, 0, "travel"), "the same": counts(longer, 90, "travel"),
			"not yet over": counts(longer, 8*60, "mistyped"), "of what does not count": {{ContactID: longer, Reason: "twice", Minutes: 60, Why: "travel"}},
			"of an attempt": counts(w.records(b, attempt), 10, "mistyped"),
		} {
			if err := w.DecideContacts(w.as(b.supervisor), d); apperr.KindOf(err) != apperr.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.DecideContacts(w.as(b.supervisor), counts(longer, 60, "travel")))
		told := w.toHours()
		if e := told[len(told)-1]; e.Minutes != 60 || e.To.Sub(e.From) != time.Hour {
			t.Errorf("%+v", e)
		}
		mine, err := w.ListMyContacts(w.as(b.companion.Principal))
		w.must(err)
		if c := mine[0].Contacts[slices.IndexFunc(mine[0].Contacts, func(c domain.Contact) bool { return c.ID == longer })]; c.Minutes != 90 || c.Counted != 60 || c.CountedWhy != "travel" {
			t.Errorf("%+v", c)
		}
		if n := w.told("contact.counted", b.companion.VolunteerID); n != 1 {
			t.Errorf("told %d times", n)
		}
		if _, err := w.db.Owner(t).Exec(`UPDATE contacts SET counted = 10, counted_why = 'travel' WHERE id = $1`, longer); err == nil {
			t.Error("what was decided was changed")
		}
	})
	t.Run("under another record of the same person the database refuses", func(t *testing.T) {
		mine := w.records(b, call)
		_, err := w.db.Owner(t).Exec(`UPDATE contacts SET state = 'confirmed', decided_by = $2, decided_at = now(), reference = gen_random_uuid() WHERE id = $1`, mine, id.New()) // control: rolled back below
		w.must(err)
		other := w.records(b, call, func(n *domain.NewContact) { n.At = n.At.Add(-time.Hour) })
		w.merges(b.deputy.VolunteerID, b.companion.VolunteerID)
		if err := w.DecideContacts(w.as(b.deputy), one(other, true, "")); err == nil {
			t.Error("confirmed by the same person")
		}
	})
}
