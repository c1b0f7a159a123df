package api_test

import (
	"net/url"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/translog"
)

var witnessRights = map[string][]int{
	"getGrowth":     {200, 200, 200, 200}, // and of nobody in particular
	"listWitnesses": {200, 200, 200, 200},
	"cosign":        {200, 200, 200, 200},
	"addWitness":    {403, 403, 403, 403}, // it takes an administrator of the city
	"endWitness":    {403, 403, 403, 403},
	"proveLine":     {200, 200, 200, 404}, // whose line it is, and officers of its region
}

// witnessing has a school that co-signs.
func (s *site) witnessing() map[string]apitest.Operation {
	city := holding(leader, "administrator", "4106/")
	signed := s.cosigned(s.witness(s.t))
	return map[string]apitest.Operation{
		"getGrowth":     {Good: always(apitest.Request{Query: url.Values{"old": {"1"}}})},
		"listWitnesses": {Good: always(apitest.Request{})},
		"addWitness": {Good: func(testing.TB) apitest.Request {
			by := s.newWitness()
			return apitest.Request{As: city, Body: map[string]any{"name": "鹤壁市第一中学", "key": by.Public(), "reason": "见证协议"}}
		}},
		"endWitness": {
			Good: func(t testing.TB) apitest.Request {
				by := s.witness(t)
				var witnessID string
				s.must(s.db.Owner(t).Get(&witnessID, `SELECT id FROM log_witnesses WHERE key = $1`, by.Public()))
				return apitest.Request{As: city, Path: map[string]string{"witness_id": witnessID}, Body: map[string]any{"reason": "协议到期"}}
			},
			Foreign: map[string]string{"witness_id": ""},
		},
		"proveLine": {
			Good:    always(apitest.Request{As: auth.Principal{VolunteerID: me}, Path: map[string]string{"entry_id": source}}),
			Foreign: map[string]string{"entry_id": s.settled(id.New())},
		},
		"cosign": {Good: always(apitest.Request{Body: map[string]any{"note": signed}})},
	}
}

func (s *site) newWitness() *translog.Cosigner {
	secret, err := translog.NewKey("no1-school")
	s.must(err)
	by, err := translog.NewCosigner(string(secret), time.Now())
	s.must(err)
	return by
}

// witness is one that is registered.
func (s *site) witness(t testing.TB) *translog.Cosigner {
	by := s.newWitness()
	_, err := s.db.Owner(t).Exec(`INSERT INTO log_witnesses (id, name, key, reason, set_by, set_at) VALUES ($1, '鹤壁市第一中学', $2, '见证协议', $3, now())`, id.New(), by.Public(), leader)
	s.must(err)
	return by
}

// cosigned is the newest checkpoint, signed by a witness too.
func (s *site) cosigned(by *translog.Cosigner) string {
	g, err := s.app.Growth(s.t.Context(), 0)
	s.must(err)
	key, err := note.NewVerifier(s.app.PublicKeys()[0])
	s.must(err)
	signed, err := g.Cosign("", note.VerifierList(key), by)
	s.must(err)
	return signed
}
