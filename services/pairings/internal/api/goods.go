package api

import (
	"bytes"
	"context"
	"mime"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// attachment is the Content-Disposition of a file to save.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// ListBatches is GET /batches.
func (h handlers) ListBatches(ctx context.Context, r gen.ListBatchesRequestObject) (gen.ListBatchesResponseObject, error) {
	batches, next, err := h.app.ListBatches(ctx, app.ListQuery{After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := gen.BatchList{Items: make([]gen.Batch, len(batches)), Next: next}
	for i, b := range batches {
		list.Items[i] = batchOf(b)
	}
	return gen.ListBatches200JSONResponse(list), nil
}

func batchOf(b domain.Batch) gen.Batch {
	return gen.Batch{
		BatchID: b.ID, Kind: gen.BatchKind(b.Kind), Title: b.Title, Donor: b.Donor, MadeAt: b.MadeAt, CountedIn: b.CountedIn, Bagged: b.Bagged,
		Handed: b.Handed, Got: b.Got, Missing: b.Missing,
	}
}

// MakeBatch is POST /batches.
func (h handlers) MakeBatch(ctx context.Context, r gen.MakeBatchRequestObject) (gen.MakeBatchResponseObject, error) {
	batchID, err := h.app.MakeBatch(ctx, domain.NewBatch{RegionCode: r.Body.RegionCode, Kind: string(r.Body.Kind), Title: r.Body.Title, Donor: r.Body.Donor})
	if err != nil {
		return nil, err
	}
	return gen.MakeBatch201JSONResponse{BatchID: batchID}, nil
}

// OpenBatch is GET /batches/{batch_id}.
func (h handlers) OpenBatch(ctx context.Context, r gen.OpenBatchRequestObject) (gen.OpenBatchResponseObject, error) {
	s, err := h.app.OpenBatch(ctx, r.BatchID)
	if err != nil {
		return nil, err
	}
	sheet := gen.BatchSheet{
		Batch: batchOf(s.Batch), Counts: make([]gen.GoodsCount, len(s.Counts)), Places: make([]gen.GoodsPlace, len(s.Places)), Missing: make([]gen.MissingBag, len(s.Missing)),
	}
	for i, c := range s.Counts {
		sheet.Counts[i] = gen.GoodsCount{Pieces: c.Pieces, Note: c.Note, ByName: c.ByName, CountedAt: c.CountedAt}
	}
	for i, p := range s.Places {
		sheet.Places[i] = gen.GoodsPlace{Name: p.Name, Bagged: p.Bagged, Handed: p.Handed, Got: p.Got}
	}
	for i, b := range s.Missing {
		sheet.Missing[i] = gen.MissingBag{Number: b.Number, Place: b.Place, HandedBy: b.HandedByName, HandedAt: b.HandedAt}
	}
	return gen.OpenBatch200JSONResponse(sheet), nil
}

// CountGoods is POST /batches/{batch_id}/counts.
func (h handlers) CountGoods(ctx context.Context, r gen.CountGoodsRequestObject) (gen.CountGoodsResponseObject, error) {
	if err := h.app.CountGoods(ctx, app.CountIn{BatchID: r.BatchID, Pieces: r.Body.Pieces, Note: r.Body.Note}); err != nil {
		return nil, err
	}
	return gen.CountGoods204Response{}, nil
}

// PackBags is POST /batches/{batch_id}/bags.
func (h handlers) PackBags(ctx context.Context, r gen.PackBagsRequestObject) (gen.PackBagsResponseObject, error) {
	packed, err := h.app.PackBags(ctx, app.Packing{BatchID: r.BatchID, RegionCode: r.Body.RegionCode, Bags: r.Body.Bags})
	if err != nil {
		return nil, err
	}
	return gen.PackBags201JSONResponse{First: packed.First, Last: packed.Last}, nil
}

// HandOverBags is PUT /batches/{batch_id}/hand-over.
func (h handlers) HandOverBags(ctx context.Context, r gen.HandOverBagsRequestObject) (gen.HandOverBagsResponseObject, error) {
	n, err := h.app.HandOverBags(ctx, r.BatchID, r.Body.First, r.Body.Last)
	if err != nil {
		return nil, err
	}
	return gen.HandOverBags200JSONResponse{Handed: int(n)}, nil
}

// PrintLabels is POST /batches/{batch_id}/labels.
func (h handlers) PrintLabels(ctx context.Context, r gen.PrintLabelsRequestObject) (gen.PrintLabelsResponseObject, error) {
	pdf, err := h.app.PrintLabels(ctx, r.BatchID, r.Body.Site, r.Body.First)
	if err != nil {
		return nil, err
	}
	return gen.PrintLabels200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf)), Headers: gen.PrintLabels200ResponseHeaders{ContentDisposition: attachment("标签.pdf")},
	}, nil
}

// ExportBatch is POST /batches/{batch_id}/export.
func (h handlers) ExportBatch(ctx context.Context, r gen.ExportBatchRequestObject) (gen.ExportBatchResponseObject, error) {
	file, name, err := h.app.ExportBatch(ctx, r.BatchID, r.Body.Purpose)
	if err != nil {
		return nil, err
	}
	return gen.ExportBatch200ApplicationOctetStreamResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.ExportBatch200ResponseHeaders{ContentDisposition: attachment(name)},
	}, nil
}

// FindBag is GET /bags/{bag_code}.
func (h handlers) FindBag(ctx context.Context, r gen.FindBagRequestObject) (gen.FindBagResponseObject, error) {
	v, err := h.app.FindBag(ctx, r.BagCode)
	if err != nil {
		return nil, err
	}
	return gen.FindBag200JSONResponse(bagOf(v)), nil
}

// AcknowledgeBag is PUT /bags/{bag_code}/acknowledgement.
func (h handlers) AcknowledgeBag(ctx context.Context, r gen.AcknowledgeBagRequestObject) (gen.AcknowledgeBagResponseObject, error) {
	v, err := h.app.AcknowledgeBag(ctx, r.BagCode)
	if err != nil {
		return nil, err
	}
	return gen.AcknowledgeBag200JSONResponse(bagOf(v)), nil
}

func bagOf(v app.BagView) gen.Bag {
	return gen.Bag{Title: v.Title, Place: v.Place, Number: v.Number, Handed: !v.HandedAt.IsZero(), Got: !v.GotAt.IsZero()}
}
