package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/inbox"
)

// ListDeadLetters is GET /dead-letters.
func (h handlers) ListDeadLetters(ctx context.Context, _ gen.ListDeadLettersRequestObject) (gen.ListDeadLettersResponseObject, error) {
	d, names, err := h.app.ListDeadLetters(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListDeadLetters200JSONResponse{Count: d.Count, Items: deadLetters(d.Letters, names), Redriven: deadLetters(d.Redriven, names)}, nil
}

func deadLetters(letters []inbox.Letter, names map[string]string) []gen.DeadLetter {
	all := make([]gen.DeadLetter, len(letters))
	for i, l := range letters {
		all[i] = gen.DeadLetter{
			LetterID: l.ID, Consumer: l.Consumer, Subject: l.Subject, Cause: gen.DeadLetterCause(l.Cause), Error: l.Error, Attempts: l.Attempts,
			OccurredAt: l.OccurredAt, TriedAt: l.DiedAt, Waits: l.Waits, AskedAt: l.AskedAt, AskedBy: names[l.AskedBy], RedrivenAt: l.RedrivenAt,
		}
	}
	return all
}

// RedriveDeadLetters is POST /dead-letters/redrive.
func (h handlers) RedriveDeadLetters(ctx context.Context, r gen.RedriveDeadLettersRequestObject) (gen.RedriveDeadLettersResponseObject, error) {
	if err := h.app.RedriveDeadLetters(ctx, r.Body.LetterIds); err != nil {
		return nil, err
	}
	return gen.RedriveDeadLetters202Response{}, nil
}
