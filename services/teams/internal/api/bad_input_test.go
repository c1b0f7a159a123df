package api_test

import (
	"maps"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

type object = map[string]any

// cast is who and what the examples speak of.
type cast struct {
	*server
	drawing
	leader, member domain.Volunteer // of the team with teamID
	draft          domain.Team      // nobody's in the examples to see
	foreign        domain.Team      // another one of the county
}

// examples are good requests, a file for each resource.
var examples = []func(t *testing.T, c *cast) map[string]apitest.Operation{
	signInExamples, claimExamples, secondFactorExamples, meExamples, noticeExamples, registryExamples, rosterExamples, volunteersExamples,
	reportingUnitExamples, grantExamples, auditExamples,
	membershipExamples,
	brigadesExamples, handoverExamples,
	erasureExamples,
	regionExamples, officeExamples,
	joinCodeExamples, appealExamples,
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	const plenty = 1_000_000
	s := givenServer(t, func(p *app.Parts) {
		p.Limits = app.Limits{PerPhoneTenMinutes: plenty, PerPhoneHour: plenty, PerAddressHour: plenty, PerDay: plenty}
	})
	c := &cast{server: s}
	c.leader, c.member = givenTeam(t, s)
	c.draft = s.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
	c.foreign = s.Team(t)
	doc, err := gen.GetSpec()
	must(t, err)
	operations := map[string]apitest.Operation{}
	for _, some := range examples {
		maps.Copy(operations, some(t, c))
	}
	apitest.Check(t, apitest.Service{
		Document: doc, Handler: s.http, Signer: s.signer, DB: s.DB,
		MayChange: []string{"sign_in_codes", "claim_links", "claim_tries", "factor_tries", "passkey_challenges"}, // wrong guesses are counted
		Rights:    rights, Abroad: abroad, People: everybody(t, c),
		Operations: operations,
	})
}

// as is a person as the portal names them.
func as(v domain.Volunteer, grants ...auth.Grant) auth.Principal {
	return auth.Principal{VolunteerID: v.ID, SessionID: id.New(), Grants: grants, Strong: len(grants) > 0}
}

// always is the same good request at every call.
func always(r apitest.Request) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request { return r }
}
