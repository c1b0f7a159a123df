package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"net/url"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

// with returns all maps as one.
func with[V any](all ...map[string]V) map[string]V {
	one := map[string]V{}
	for _, some := range all {
		maps.Copy(one, some)
	}
	return one
}

// record gives a child what its guardian's link needs.
func (s *site) record(t testing.TB, childID string, as auth.Principal) {
	t.Helper()
	s.must(s.app.SetChildDetails(auth.With(t.Context(), as), childID, domain.ChildDetails{
		Circle:       domain.Circle{Guardian: domain.Adult{Name: "张红", Relation: "母亲", Phone: "13900001234", Place: "义乌"}},
		CompanionSex: "any",
	}))
}

// link makes a guardian's link for a child of its own.
func (s *site) link(t testing.TB) string {
	t.Helper()
	childID := s.child(t, "410621", mine)
	s.record(t, childID, mine)
	_, secret, err := s.app.MakeConsentLink(auth.With(t.Context(), mine), childID)
	s.must(err)
	return secret
}

// form records a paper form whose signature is there.
func (s *site) form(t testing.TB, childID, number string, as auth.Principal, file []byte) string {
	t.Helper()
	ctx := auth.With(t.Context(), as)
	consentID, err := s.app.RecordConsent(ctx, childID, domain.NewPaper{
		FormNumber: number, GivenOn: "2026-11-20", Form: domain.ConsentForm{Witness: "李梅", Archive: "3 号柜"},
	})
	s.must(err)
	s.must(s.app.AddSignature(ctx, consentID, file))
	return consentID
}

// consentExamples are those of consents and of what an officer records.
func (s *site) consentExamples(held string, foreign map[string]string) map[string]apitest.Operation {
	var file bytes.Buffer
	s.must(jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 20)), nil))
	s.record(s.t, held, mine)
	consent := s.form(s.t, s.child(s.t, "410621", mine), "A-1", mine, file.Bytes())
	abroad := map[string]string{"consent_id": s.form(s.t, foreign["child_id"], "A-2", other, file.Bytes())}
	forms := 0
	put := func(body any) func(testing.TB) apitest.Request {
		return func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"child_id": held}, Body: body}
		}
	}
	return map[string]apitest.Operation{
		"setChildDetails": {Good: put(map[string]any{
			"guardian":      map[string]any{"name": "张红", "relation": "母亲", "phone": "13900001234", "place": "义乌", "id_tail": "002X"},
			"carer":         map[string]any{"name": "奶奶", "relation": "祖母", "phone": "", "place": "码头村"},
			"school":        map[string]any{"name": "中心小学", "grade": "四年级", "term": "2026 秋"},
			"needs":         []string{"study", "company"},
			"companion_sex": "female",
		}), Foreign: foreign},
		"recordWish": {Good: put(map[string]any{"wants": true, "talked_on": "2026-11-23", "words": "想有人陪我看书"}), Foreign: foreign},
		"holdChild":  {Good: put(map[string]any{"reason": "等法院的判决"}), Foreign: foreign},
		"recordConsent": {Good: func(t testing.TB) apitest.Request {
			forms++
			return put(map[string]any{"form_number": fmt.Sprintf("B-%d", forms), "given_on": "2026-11-20", "witness": "李梅", "archive": "3 号柜", "for_phone": true})(t)
		}, Foreign: foreign},
		"withdrawConsent": {Good: func(t testing.TB) apitest.Request {
			childID := s.child(t, "410621", mine)
			forms++
			s.form(t, childID, fmt.Sprintf("C-%d", forms), mine, file.Bytes())
			return apitest.Request{As: mine, Path: map[string]string{"child_id": childID}}
		}, Foreign: foreign},
		"makeConsentLink": {Good: put(nil), Foreign: foreign},
		"addSignature": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Query: url.Values{"consent_id": {consent}}, File: file.Bytes()}
		}},
		"readSignature": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"consent_id": consent}}
		}, Foreign: abroad},
		"openConsentLink": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{Body: map[string]any{"secret": s.link(t), "digits": "1234"}}
		}},
		"answerConsentLink": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{Body: map[string]any{"secret": s.link(t), "digits": "1234", "answer": app.Agree, "for_data": true, "for_pairing": true, "for_phone": true}}
		}},
	}
}
