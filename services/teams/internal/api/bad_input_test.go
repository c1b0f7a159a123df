package api_test

import (
	"fmt"
	"strings"
	"sync"
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
	signInExamples, claimExamples, sharedPhoneExamples, phoneChangeExamples, secondFactorExamples, meExamples, noticeExamples, cardExamples, registryExamples, rosterExamples, volunteersExamples,
	reportingUnitExamples, grantExamples, auditExamples,
	membershipExamples,
	brigadesExamples, handoverExamples,
	erasureExamples,
	regionExamples, officeExamples,
	joinCodeExamples, appealExamples,
	credentialsExamples, complaintExamples,
}

// TestBadInput examines each resource in a world of its own, side by side: a
// small database is quickly compared.
func TestBadInput(t *testing.T) {
	t.Parallel()
	doc, err := gen.GetSpec()
	must(t, err)
	var mu sync.Mutex
	examined := map[string]bool{}
	t.Cleanup(func() { // after all parts
		for _, item := range doc.Paths.Map() {
			for _, o := range item.Operations() {
				if name := strings.ToLower(o.OperationID[:1]) + o.OperationID[1:]; !examined[name] {
					t.Errorf("%s has no example", name)
				}
			}
		}
	})
	for i, some := range examples {
		t.Run(fmt.Sprintf("resource %d", i+1), func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			operations := some(t, c)
			mu.Lock()
			for name := range operations {
				examined[name] = true
			}
			mu.Unlock()
			apitest.Check(t, apitest.Service{
				Document: doc, Handler: onPhones(c.http), Signer: c.signer, DB: c.DB,
				MayChange: []string{"sign_in_codes", "claim_links", "claim_tries", "factor_tries", "passkey_challenges", "shared_phone_people"}, // wrong guesses are counted
				Rights:    rights, Abroad: abroad, People: everybody(t, c),
				Operations: operations,
				Elsewhere:  func(string) bool { return true }, // looked for above
			})
		})
	}
}

func newCast(t *testing.T) *cast {
	t.Helper()
	const plenty = 1_000_000
	s := givenServer(t, func(p *app.Parts) {
		p.Limits = app.Limits{PerPhoneTenMinutes: plenty, PerPhoneHour: plenty, PerAddressHour: plenty, PerDay: plenty}
	})
	c := &cast{server: s}
	c.leader, c.member = givenTeam(t, s)
	c.draft = s.Team(t, func(team *domain.Team) { team.State = domain.TeamDraft })
	c.foreign = s.Team(t)
	return c
}

// as is a person as the portal names them.
func as(v domain.Volunteer, grants ...auth.Grant) auth.Principal {
	return auth.Principal{VolunteerID: v.ID, SessionID: id.New(), Grants: grants, Strong: len(grants) > 0}
}

// always is the same good request at every call.
func always(r apitest.Request) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request { return r }
}
