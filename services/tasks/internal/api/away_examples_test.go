package api_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

var awayRights = map[string][]int{
	"tellAway": {403, 403, 403, 403, 403}, // they do not consent
}

// away has what a phone says of its place.
func (s *site) away() map[string]apitest.Operation {
	shift := s.shift(s.ours)
	another, _ := s.placed(shift)
	return map[string]apitest.Operation{
		"tellAway": {
			Good: func(testing.TB) apitest.Request {
				claimID, who := s.placed(shift)
				return apitest.Request{As: by(who), Body: object{"claim_id": claimID}}
			},
			Foreign: map[string]string{"claim_id": another},
		},
	}
}

// placed is a check-in with the leader's code of somebody who consents to comparing places.
func (s *site) placed(shift app.ShiftView) (claimID, who string) {
	claimID, who = id.New(), s.signUp(shift).VolunteerID
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.RememberMerges(s.t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: who, LocationConsent: true, Version: 1}})
	}))
	_, err := s.CreateClaim(s.as(who), app.NewClaim{ClaimID: claimID, ShiftID: shift.ID, Kind: domain.ClaimIn, Ticket: s.ticket(shift)})
	s.must(err)
	return claimID, who
}
