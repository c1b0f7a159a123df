package api

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// ListSessions is GET /sessions.
func (h *api) ListSessions(ctx context.Context, _ gen.ListSessionsRequestObject) (gen.ListSessionsResponseObject, error) {
	sessions, err := h.app.ListSessions(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Session, len(sessions))
	for i, s := range sessions {
		items[i] = gen.Session{
			SessionID: s.ID, Current: s.Current, Shared: s.Shared,
			System: gen.SessionSystem(s.Device.System()), Browser: gen.SessionBrowser(s.Device.Browser()),
			BegunBy: gen.SessionBegunBy(s.BegunBy), BegunOn: dayOf(s.CreatedAt), LastUsedOn: dayOf(s.LastUsed()),
		}
	}
	return gen.ListSessions200JSONResponse{Items: items}, nil
}

// DeleteSessions is DELETE /sessions.
func (h *api) DeleteSessions(ctx context.Context, _ gen.DeleteSessionsRequestObject) (gen.DeleteSessionsResponseObject, error) {
	if err := h.app.SignOutEverywhere(ctx); err != nil {
		return nil, err
	}
	return gen.DeleteSessions204Response{}, nil // an empty Qihe-Session: the portal drops its cookie
}

// DeleteSession is DELETE /sessions/{session_id}.
func (h *api) DeleteSession(ctx context.Context, r gen.DeleteSessionRequestObject) (gen.DeleteSessionResponseObject, error) {
	if err := h.app.EndSession(ctx, r.SessionID); err != nil {
		return nil, err
	}
	return gen.DeleteSession204Response{}, nil
}

// SignOutVolunteer is POST /volunteers/{volunteer_id}/sign-out.
func (h *api) SignOutVolunteer(ctx context.Context, r gen.SignOutVolunteerRequestObject) (gen.SignOutVolunteerResponseObject, error) {
	if err := h.app.SignOutPerson(ctx, r.VolunteerID, string(r.Body.Reason)); err != nil {
		return nil, err
	}
	return gen.SignOutVolunteer204Response{}, nil
}

// dayOf returns the day in Hebi.
func dayOf(t time.Time) string { return t.In(clock.City).Format(time.DateOnly) }
