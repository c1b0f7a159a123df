package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"listPairings":         {200, 200, 200, 200, 200},
		"proposePairing":       {422, 422, 422, 201, 422},
		"getPairing":           {404, 404, 404, 200, 404},
		"recordGuardianAnswer": {404, 404, 404, 403, 404}, // it takes the case
		"decidePairing":        {404, 404, 404, 204, 404},
		"reviewTrial":          {404, 404, 404, 204, 404},
		"pausePairing":         {404, 404, 404, 204, 404},
		"resumePairing":        {404, 404, 404, 204, 404},
		"closePairing":         {404, 404, 404, 204, 404},
		"transferPairing":      {404, 404, 404, 403, 404}, // a note takes the case, or to supervise
		"setSupervision":       {404, 404, 404, 204, 404},
		"setAbsence":           {404, 404, 404, 204, 404},
		"readHandover":         {404, 404, 404, 403, 404}, // it takes grounds
		"listPairingChoices":   {404, 404, 404, 200, 404},
		"clearPairingPin":      {404, 404, 404, 204, 404},
		"countTeamPairings":    {404, 404, 404, 404, 404}, // it takes to lead it

		"listMyPairings": {403, 403, 403, 403, 403}, // it takes the PIN
		"getPairingDoor": {200, 200, 200, 200, 200},
		"setPairingPin":  {204, 204, 204, 204, 204},
		"typePairingPin": {204, 204, 204, 204, 204}, // theirs, from setPairingPin
		"shutPairings":   {204, 204, 204, 204, 204},
		"openMyPairing":  {404, 404, 404, 404, 404},
		"answerPairing":  {404, 404, 404, 404, 404},
	})
}

const examplePIN = "2580"

// typesPIN opens the pages behind it: what it opened before may be over by now.
func (s *site) typesPIN(t testing.TB, who auth.Principal) {
	t.Helper()
	s.must(s.app.TypePIN(auth.With(t.Context(), who), examplePIN))
}

// couple is a pairing with who has to do with it.
type couple struct {
	id, child     string
	companion     string
	her, mine     auth.Principal
	second        auth.Principal
	supervisorIDs [2]string
}

// knowsOfficers tells the service of officers' authority, as teams would.
func (s *site) knowsOfficers(county string, officers ...auth.Principal) {
	s.t.Helper()
	var events []teamsv1.GrantChanged
	for _, o := range officers {
		events = append(events, teamsv1.GrantChanged{
			GrantID: id.New(), VolunteerID: o.VolunteerID, Role: "child_care", RegionPath: "4106/" + county + "/", State: "active",
			From: time.Date(2026, time.January, 1, 0, 0, 0, 0, clock.City), Version: 1,
		})
	}
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error { return s.app.LearnGrants(s.t.Context(), q, events) }))
}

// approvedCompanion is somebody of a county with everything that it takes.
func (s *site) approvedCompanion(t testing.TB, county string) (string, auth.Principal) {
	t.Helper()
	her := auth.Principal{VolunteerID: id.New(), SessionID: id.New()}
	companionID := s.companion(t, county, her)
	desk := careOf("4106/" + county + "/")
	s.must(s.app.SignConduct(auth.With(t.Context(), her), 1))
	s.must(s.db.InTx(t.Context(), func(q postgres.Querier) error {
		return s.app.LearnTrainings(t.Context(), q, []teamsv1.QualificationChanged{{
			QualificationID: id.New(), VolunteerID: her.VolunteerID, Kind: "companion_training", State: "confirmed", From: time.Date(2026, time.January, 1, 0, 0, 0, 0, clock.City), Version: 1,
		}})
	}))
	s.must(s.app.AskOffenceCheck(auth.With(t.Context(), desk), companionID))
	for _, e := range []struct {
		by   auth.Principal
		kind string
	}{{desk, "offence"}, {careOf("4106/" + county + "/"), "interview"}, {careOf("4106/" + county + "/"), "interview"}} {
		_, err := s.app.RecordEvidence(auth.With(t.Context(), e.by), companionID, domain.NewEvidence{
			Kind: e.kind, Passed: true, HeldOn: "2026-11-23", EvidenceNote: domain.EvidenceNote{Note: "有耐心，家人支持", Archive: "3 号柜"},
		})
		s.must(err)
	}
	if _, err := s.db.Owner(s.t).Exec(`
		INSERT INTO companion_evidence (id, companion_id, kind, by_id, passed, held_on, good_until, recorded_at)
		VALUES ($1, $2, 'identity', $3, true, '2026-11-23', '2027-11-23', '2026-11-24 12:00+08')`, id.New(), companionID, her.VolunteerID); err != nil { // teams of these tests know nobody's paper
		s.t.Fatal(err)
	}
	s.must(s.app.DecideCompanion(auth.With(t.Context(), desk), companionID, true, ""))
	return companionID, her
}

