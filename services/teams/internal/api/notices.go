package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ListNotices is GET /me/notices.
func (h *api) ListNotices(ctx context.Context, r gen.ListNoticesRequestObject) (gen.ListNoticesResponseObject, error) {
	page, err := h.app.ListNotices(ctx, httpserver.LanguageOf(ctx), pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Notice, len(page.Notices))
	for i, n := range page.Notices {
		items[i] = gen.Notice{
			NoticeID:  n.ID,
			Kind:      string(n.Kind),
			Title:     n.Title(page.Reader.Language),
			Text:      n.Text(page.Reader),
			Address:   n.Address(),
			Urgent:    n.Urgent,
			CreatedAt: n.CreatedAt,
			Read:      !n.ReadAt.IsZero(),
		}
	}
	return gen.ListNotices200JSONResponse{Items: items, Next: page.Next}, nil
}

// CountUnreadNotices is GET /me/notices/unread.
func (h *api) CountUnreadNotices(ctx context.Context, _ gen.CountUnreadNoticesRequestObject) (gen.CountUnreadNoticesResponseObject, error) {
	n, err := h.app.CountUnread(ctx)
	if err != nil {
		return nil, err
	}
	return gen.CountUnreadNotices200JSONResponse{Unread: n}, nil
}

// ReadNotices is POST /me/notices/read.
func (h *api) ReadNotices(ctx context.Context, r gen.ReadNoticesRequestObject) (gen.ReadNoticesResponseObject, error) {
	n, err := h.app.ReadNotices(ctx, r.Body.UpTo)
	if err != nil {
		return nil, err
	}
	return gen.ReadNotices200JSONResponse{Unread: n}, nil
}

// GetNoticePreferences is GET /me/notice-preferences.
func (h *api) GetNoticePreferences(ctx context.Context, _ gen.GetNoticePreferencesRequestObject) (gen.GetNoticePreferencesResponseObject, error) {
	p, err := h.app.NoticePreferences(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetNoticePreferences200JSONResponse(encodePreferences(p)), nil
}

// PutNoticePreferences is PUT /me/notice-preferences.
func (h *api) PutNoticePreferences(ctx context.Context, r gen.PutNoticePreferencesRequestObject) (gen.PutNoticePreferencesResponseObject, error) {
	wanted, err := domain.NewNoticePreferences(recode[domain.NoticeKind](r.Body.Muted), recode[domain.NoticeKind](r.Body.NoText), r.Body.Quiet)
	if err != nil {
		return nil, err
	}
	p, err := h.app.SetNoticePreferences(ctx, wanted)
	if err != nil {
		return nil, err
	}
	return gen.PutNoticePreferences200JSONResponse(encodePreferences(p)), nil
}

func encodePreferences(p domain.NoticePreferences) gen.NoticePreferences {
	return gen.NoticePreferences{
		Muted:  recode[gen.NoticePreferencesMuted](p.Muted),
		NoText: recode[gen.NoticePreferencesNoText](p.NoText),
		Quiet:  p.Quiet,
	}
}

// recode turns words of one sort into those of another, one to one.
func recode[To, From ~string](words []From) []To {
	out := make([]To, len(words))
	for i, w := range words {
		out[i] = To(w)
	}
	return out
}
