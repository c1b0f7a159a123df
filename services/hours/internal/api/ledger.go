package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// GetCheckpoint is GET /ledger/checkpoint.
func (h handlers) GetCheckpoint(ctx context.Context, _ gen.GetCheckpointRequestObject) (gen.GetCheckpointResponseObject, error) {
	c, err := h.app.LastCheckpoint(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetCheckpoint200TextResponse(c.Note), nil
}

// ListCheckpoints is GET /ledger/checkpoints.
func (h handlers) ListCheckpoints(ctx context.Context, r gen.ListCheckpointsRequestObject) (gen.ListCheckpointsResponseObject, error) {
	found, err := h.app.ListCheckpoints(ctx, r.Params.After)
	if err != nil {
		return nil, err
	}
	page := gen.ListCheckpoints200JSONResponse{Keys: h.app.PublicKeys(), Items: make([]gen.Checkpoint, len(found))}
	for i, c := range found {
		page.Items[i] = gen.Checkpoint{Size: c.Size, Note: c.Note, SignedAt: c.SignedAt}
	}
	return page, nil
}

// GetGrowth is GET /ledger/growth.
func (h handlers) GetGrowth(ctx context.Context, r gen.GetGrowthRequestObject) (gen.GetGrowthResponseObject, error) {
	g, err := h.app.Growth(ctx, r.Params.Old)
	if err != nil {
		return nil, err
	}
	return gen.GetGrowth200TextResponse(g.Text()), nil
}

// ListWitnesses is GET /ledger/witnesses.
func (h handlers) ListWitnesses(ctx context.Context, _ gen.ListWitnessesRequestObject) (gen.ListWitnessesResponseObject, error) {
	all, err := h.app.ListWitnesses(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.ListWitnesses200JSONResponse{Keys: h.app.PublicKeys(), Items: make([]gen.Witness, len(all))}
	for i, w := range all {
		list.Items[i] = gen.Witness{
			WitnessID: w.ID, Name: w.Name, Key: w.Key, Reason: w.Reason, Since: w.SetAt, Size: w.Size, Note: w.Note, Behind: w.Behind != nil, Silent: w.Silent,
			Ended: w.EndedAt != nil, EndReason: w.EndReason,
		}
		if w.SignedAt != nil {
			list.Items[i].SignedAt = *w.SignedAt
		}
		if w.EndedAt != nil {
			list.Items[i].EndedAt = *w.EndedAt
		}
	}
	return list, nil
}

// AddWitness is POST /ledger/witnesses.
func (h handlers) AddWitness(ctx context.Context, r gen.AddWitnessRequestObject) (gen.AddWitnessResponseObject, error) {
	if err := h.app.AddWitness(ctx, r.Body.Name, r.Body.Key, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.AddWitness204Response{}, nil
}

// EndWitness is POST /ledger/witnesses/{witness_id}/end.
func (h handlers) EndWitness(ctx context.Context, r gen.EndWitnessRequestObject) (gen.EndWitnessResponseObject, error) {
	if err := h.app.EndWitness(ctx, r.WitnessID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.EndWitness204Response{}, nil
}

// Cosign is POST /ledger/cosignatures.
func (h handlers) Cosign(ctx context.Context, r gen.CosignRequestObject) (gen.CosignResponseObject, error) {
	n, err := h.app.Cosign(ctx, httpserver.ClientIP(ctx), r.Body.Note)
	if err != nil {
		return nil, err
	}
	return gen.Cosign200JSONResponse{Witnesses: n}, nil
}

// ProveLine is GET /entries/{entry_id}/proof.
func (h handlers) ProveLine(ctx context.Context, r gen.ProveLineRequestObject) (gen.ProveLineResponseObject, error) {
	p, err := h.app.ProveLine(ctx, r.EntryID)
	if err != nil {
		return nil, err
	}
	names := p.WitnessNames
	if names == nil {
		names = []string{}
	}
	return gen.ProveLine200JSONResponse{
		Index: p.Index, LeafHash: p.LeafHash, Hashes: p.Hashes, Size: p.Size, SignedAt: p.Checkpoint.SignedAt, Checkpoint: p.Checkpoint.Note,
		Witnesses: names, File: string(p.File),
	}, nil
}