var signatureForms int

// waitingChild is a child of a county that waits.
func (s *site) waitingChild(t testing.TB, county string, as auth.Principal) string {
	t.Helper()
	var file bytes.Buffer
	s.must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 20)), nil))
	childID := s.child(t, county, as)
	s.record(t, childID, as)
	signatureForms++
	s.form(t, childID, fmt.Sprintf("P-%d", signatureForms), as, file.Bytes())
	s.must(s.app.RecordWish(auth.With(t.Context(), as), childID, app.NewWish{Wants: true, TalkedOn: "2026-11-23", Words: "想有人陪我看书"}))
	return childID
}

// proposal is a pairing that waits for its three yeses.
func (s *site) proposal(t testing.TB, county string) couple {
	t.Helper()
	care := func() auth.Principal { return careOf("4106/" + county + "/") }
	c := couple{mine: care(), second: care()}
	one, two := care(), care()
	s.knowsOfficers(county, one, two)
	c.supervisorIDs = [2]string{one.VolunteerID, two.VolunteerID}
	c.companion, c.her = s.approvedCompanion(t, county)
	c.child = s.waitingChild(t, county, c.mine)
	var err error
	c.id, err = s.app.ProposePairing(auth.With(t.Context(), c.mine), domain.NewPairing{
		ChildID: c.child, CompanionID: c.companion, SupervisorID: one.VolunteerID, DeputyID: two.VolunteerID,
	})
	s.must(err)
	s.must(s.app.SetPIN(auth.With(t.Context(), c.her), examplePIN))
	return c
}

// trial is a pairing that has begun.
func (s *site) trial(t testing.TB) couple {
	t.Helper()
	c := s.proposal(t, "410621")
	s.must(s.app.AnswerPairing(auth.With(t.Context(), c.her), c.id, true))
	s.must(s.app.RecordGuardianAnswer(auth.With(t.Context(), c.mine), c.id, true, "JD-1"))
	s.must(s.app.DecidePairing(auth.With(t.Context(), c.second), c.id, true))
	return c
}

// pairingExamples has a good request for each operation on pairings.
func pairingExamples(s *site) map[string]apitest.Operation {
	abroad := s.proposal(s.t, "410611")
	foreign := map[string]string{"pairing_id": abroad.id}
	of := func(c couple) map[string]string { return map[string]string{"pairing_id": c.id} }
	onTrial := func(body any) func(testing.TB) apitest.Request {
		return func(t testing.TB) apitest.Request {
			c := s.trial(t)
			return apitest.Request{As: c.mine, Path: of(c), Body: body}
		}
	}
	open := s.proposal(s.t, "410621") // for what changes nothing
	team := id.New()
	leader := auth.Principal{VolunteerID: id.New()}
	joins := func(volunteerID, role string) {
		s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
			return s.app.LearnMemberships(s.t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: team, VolunteerID: volunteerID, Role: role, State: "active", Version: 1}})
		}))
	}
	joins(leader.VolunteerID, "leader")
	fresh := func(t testing.TB) map[string]any {
		companionID, her := s.approvedCompanion(t, "410621")
		joins(her.VolunteerID, "member")
		return map[string]any{"companion_id": companionID, "team_id": team, "sex_reason": "family_agrees", "supervisor_id": open.supervisorIDs[0], "deputy_id": open.supervisorIDs[1], "plan": "standard"}
	}
	others := map[string]string{
		"companion_id": abroad.companion, "team_id": id.New(), "supervisor_id": abroad.supervisorIDs[0], "deputy_id": abroad.supervisorIDs[1],
	}
	someone := func() auth.Principal { return auth.Principal{VolunteerID: id.New(), SessionID: id.New()} }
	return map[string]apitest.Operation{
		"listPairings": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: open.mine} }},
		"proposePairing": {Good: func(t testing.TB) apitest.Request {
			body := fresh(t)
			body["child_id"] = s.waitingChild(t, "410621", mine)
			return apitest.Request{As: mine, Body: body}
		}, Foreign: with(others, map[string]string{"child_id": abroad.child})},
		"getPairing": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: open.mine, Path: of(open)} }, Foreign: foreign},
		"recordGuardianAnswer": {Good: func(t testing.TB) apitest.Request {
			c := s.proposal(t, "410621")
			return apitest.Request{As: c.mine, Path: of(c), Body: map[string]any{"agreed": true, "form_number": "JD-2"}}
		}, Foreign: foreign},
		"decidePairing": {Good: func(t testing.TB) apitest.Request {
			c := s.proposal(t, "410621")
			return apitest.Request{As: c.second, Path: of(c), Body: map[string]any{"agreed": true}}
		}, Foreign: foreign},
		"reviewTrial":  {Good: onTrial(map[string]any{"goes_on": true}), Foreign: foreign},
		"pausePairing": {Good: onTrial(map[string]any{"reason": "child_away"}), Foreign: foreign},
		"resumePairing": {Good: func(t testing.TB) apitest.Request {
			c := s.trial(t)
			s.must(s.app.PausePairing(auth.With(t.Context(), c.mine), c.id, "health"))
			return apitest.Request{As: c.mine, Path: of(c)}
		}, Foreign: foreign},
		"closePairing": {Good: onTrial(map[string]any{"reason": "moved", "farewell_on": "2026-12-01"}), Also: []func(testing.TB) apitest.Request{
			onTrial(map[string]any{"reason": "not_suited", "note": "奶奶耳背，要大声说"}),
		}, Foreign: foreign},
		"transferPairing": {Good: func(t testing.TB) apitest.Request {
			c, body := s.trial(t), fresh(t)
			body["farewell_on"], body["note"] = "2026-12-01", "奶奶耳背，要大声说"
			return apitest.Request{As: c.mine, Path: of(c), Body: body}
		}, Foreign: with(others, map[string]string{"pairing_id": abroad.id})},
		"setSupervision": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: open.mine, Path: of(open), Body: map[string]any{"supervisor_id": open.supervisorIDs[1], "deputy_id": open.supervisorIDs[0]}}
		}, Foreign: with(map[string]string{"supervisor_id": abroad.supervisorIDs[0], "deputy_id": abroad.supervisorIDs[1]}, map[string]string{"pairing_id": abroad.id})},
		"setAbsence": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: open.mine, Path: of(open), Body: map[string]any{"from": "2026-12-01", "until": "2026-12-05"}}
		}, Also: []func(testing.TB) apitest.Request{func(testing.TB) apitest.Request {
			return apitest.Request{As: open.mine, Path: of(open), Body: map[string]any{}}
		}}, Foreign: foreign},
		"readHandover": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: open.mine, Path: of(open)} }, Foreign: foreign},
		"listPairingChoices": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: open.mine, Path: map[string]string{"child_id": open.child}}
		}, Foreign: map[string]string{"child_id": abroad.child}},
		"clearPairingPin": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: open.mine, Path: map[string]string{"companion_id": s.companion(s.t, "410621", someone())}}
		}, Foreign: map[string]string{"companion_id": abroad.companion}},
		"countTeamPairings": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: leader, Path: map[string]string{"team_id": team}}
		}, Foreign: map[string]string{"team_id": id.New()}},

		"listMyPairings": {Good: func(t testing.TB) apitest.Request {
			s.typesPIN(t, open.her)
			return apitest.Request{As: open.her}
		}},
		"getPairingDoor": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: open.her} }},
		"setPairingPin": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: someone(), Body: map[string]any{"pin": examplePIN}}
		}},
		"typePairingPin": {Good: func(t testing.TB) apitest.Request {
			who := someone()
			s.must(s.app.SetPIN(auth.With(t.Context(), who), examplePIN))
			return apitest.Request{As: who, Body: map[string]any{"pin": examplePIN}}
		}},
		"shutPairings": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: someone()} }},
		"openMyPairing": {Good: func(t testing.TB) apitest.Request {
			s.typesPIN(t, open.her)
			return apitest.Request{As: open.her, Path: of(open)}
		}, Foreign: foreign},
		"answerPairing": {Good: func(t testing.TB) apitest.Request {
			c := s.proposal(t, "410621")
			return apitest.Request{As: c.her, Path: of(c), Body: map[string]any{"agreed": true}}
		}, Foreign: foreign},
	}
}
