package api_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"getSealingKey":   {200, 200, 200, 200, 200},
		"sendSealed":      {403, 403, 403, 403, 403}, // only who wrote it; the example is another one's
		"listHelpNumbers": {200, 200, 200, 200, 200},
		"setHelpNumbers":  {422, 422, 422, 204, 422},
		"listConcerns":    {200, 200, 200, 200, 200}, // for most of them none
		"openConcern":     {404, 404, 404, 200, 404},
		"takeConcern":     {404, 404, 404, 204, 404},
		"actOnConcern":    {404, 404, 404, 403, 404}, // it takes having it
		"setConcernChild": {404, 404, 404, 403, 404},
		"showReporter":    {404, 404, 404, 403, 404},
		"printConcern":    {404, 404, 404, 200, 404},
		"closeConcern":    {404, 404, 404, 204, 404}, // another one than who has it
	})
}

// seals does what a phone does with what somebody wrote.
func (s *site) seals(t testing.TB, by auth.Principal, messageID, kind string, body any) string {
	t.Helper()
	public, err := s.app.SealingKey(auth.With(t.Context(), by))
	s.must(err)
	theirs, err := ecdh.P256().NewPublicKey(public)
	s.must(err)
	mine, err := ecdh.P256().GenerateKey(rand.Reader)
	s.must(err)
	secret, err := mine.ECDH(theirs)
	s.must(err)
	point := mine.PublicKey().Bytes()
	derived, err := hkdf.Key(sha256.New, secret, slices.Concat(point, public), "qihe-sealed-v1", 44)
	s.must(err)
	block, err := aes.NewCipher(derived[:32])
	s.must(err)
	aead, err := cipher.NewGCM(block)
	s.must(err)
	text, err := json.Marshal(map[string]any{"kind": kind, "by": by.VolunteerID, "at": time.Time{}, "body": body})
	s.must(err)
	return base64.RawURLEncoding.EncodeToString(slices.Concat([]byte{1}, point, aead.Seal(nil, derived[32:], text, []byte("qihe-sealed-v1\n"+messageID))))
}

// concern raises one in a county, and lets an officer take it.
func (s *site) concern(t testing.TB, county string, taken ...auth.Principal) map[string]string {
	t.Helper()
	her, messageID := auth.Principal{VolunteerID: id.New()}, id.Random()
	number, err := s.app.SendSealed(auth.With(t.Context(), her), messageID, s.seals(t, her, messageID, "concern", map[string]any{"situation": "left_alone", "text": "晚上没有人", "region_code": county}))
	s.must(err)
	n, err := strconv.Atoi(number)
	s.must(err)
	var concernID string
	s.must(s.db.Owner(t).Get(&concernID, `SELECT id FROM concerns WHERE number = $1`, n))
	for _, one := range taken {
		s.must(s.app.TakeConcern(auth.With(t.Context(), one), concernID))
	}
	return map[string]string{"concern_id": concernID}
}

// concernExamples has a good request for each operation on concerns.
func concernExamples(s *site) map[string]apitest.Operation {
	foreign := s.concern(s.t, "410611")
	colleague := careOf("4106/410621/")
	childID := s.child(s.t, "410621", mine)
	var number int
	s.must(s.db.Owner(s.t).Get(&number, `SELECT number FROM children WHERE id = $1`, childID))
	held := func(body any) apitest.Operation {
		return apitest.Operation{Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: s.concern(t, "410621", mine), Body: body}
		}, Foreign: foreign}
	}
	report := map[string]any{"kind": "reported", "authority": "police", "told_at": "2026-11-24T03:00:00Z", "contact": "屯子派出所", "receipt": "A-1", "note": "已经出警"}
	note := map[string]any{"kind": "note", "note": "已经到孩子家里看过"}
	acting := held(report)
	acting.Also = []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
		return apitest.Request{As: mine, Path: s.concern(t, "410621", mine), Body: note}
	}}
	return map[string]apitest.Operation{
		"getSealingKey": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"sendSealed": {Good: func(t testing.TB) apitest.Request {
			her, messageID := auth.Principal{VolunteerID: id.New()}, id.Random()
			return apitest.Request{As: her, Body: map[string]any{
				"message_id": messageID, "envelope": s.seals(t, her, messageID, "concern", map[string]any{"text": "晚上没有人", "region_code": "410621"}),
			}}
		}, Foreign: map[string]string{"message_id": ""}},
		"listHelpNumbers": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"setHelpNumbers": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{
				"region_code": "410621", "numbers": []map[string]any{{"phone": "0392-5520000", "zh": "未成年人保护站", "en": "Station"}},
			}}
		}},
		"listConcerns": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"openConcern":  held(nil),
		"takeConcern": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: s.concern(t, "410621")}
		}, Foreign: foreign},
		"actOnConcern":    acting,
		"setConcernChild": held(map[string]any{"number": number}),
		"showReporter":    held(map[string]any{"reason": "需要向她核实细节"}),
		"printConcern":    held(nil),
		"closeConcern": {Good: func(t testing.TB) apitest.Request {
			path := s.concern(t, "410621", mine)
			_, err := s.app.ActOnConcern(auth.With(t.Context(), mine), path["concern_id"], domain.NewStep{
				Kind: domain.StepReported, Authority: "police", ToldAt: time.Date(2026, time.November, 24, 3, 0, 0, 0, time.UTC),
			})
			s.must(err)
			return apitest.Request{As: colleague, Path: path, Body: map[string]any{"outcome": "in_care", "note": "民政已经接走"}}
		}, Foreign: foreign},
	}
}
