package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// CreateApplication is POST /teams/{team_id}/applications.
func (h *api) CreateApplication(ctx context.Context, r gen.CreateApplicationRequestObject) (gen.CreateApplicationResponseObject, error) {
	done, err := h.app.Apply(ctx, r.TeamID, r.Body.Word)
	return gen.CreateApplication201JSONResponse(encodeSettled(done)), err
}

// ListApplications is GET /teams/{team_id}/applications.
func (h *api) ListApplications(ctx context.Context, r gen.ListApplicationsRequestObject) (gen.ListApplicationsResponseObject, error) {
	waiting, next, err := h.app.ListApplicants(ctx, r.TeamID, pageLength(r.Params.Limit), r.Params.After)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Applicant, len(waiting))
	for i, w := range waiting {
		items[i] = gen.Applicant{
			MembershipID: w.MembershipID, VolunteerID: w.Volunteer.ID, Name: w.Volunteer.Name, Number: w.Volunteer.Number,
			PhoneMasked: w.Volunteer.Phone.Masked(), Word: w.Word, RequestedAt: w.RequestedAt,
		}
	}
	return gen.ListApplications200JSONResponse{Items: items, Next: next}, nil
}

// CreateInvitation is POST /teams/{team_id}/invitations.
func (h *api) CreateInvitation(ctx context.Context, r gen.CreateInvitationRequestObject) (gen.CreateInvitationResponseObject, error) {
	sent, err := h.app.Invite(ctx, r.TeamID, r.Body.To, r.Body.Word)
	return gen.CreateInvitation202JSONResponse(encodeInvitation(sent)), err
}

// ListInvitations is GET /teams/{team_id}/invitations.
func (h *api) ListInvitations(ctx context.Context, r gen.ListInvitationsRequestObject) (gen.ListInvitationsResponseObject, error) {
	sent, err := h.app.ListInvitations(ctx, r.TeamID)
	if err != nil {
		return nil, err
	}
	items := make([]gen.Invitation, len(sent))
	for i, one := range sent {
		items[i] = encodeInvitation(one)
	}
	return gen.ListInvitations200JSONResponse{Items: items}, nil
}

// DeleteInvitation is DELETE /teams/{team_id}/invitations/{invitation_id}.
func (h *api) DeleteInvitation(ctx context.Context, r gen.DeleteInvitationRequestObject) (gen.DeleteInvitationResponseObject, error) {
	return gen.DeleteInvitation204Response{}, h.app.WithdrawInvitation(ctx, r.TeamID, r.InvitationID)
}

// ListMyMemberships is GET /me/memberships.
func (h *api) ListMyMemberships(ctx context.Context, _ gen.ListMyMembershipsRequestObject) (gen.ListMyMembershipsResponseObject, error) {
	own, err := h.app.MyMemberships(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]gen.OwnMembership, len(own))
	for i, one := range own {
		items[i] = encodeOwn(one)
	}
	return gen.ListMyMemberships200JSONResponse{Items: items}, nil
}

// ApproveMembership is POST /memberships/{membership_id}/approve.
func (h *api) ApproveMembership(ctx context.Context, r gen.ApproveMembershipRequestObject) (gen.ApproveMembershipResponseObject, error) {
	done, err := h.app.ApproveApplication(ctx, r.MembershipID)
	return gen.ApproveMembership200JSONResponse(encodeSettled(done)), err
}

// DeclineMembership is POST /memberships/{membership_id}/decline.
func (h *api) DeclineMembership(ctx context.Context, r gen.DeclineMembershipRequestObject) (gen.DeclineMembershipResponseObject, error) {
	done, err := h.app.DeclineMembership(ctx, r.MembershipID, r.Body.Reason)
	return gen.DeclineMembership200JSONResponse(encodeSettled(done)), err
}

// WithdrawMembership is POST /memberships/{membership_id}/withdraw.
func (h *api) WithdrawMembership(ctx context.Context, r gen.WithdrawMembershipRequestObject) (gen.WithdrawMembershipResponseObject, error) {
	done, err := h.app.WithdrawApplication(ctx, r.MembershipID)
	return gen.WithdrawMembership200JSONResponse(encodeSettled(done)), err
}

// AcceptMembership is POST /memberships/{membership_id}/accept.
func (h *api) AcceptMembership(ctx context.Context, r gen.AcceptMembershipRequestObject) (gen.AcceptMembershipResponseObject, error) {
	done, err := h.app.AcceptInvitation(ctx, r.MembershipID)
	return gen.AcceptMembership200JSONResponse(encodeSettled(done)), err
}

// LeaveMembership is POST /memberships/{membership_id}/leave.
func (h *api) LeaveMembership(ctx context.Context, r gen.LeaveMembershipRequestObject) (gen.LeaveMembershipResponseObject, error) {
	done, err := h.app.LeaveTeam(ctx, r.MembershipID)
	return gen.LeaveMembership200JSONResponse(encodeSettled(done)), err
}

// RemoveMembership is POST /memberships/{membership_id}/remove.
func (h *api) RemoveMembership(ctx context.Context, r gen.RemoveMembershipRequestObject) (gen.RemoveMembershipResponseObject, error) {
	done, err := h.app.RemoveMember(ctx, r.MembershipID, r.Body.Reason)
	return gen.RemoveMembership200JSONResponse(encodeSettled(done)), err
}

// PutMembershipRole is PUT /memberships/{membership_id}/role.
func (h *api) PutMembershipRole(ctx context.Context, r gen.PutMembershipRoleRequestObject) (gen.PutMembershipRoleResponseObject, error) {
	done, err := h.app.SetMemberRole(ctx, r.MembershipID, domain.Role(r.Body.Role))
	return gen.PutMembershipRole200JSONResponse(encodeSettled(done)), err
}

// ReadMemberPhone is POST /memberships/{membership_id}/phone.
func (h *api) ReadMemberPhone(ctx context.Context, r gen.ReadMemberPhoneRequestObject) (gen.ReadMemberPhoneResponseObject, error) {
	phone, err := h.app.ReadPhone(ctx, r.MembershipID)
	return gen.ReadMemberPhone200JSONResponse{Phone: string(phone)}, err
}

func encodeSettled(s app.Settled) gen.Settled {
	return gen.Settled{MembershipID: s.MembershipID, TeamID: s.TeamID, Role: gen.MembershipRole(s.Role), State: gen.MembershipState(s.State)}
}

func encodeInvitation(i domain.Invitation) gen.Invitation {
	return gen.Invitation{InvitationID: i.ID, SentTo: i.SentTo, At: i.At, ExpiresAt: i.At.Add(domain.InvitationLife)}
}

func encodeOwn(o app.OwnMembership) gen.OwnMembership {
	m := o.Membership
	out := gen.OwnMembership{
		MembershipID: m.ID, TeamID: m.TeamID, TeamName: o.TeamName, Role: gen.MembershipRole(m.Role), State: gen.MembershipState(m.State),
		Since: m.Since, Word: m.Word, ExpiresAt: m.InvitationEnds(), Ending: gen.OwnMembershipEnding(m.Ending), Reason: m.Reason,
	}
	switch m.State {
	case domain.MembershipEnded:
		out.OverAt = m.EndedAt
	case domain.MembershipDeclined:
		out.OverAt = m.DecidedAt
	}
	if o.Appeal.ID != "" {
		out.AppealState, out.AppealReason = gen.AppealState(o.Appeal.State), o.Appeal.Reason
	} else {
		out.AppealUntil = m.AppealUntil()
	}
	return out
}
