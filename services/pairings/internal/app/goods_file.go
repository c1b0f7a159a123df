package app

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/label"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// PrintLabels returns a PDF with labels for bags of a batch, from a number on, five
// hundred at most. site is what their codes lead to.
func (a *App) PrintLabels(ctx context.Context, batchID, site string, from int) ([]byte, error) {
	var b domain.Batch
	var bags []NamedBag
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if b, _, err = a.batchOf(ctx, q, batchID); err != nil {
			return err
		}
		if bags, err = namedBags(ctx, q, batchID, from, domain.BagsAtOnce); err == nil && len(bags) == 0 {
			err = domain.ErrNoBag
		}
		return err
	}); err != nil {
		return nil, err
	}
	labels := make([]label.Label, len(bags))
	for i, one := range bags {
		labels[i] = label.Label{Title: b.Title, Number: one.Number, Place: one.Place, Code: one.Code, Link: site + "/bag/" + one.Code}
	}
	return label.Sheets(labels)
}

func namedBags(ctx context.Context, q postgres.Querier, batchID string, from, limit int) ([]NamedBag, error) {
	bags, err := store.ListBags(ctx, q, batchID, from, limit)
	if err != nil {
		return nil, err
	}
	paths := map[string]bool{}
	for _, b := range bags {
		paths[b.RegionPath] = true
	}
	var all []string
	for p := range paths {
		all = append(all, p)
	}
	names, err := store.RegionNames(ctx, q, all)
	named := make([]NamedBag, len(bags))
	for i, b := range bags {
		named[i] = NamedBag{Bag: b, Place: names[b.RegionPath]}
	}
	return named, err
}

// exportRows bounds a list of bags: ten times the largest batch there is.
const exportRows = 50_000

// ExportBatch returns a batch's bags as a workbook, and the file's name. That it was
// taken out, by whom and what for, is written down in the same transaction. It names
// nobody.
func (a *App) ExportBatch(ctx context.Context, batchID, purpose string) (file []byte, name string, err error) {
	var out bytes.Buffer
	var b domain.Batch
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		var who auth.Principal
		if b, who, err = a.batchOf(ctx, q, batchID); err != nil {
			return err
		}
		if purpose, err = domain.ExportPurpose(purpose); err != nil {
			return err
		}
		bags, err := namedBags(ctx, q, batchID, 1, exportRows)
		if err != nil {
			return err
		}
		if err := writeBags(&out, b, bags, purpose, a.clock.Now()); err != nil {
			return err
		}
		return store.InsertGoodsExport(ctx, q, id.New(), batchID, who.VolunteerID, purpose, len(bags), a.clock.Now())
	})
	return out.Bytes(), "物资台账-" + b.Title + ".xlsx", err
}

func writeBags(out *bytes.Buffer, b domain.Batch, bags []NamedBag, purpose string, now time.Time) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.Sheet("袋子", []string{"序号", "袋码", "发往", "装袋时间", "发出时间", "签收时间"}, 8, 16, 24, 18); err != nil {
		return err
	}
	for _, one := range bags {
		if err := book.Row(one.Number, one.Code, one.Place, clock.Minute(one.PackedAt), clock.Minute(one.HandedAt), clock.Minute(one.GotAt)); err != nil {
			return err
		}
	}
	if err := book.Sheet("收支", []string{"项目", "内容"}, 16, 60); err != nil {
		return err
	}
	for _, line := range [][2]string{
		{"批次", b.Title}, {"捐赠单位", b.Donor}, {"清点入库", fmt.Sprint(b.CountedIn)}, {"已装袋", fmt.Sprint(b.Bagged)}, {"已发出", fmt.Sprint(b.Handed)},
		{"已签收", fmt.Sprint(b.Got)}, {"库存", fmt.Sprint(b.CountedIn - b.Handed)}, {"发出超过 14 天未签收", fmt.Sprint(b.Missing)},
		{"导出时间", clock.Minute(now)}, {"用途", purpose},
	} {
		if err := book.Row(line[0], line[1]); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(out)
	return err
}
