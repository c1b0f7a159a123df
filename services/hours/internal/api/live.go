package api

import (
	"context"
	"net/http"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// live is an open stream of news from the ledger.
type live struct {
	ctx  context.Context
	feed *app.Feed
}

// FollowLedger is GET /live.
func (h handlers) FollowLedger(ctx context.Context, _ gen.FollowLedgerRequestObject) (gen.FollowLedgerResponseObject, error) {
	feed, err := h.app.Feed(ctx)
	if err != nil {
		return nil, err
	}
	return live{ctx, feed}, nil
}

// VisitFollowLedgerResponse writes events until the reader leaves.
func (l live) VisitFollowLedgerResponse(w http.ResponseWriter) error {
	defer l.feed.Close()
	return httpserver.Stream(l.ctx, w, "ledger", l.feed.Wake(), func(context.Context) (any, error) {
		news := l.feed.Next()
		return gen.LedgerEvent{Position: news.Position, Mine: news.Mine}, nil
	})
}
