package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ListInvitees is GET /shifts/{shift_id}/invitations.
func (h *api) ListInvitees(ctx context.Context, r gen.ListInviteesRequestObject) (gen.ListInviteesResponseObject, error) {
	invitees, err := h.app.ListInvitees(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.ListInvitees200JSONResponse(inviteesOf(ctx, invitees)), nil
}

// InviteToShift is POST /shifts/{shift_id}/invitations.
func (h *api) InviteToShift(ctx context.Context, r gen.InviteToShiftRequestObject) (gen.InviteToShiftResponseObject, error) {
	invitees, err := h.app.InviteToShift(ctx, r.ShiftID, r.Body.VolunteerIds)
	if err != nil {
		return nil, err
	}
	return gen.InviteToShift200JSONResponse(inviteesOf(ctx, invitees)), nil
}

// DeclineInvitation is POST /shifts/{shift_id}/invitations/decline.
func (h *api) DeclineInvitation(ctx context.Context, r gen.DeclineInvitationRequestObject) (gen.DeclineInvitationResponseObject, error) {
	if err := h.app.DeclineInvitation(ctx, r.ShiftID); err != nil {
		return nil, err
	}
	return gen.DeclineInvitation204Response{}, nil
}

func inviteesOf(ctx context.Context, invitees []app.Invitee) gen.InviteeList {
	list := gen.InviteeList{Items: []gen.Invitee{}}
	for _, i := range invitees {
		reason := i.ZH
		if httpserver.LanguageOf(ctx) == "en" {
			reason = i.EN
		}
		list.Items = append(list.Items, gen.Invitee{
			VolunteerID: i.VolunteerID, Name: i.FullName(), Number: i.Number, Reply: gen.InviteeReply(i.Reply), SignedUp: i.SignedUp, Reason: reason,
		})
	}
	return list
}
