package api_test

import (
	"maps"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func init() {
	maps.Copy(rights, map[string][]int{
		"listBatches":    {200, 200, 200, 200, 200},
		"makeBatch":      {422, 201, 201, 201, 422},
		"openBatch":      {404, 200, 200, 200, 404},
		"countGoods":     {404, 204, 204, 204, 404},
		"packBags":       {404, 201, 201, 201, 404},
		"handOverBags":   {404, 200, 200, 200, 404},
		"printLabels":    {404, 200, 200, 200, 404},
		"exportBatch":    {404, 200, 200, 200, 404},
		"findBag":        {200, 200, 200, 200, 200}, // whoever has the bag
		"acknowledgeBag": {200, 200, 200, 200, 200},

		"listPublicWishes": {200, 200, 200, 200, 200}, // and of nobody in particular
		"listWishes":       {200, 200, 200, 200, 200},
		"listMyWishes":     {200, 200, 200, 200, 200},
		"draftWish":        {404, 403, 403, 403, 404}, // it takes the case
		"decideWish":       {404, 204, 204, 204, 404},
		"claimWish":        {204, 204, 204, 204, 204},
		"returnWish":       {404, 404, 404, 404, 404}, // who claimed it
		"fulfilWish":       {404, 204, 204, 204, 404},
		"withdrawWish":     {404, 204, 204, 204, 404},
	})
}

// batch begins a batch of a county with bags, all given out.
func (s *site) batch(t testing.TB, county string, by auth.Principal) string {
	t.Helper()
	ctx := auth.With(t.Context(), by)
	batchID, err := s.app.MakeBatch(ctx, domain.NewBatch{RegionCode: county, Kind: "parcel", Title: "母亲邮包"})
	s.must(err)
	s.must(s.app.CountGoods(ctx, app.CountIn{BatchID: batchID, Pieces: 100}))
	_, err = s.app.PackBags(ctx, app.Packing{BatchID: batchID, RegionCode: county, Bags: 3})
	s.must(err)
	_, err = s.app.HandOverBags(ctx, batchID, 1, 3)
	s.must(err)
	return batchID
}

// wish writes a family's wish down; published, everybody may claim it, claimed, one has.
func (s *site) wish(t testing.TB, county string, by auth.Principal, to domain.WishState) string {
	t.Helper()
	wishID, err := s.app.DraftWish(auth.With(t.Context(), by), app.NewMicroWish{HouseholdID: s.household(t, county, by), Sort: "warm", Words: "想要一双 36 码的棉鞋"})
	s.must(err)
	if to != domain.WishDrafted {
		s.must(s.app.DecideWish(auth.With(t.Context(), careOf("4106/")), wishID, true))
	}
	if to == domain.WishClaimed {
		s.must(s.app.ClaimWish(auth.With(t.Context(), auth.Principal{VolunteerID: id.New()}), wishID))
	}
	return wishID
}

// goodsExamples are those of batches and wishes.
func (s *site) goodsExamples() map[string]apitest.Operation {
	batch := s.batch(s.t, "410621", mine)
	foreign := map[string]string{"batch_id": s.batch(s.t, "410611", other)}
	foreignWish := map[string]string{"wish_id": s.wish(s.t, "410611", other, domain.WishPublished)}
	var code string
	s.must(s.db.Owner(s.t).Get(&code, `SELECT code FROM goods_bags WHERE batch_id = $1 AND number = 1`, batch))
	on := func(body any) func(testing.TB) apitest.Request {
		return func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: map[string]string{"batch_id": batch}, Body: body}
		}
	}
	at := func(t testing.TB, state domain.WishState) map[string]string {
		return map[string]string{"wish_id": s.wish(t, "410621", mine, state)}
	}
	bag := func(testing.TB) apitest.Request {
		return apitest.Request{As: helping, Path: map[string]string{"bag_code": code}}
	}
	return map[string]apitest.Operation{
		"listBatches": {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"makeBatch": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: mine, Body: map[string]any{"region_code": "410621", "kind": "gift", "title": "六一礼物", "donor": "妇女发展基金会"}}
		}},
		"openBatch":      {Good: on(nil), Foreign: foreign},
		"countGoods":     {Good: on(map[string]any{"pieces": 500, "note": "第二车"}), Foreign: foreign},
		"packBags":       {Good: on(map[string]any{"region_code": "410621", "bags": 1}), Foreign: foreign},
		"handOverBags":   {Good: on(map[string]any{"first": 1, "last": 2}), Foreign: foreign},
		"printLabels":    {Good: on(map[string]any{"first": 1, "site": "https://example.org"}), Foreign: foreign},
		"exportBatch":    {Good: on(map[string]any{"purpose": "年底对账"}), Foreign: foreign},
		"findBag":        {Good: bag},
		"acknowledgeBag": {Good: bag},

		"listPublicWishes": {Good: func(testing.TB) apitest.Request { return apitest.Request{} }},
		"listWishes":       {Good: func(testing.TB) apitest.Request { return apitest.Request{As: mine} }},
		"listMyWishes":     {Good: func(testing.TB) apitest.Request { return apitest.Request{As: helping} }},
		"draftWish": {
			Good: func(t testing.TB) apitest.Request {
				return apitest.Request{As: mine, Body: map[string]any{"household_id": s.household(t, "410621", mine), "sort": "warm", "words": "想要一双 36 码的棉鞋"}}
			},
			Also: []func(testing.TB) apitest.Request{func(t testing.TB) apitest.Request {
				childID := s.child(t, "410621", mine)
				_, err := s.db.Owner(t).Exec(`INSERT INTO consents (id, child_id, way, form_number, sealed, picture, for_data, for_pairing, for_phone, given_on, ends_at, recorded_by, recorded_at)
					VALUES ($1, $2, 'paper', $3, 'x', 'x', true, true, false, '2026-11-20', '2027-11-20', $4, '2026-11-24')`, id.New(), childID, id.New(), mine.VolunteerID)
				s.must(err)
				_, err = s.db.Owner(t).Exec(`UPDATE children SET state = 'consented', erase_at = NULL WHERE id = $1`, childID)
				s.must(err)
				return apitest.Request{As: mine, Body: map[string]any{"child_id": childID, "sort": "study", "words": "一盒 24 色的彩笔"}}
			}},
			Foreign: map[string]string{"household_id": s.household(s.t, "410611", other), "child_id": s.child(s.t, "410611", other)},
		},
		"decideWish": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: careOf("4106/410621/"), Path: at(t, domain.WishDrafted), Body: map[string]any{"publish": true}}
		}, Foreign: foreignWish},
		"claimWish": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: auth.Principal{VolunteerID: id.New()}, Path: at(t, domain.WishPublished)}
		}, Foreign: map[string]string{"wish_id": id.New()}},
		"returnWish": {Good: func(t testing.TB) apitest.Request {
			who := auth.Principal{VolunteerID: id.New()}
			path := at(t, domain.WishPublished)
			s.must(s.app.ClaimWish(auth.With(t.Context(), who), path["wish_id"]))
			return apitest.Request{As: who, Path: path}
		}, Foreign: map[string]string{"wish_id": s.wish(s.t, "410621", mine, domain.WishClaimed)}},
		"fulfilWish": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: at(t, domain.WishClaimed)}
		}, Foreign: foreignWish},
		"withdrawWish": {Good: func(t testing.TB) apitest.Request {
			return apitest.Request{As: mine, Path: at(t, domain.WishPublished)}
		}, Foreign: foreignWish},
	}
}
