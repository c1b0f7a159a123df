package api

import (
	"context"
	"math"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
)

// GetMe is GET /me.
func (h *api) GetMe(ctx context.Context, _ gen.GetMeRequestObject) (gen.GetMeResponseObject, error) {
	me, err := h.app.Me(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetMe200JSONResponse(encodeMe(me)), nil
}

// PutBoardConsent is PUT /me/board-consent.
func (h *api) PutBoardConsent(ctx context.Context, r gen.PutBoardConsentRequestObject) (gen.PutBoardConsentResponseObject, error) {
	me, err := h.app.SetBoardConsent(ctx, r.Body.Consent)
	if err != nil {
		return nil, err
	}
	return gen.PutBoardConsent200JSONResponse(encodeMe(me)), nil
}

func encodeMe(me app.Me) gen.Me {
	out := gen.Me{
		VolunteerID:     me.Volunteer.ID,
		Number:          me.Volunteer.Number,
		Name:            me.Volunteer.Name,
		PhoneMasked:     me.Volunteer.Phone.Masked(),
		BoardConsent:    me.Volunteer.BoardConsent,
		RankConsent:     me.Volunteer.RankConsent,
		ConsentsToRenew: me.Renewals,
		Memberships:     make([]gen.MyMembership, len(me.Teams)),
		Grants:          make([]gen.MyGrant, len(me.Grants)),
		UnreadNotices:   me.Unread,
	}
	for i, t := range me.Teams {
		out.Memberships[i] = gen.MyMembership{TeamID: t.TeamID, TeamName: t.TeamName, Role: gen.MembershipRole(t.Role)}
	}
	for i, g := range me.Grants {
		out.Grants[i] = gen.MyGrant{Role: gen.MyGrantRole(g.Role), RegionCode: g.RegionCode, RegionName: g.RegionName, RegionPath: g.RegionPath}
	}
	return out
}

// seconds rounds up, so that who waits that long has waited long enough.
func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }
