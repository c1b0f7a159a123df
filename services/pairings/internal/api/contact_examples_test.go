package api_test

import (
	"maps"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"listMyContacts":       {200, 200, 200, 200, 200},
		"listContactsToDecide": {200, 200, 200, 200, 200},
		"decideContacts":       {404, 404, 404, 404, 404}, // for who supervises the pairing
		"listOverdueContacts":  {200, 200, 200, 200, 200},
		"openContact":          {404, 404, 404, 403, 404}, // it takes the case, or to supervise
		"listPairingContacts":  {404, 200, 200, 200, 404},
		"listContactPlans":     {403, 200, 200, 200, 200},
		"addContactPlan":       {403, 403, 403, 403, 403}, // for the city's administrators
	})
}

// bond is a pairing under way, of which the gates are tested elsewhere.
type bond struct {
	id              string
	her, supervisor auth.Principal
}

// bonded pairs a child whose case somebody has with a new companion parent.
func (s *site) bonded(t testing.TB, childID, county string) bond {
	t.Helper()
	b := bond{id: id.New(), her: auth.Principal{VolunteerID: id.New()}, supervisor: auth.Principal{VolunteerID: id.New(), Strong: true}}
	companionID := s.companion(t, county, b.her)
	for _, statement := range []string{`
		ALTER TABLE pairings DISABLE TRIGGER USER;
		ALTER TABLE children DISABLE TRIGGER USER`, `
		UPDATE children SET state = 'waiting' WHERE id = '` + childID + `';
		INSERT INTO pairings (id, child_id, companion_id, volunteer_id, team_id, region_code, region_path, state, state_at, proposed_by, proposed_at,
			volunteer_agreed_at, guardian_agreed_at, guardian_agreed_by, guardian_form, officer_agreed_by, officer_agreed_at, trial_ends_at, supervisor_id, deputy_id, plan, version)
		SELECT '` + b.id + `', id, '` + companionID + `', '` + b.her.VolunteerID + `', gen_random_uuid(), region_code, region_path, 'trial', '2026-11-01', gen_random_uuid(), '2026-11-01',
			'2026-11-01', '2026-11-01', gen_random_uuid(), '2026-1', gen_random_uuid(), '2026-11-01', '2027-02-01', '` + b.supervisor.VolunteerID + `', gen_random_uuid(), 'standard', 1
		FROM children WHERE id = '` + childID + `';
		INSERT INTO contact_watch (pairing_id, began_at, look_at) VALUES ('` + b.id + `', '2026-11-01', '2026-11-01')`, `
		ALTER TABLE children ENABLE TRIGGER USER;
		ALTER TABLE pairings ENABLE TRIGGER USER`,
	} {
		_, err := s.db.Owner(t).Exec(statement)
		s.must(err)
	}
	return b
}

// contact records a call and returns its id.
func (s *site) contact(t testing.TB, b bond) string {
	t.Helper()
	n := domain.NewContact{
		ContactID: id.Random(), PairingID: b.id, Kind: domain.ContactCall, Made: true, At: s.app.Now().Add(-time.Hour), Minutes: 10, Note: "问了作业",
	}
	messageID := id.Random()
	_, err := s.app.SendSealed(auth.With(t.Context(), b.her), messageID, s.seals(t, b.her, messageID, "contact", n))
	s.must(err)
	return n.ContactID
}

// contactExamples has a good request for each operation on contacts.
func contactExamples(s *site) map[string]apitest.Operation {
	b := s.bonded(s.t, s.child(s.t, "410621", mine), "410621")
	theirs := s.bonded(s.t, s.child(s.t, "410611", other), "410611")
	foreign := s.contact(s.t, theirs)
	chief := auth.Principal{VolunteerID: id.New(), Strong: true, Grants: []auth.Grant{{Role: "administrator", RegionPath: "4106/"}}}
	officerOf := mine
	return map[string]apitest.Operation{
		"listMyContacts":       {Good: func(testing.TB) apitest.Request { return apitest.Request{As: b.her} }},
		"listContactsToDecide": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: b.supervisor} }},
		"decideContacts": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: b.supervisor, Body: map[string]any{"decisions": []map[string]any{{"contact_id": s.contact(t, b), "counts": false, "reason": "twice"}}}}
		}, Foreign: map[string]string{"decisions[0].contact_id": foreign}},
		"listOverdueContacts": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: officerOf} }},
		"openContact": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: officerOf, Path: map[string]string{"contact_id": s.contact(t, b)}}
		}, Foreign: map[string]string{"contact_id": foreign}},
		"listPairingContacts": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: officerOf, Path: map[string]string{"pairing_id": b.id}}
		}, Foreign: map[string]string{"pairing_id": theirs.id}},
		"listContactPlans": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: officerOf} }},
		"addContactPlan": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: chief, Body: map[string]any{
				"code": "standard", "valid_from": s.app.Now().In(clock.City).AddDate(0, 0, 7).Format(time.DateOnly), "meet_months": 1, "call_weeks": 2,
				"silence": []int{1, 3, 7, 14, 30}, "reason": "村里信号不好，改为两周一次",
			}}
		}},
	}
}
