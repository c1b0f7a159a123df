package app_test

import (
	"bytes"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// batch begins a batch of the county with so many pieces in it.
func (w *town) batch(by auth.Principal, pieces int) string {
	w.t.Helper()
	batchID, err := w.MakeBatch(w.as(by), domain.NewBatch{RegionCode: "410621", Kind: "parcel", Title: "母亲邮包 2026 秋", Donor: "妇女发展基金会"})
	w.must(err)
	w.must(w.CountGoods(w.as(by), app.CountIn{BatchID: batchID, Pieces: pieces}))
	return batchID
}

// Eight pack at the same time, each by itself with the database: never more than came in.
// The control takes the constraint away, and there is more.
func TestNeverMoreOutThanIn(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	keeper := officer("coordinator", countyPath)
	pack := func(batchID string) (packed int64, refused int64) {
		var done, no atomic.Int64
		var all sync.WaitGroup
		for writer := range 8 {
			all.Go(func() {
				for i := range 10 {
					err := w.db.InTx(t.Context(), func(q postgres.Querier) error {
						_, err := q.ExecContext(t.Context(), `
							INSERT INTO goods_bags (id, batch_id, number, code, region_code, region_path, packed_by, packed_at)
							VALUES ($1, $2, $3, $4, '410621', $5, $6, $7)`, id.New(), batchID, writer*100+i, id.New(), countyPath, keeper.VolunteerID, w.clock.Now())
						return err
					})
					if err == nil {
						done.Add(1)
					} else if postgres.Violated(err, "goods_batches_out_check") {
						no.Add(1)
					} else {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		return done.Load(), no.Load()
	}
	batchID := w.batch(keeper, 37)
	if packed, refused := pack(batchID); packed != 37 || refused != 43 {
		t.Errorf("%d packed, %d refused", packed, refused)
	}
	if n := w.count(`SELECT count(*) FROM goods_bags WHERE batch_id = $1`, batchID); n != 37 {
		t.Errorf("%d bags of 37 pieces", n)
	}
	_, err := w.db.Owner(t).Exec(`ALTER TABLE goods_batches DROP CONSTRAINT goods_batches_out_check`)
	w.must(err)
	if packed, _ := pack(w.batch(keeper, 37)); packed != 80 {
		t.Errorf("the control packed %d", packed)
	}
}

// A batch through its life: counted, packed, handed over, acknowledged; and the sheet.
func TestBatch(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	keeper, bringer := officer("coordinator", countyPath), auth.Principal{VolunteerID: id.New()}
	batchID := w.batch(keeper, 30)
	_, err := w.PackBags(w.as(keeper), app.Packing{BatchID: batchID, RegionCode: village, Bags: 31})
	w.refuses(domain.ErrGoodsShort, err)
	first, err := w.PackBags(w.as(keeper), app.Packing{BatchID: batchID, RegionCode: village, Bags: 20})
	w.must(err)
	then, err := w.PackBags(w.as(keeper), app.Packing{BatchID: batchID, RegionCode: village, Bags: 5})
	w.must(err)
	if first != (app.Packed{First: 1, Last: 20}) || then != (app.Packed{First: 21, Last: 25}) {
		t.Errorf("%v, %v", first, then)
	}
	w.refuses(domain.ErrGoodsShort, w.CountGoods(w.as(keeper), app.CountIn{BatchID: batchID, Pieces: -6, Note: "数错了"}))
	var code string
	w.must(w.db.Owner(t).Get(&code, `SELECT code FROM goods_bags WHERE number = 3`))
	_, err = w.AcknowledgeBag(w.as(bringer), code)
	w.refuses(domain.ErrBagState, err)
	for range 2 { // twice changes nothing
		if _, err := w.HandOverBags(w.as(keeper), batchID, 1, 10); err != nil {
			t.Fatal(err)
		}
		if _, err := w.AcknowledgeBag(w.as(bringer), code[:5]+"-"+code[5:]); err != nil {
			t.Fatal(err)
		}
	}
	_, err = w.FindBag(w.as(bringer), "AAAAAAAAAA")
	w.refuses(domain.ErrNoBag, err)
	w.clock.SetTo(w.clock.Now().Add(15 * 24 * time.Hour))
	sheet, err := w.OpenBatch(w.as(keeper), batchID)
	w.must(err)
	if b := sheet.Batch; b.CountedIn != 30 || b.Bagged != 25 || b.Handed != 10 || b.Got != 1 || b.Missing != 9 || len(sheet.Missing) != 9 || len(sheet.Places) != 1 || sheet.Places[0].Got != 1 {
		t.Errorf("%+v", sheet)
	}
	_, err = w.OpenBatch(w.as(officer("coordinator", otherPath)), batchID)
	w.refuses(domain.ErrNoBatch, err)
	if pdf, err := w.PrintLabels(w.as(keeper), batchID, "https://example.org", 1); err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
	if _, _, err := w.ExportBatch(w.as(keeper), batchID, "x"); err == nil {
		t.Error("taken out without saying what for")
	}
	file, _, err := w.ExportBatch(w.as(keeper), batchID, "年底对账")
	w.must(err)
	if n := w.count(`SELECT lines FROM goods_exports WHERE purpose = '年底对账'`); n != 25 || len(file) == 0 {
		t.Errorf("%d lines", n)
	}
}

// published is a family's wish that everybody may claim.
func (w *town) published(f family, words string) string {
	w.t.Helper()
	wishID, err := w.DraftWish(w.as(f.keeper), app.NewMicroWish{HouseholdID: f.id, Sort: "warm", Words: words})
	w.must(err)
	w.must(w.DecideWish(w.as(f.approver), wishID, true))
	return wishID
}

func TestWishes(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	f := w.registers()
	w.familyConsents(f)

	t.Run("words that say who it is are refused by the machine, and then by another person", func(t *testing.T) {
		for _, words := range []string{canaryName + "想要一双棉鞋", "送到东头第三排的棉鞋", "棉鞋，联系 13900005678"} {
			_, err := w.DraftWish(w.as(f.keeper), app.NewMicroWish{HouseholdID: f.id, Sort: "warm", Words: words})
			if !errors.Is(err, domain.ErrWishSays) {
				t.Errorf("%s: %v", words, err)
			}
		}
		wishID, err := w.DraftWish(w.as(f.keeper), app.NewMicroWish{HouseholdID: f.id, Sort: "warm", Words: "养羊那户想要一双棉鞋"})
		w.must(err)
		w.refuses(domain.ErrWishPersons, w.DecideWish(w.as(f.keeper), wishID, true))
		w.must(w.DecideWish(w.as(f.approver), wishID, false))
		if n := w.count(`SELECT count(*) FROM wishes WHERE words LIKE '%养羊%'`); n != 0 {
			t.Error("what was refused is still there")
		}
	})
	t.Run("a child's wish says nothing of the child, and goes with the consent", func(t *testing.T) {
		childID, _, mine := w.waiting()
		draft := func(words string) (string, error) {
			return w.DraftWish(w.as(mine), app.NewMicroWish{ChildID: childID, Sort: "study", Words: words})
		}
		for _, words := range []string{"给 10 岁孩子的故事书", "三年级用的字典一本", "码头的孩子想要书包", "留守儿童想要一个书包", "浚县孩子想要的彩笔"} {
			if _, err := draft(words); !errors.Is(err, domain.ErrWishSays) {
				t.Errorf("%s: %v", words, err)
			}
		}
		_, err := w.DraftWish(w.as(f.keeper), app.NewMicroWish{ChildID: childID, Sort: "study", Words: "想要一个新书包"})
		if err == nil {
			t.Error("drafted by who has not the case")
		}
		wishID, err := draft("想要一个新书包")
		w.must(err)
		w.refuses(domain.ErrWishPersons, w.DecideWish(w.as(mine), wishID, true))
		w.must(w.DecideWish(w.as(f.approver), wishID, true))
		p, err := w.ListPublicWishes(t.Context(), app.ListQuery{Limit: 50})
		w.must(err)
		if len(p.Items) != 1 || p.Items[0].ID != wishID || len(p.Waiting) != 0 {
			t.Errorf("%+v", p)
		}
		her := auth.Principal{VolunteerID: id.New()}
		w.must(w.ClaimWish(w.as(her), wishID))
		w.must(w.ReturnWish(w.as(her), wishID))
		w.must(w.WithdrawConsent(w.as(mine), childID))
		w.refuses(domain.ErrNoWish, w.ClaimWish(w.as(her), wishID))
	})
	t.Run("of twenty who claim it at once one gets it", func(t *testing.T) {
		wishID := w.published(f, "想要一双 36 码的棉鞋")
		var won, taken atomic.Int64
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				switch err := w.ClaimWish(w.as(auth.Principal{VolunteerID: id.New()}), wishID); {
				case err == nil:
					won.Add(1)
				case errors.Is(err, domain.ErrWishTaken):
					taken.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if won.Load() != 1 || taken.Load() != 19 {
			t.Errorf("%d got it, %d were told that it is taken", won.Load(), taken.Load())
		}
	})
	t.Run("fulfilled by another's word, or everybody's again when its time is over", func(t *testing.T) {
		her := officer("coordinator", countyPath)
		kept, late := w.published(f, "一盒 24 色的彩笔"), w.published(f, "一床厚一点的被子")
		for _, wishID := range []string{kept, late} {
			w.must(w.ClaimWish(w.as(her), wishID))
			w.must(w.ClaimWish(w.as(her), wishID)) // sent again
		}
		w.refuses(domain.ErrWishReceiver, w.FulfilWish(w.as(her), kept))
		w.must(w.FulfilWish(w.as(f.keeper), kept))
		w.refuses(domain.ErrNoWish, w.ReturnWish(w.as(auth.Principal{VolunteerID: id.New()}), late))
		w.clock.SetTo(w.clock.Now().Add(domain.ClaimLasts))
		w.must(w.DoDuties(t.Context()))
		w.must(w.again().DoDuties(t.Context()))
		if n := w.told("wish.returned", her.VolunteerID); n != 1 {
			t.Errorf("told %d times", n)
		}
		w.must(w.ClaimWish(w.as(auth.Principal{VolunteerID: id.New()}), late))
	})
	t.Run("with the consent goes the wish", func(t *testing.T) {
		g := w.registers()
		w.familyConsents(g)
		wishID := w.published(g, "一个暖和的水杯")
		w.must(w.WithdrawHouseholdConsent(w.as(g.keeper), g.id))
		w.refuses(domain.ErrNoWish, w.ClaimWish(w.as(auth.Principal{VolunteerID: id.New()}), wishID))
	})
	t.Run("the public list says nothing of where, and no small number", func(t *testing.T) {
		p, err := w.ListPublicWishes(t.Context(), app.ListQuery{Limit: 50})
		w.must(err)
		if len(p.Waiting) != 0 || len(p.Fulfilled) != 0 {
			t.Errorf("%+v", p)
		}
		g := w.registers()
		w.familyConsents(g)
		for range 6 {
			w.published(g, "一双厚一点的手套")
		}
		p, err = w.ListPublicWishes(t.Context(), app.ListQuery{Limit: 50})
		w.must(err)
		if len(p.Waiting) != 1 || p.Waiting[0].Name != "浚县" || p.Waiting[0].N < 6 {
			t.Errorf("%+v", p.Waiting)
		}
	})
}
