package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
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
