package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// ListFeeds is GET /me/feeds.
func (h *api) ListFeeds(ctx context.Context, _ gen.ListFeedsRequestObject) (gen.ListFeedsResponseObject, error) {
	feeds, err := h.app.ListFeeds(ctx)
	if err != nil {
		return nil, err
	}
	all := gen.FeedList{Items: []gen.Feed{}}
	for _, f := range feeds {
		all.Items = append(all.Items, feedOf(f))
	}
	return gen.ListFeeds200JSONResponse(all), nil
}

// RenewFeed is POST /me/feeds.
func (h *api) RenewFeed(ctx context.Context, r gen.RenewFeedRequestObject) (gen.RenewFeedResponseObject, error) {
	feed, secret, err := h.app.RenewFeed(ctx, r.Body.TeamID)
	if err != nil {
		return nil, err
	}
	made := feedOf(feed)
	made.Path = Prefix + "/feeds/" + secret
	return gen.RenewFeed201JSONResponse(made), nil
}

// RevokeFeed is POST /me/feeds/revoke.
func (h *api) RevokeFeed(ctx context.Context, r gen.RevokeFeedRequestObject) (gen.RevokeFeedResponseObject, error) {
	if err := h.app.RevokeFeed(ctx, r.Body.TeamID); err != nil {
		return nil, err
	}
	return gen.RevokeFeed204Response{}, nil
}

// GetFeed is GET /feeds/{secret}.
func (h *api) GetFeed(ctx context.Context, r gen.GetFeedRequestObject) (gen.GetFeedResponseObject, error) {
	file, err := h.app.FindCalendar(ctx, r.Secret)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	if strings.Contains(r.Params.IfNoneMatch, tag) { // also W/"…", which whoever compressed it on the way makes of it
		return gen.GetFeed304Response{Headers: gen.GetFeed304ResponseHeaders{ETag: tag, CacheControl: revalidate}}, nil
	}
	return gen.GetFeed200TextCalendarResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetFeed200ResponseHeaders{ETag: tag, CacheControl: revalidate},
	}, nil
}

const revalidate = "private, no-cache"

func feedOf(f domain.Feed) gen.Feed { return gen.Feed{TeamID: f.TeamID, MadeAt: f.MadeAt} }
