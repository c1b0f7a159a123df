package api

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// CreateClaim is POST /claims.
func (h *api) CreateClaim(ctx context.Context, r gen.CreateClaimRequestObject) (gen.CreateClaimResponseObject, error) {
	b := r.Body
	n := app.NewClaim{
		ClaimID: b.ClaimID, ShiftID: b.ShiftID, Kind: domain.ClaimKind(b.Kind),
		Ticket: b.Ticket, Code: b.Code, Digits: b.Digits, VolunteerID: b.VolunteerID, Card: b.Card, WalkIn: b.WalkIn, Mark: httpserver.Browser(ctx),
	}
	if k := b.Kept; k != nil {
		signature, err := base64.RawURLEncoding.DecodeString(k.Signature)
		if err != nil {
			return nil, apperr.For("kept.signature", domain.ErrChangedClaim)
		}
		n.Signed = &domain.Signed{DeviceID: k.DeviceID, Counter: k.Counter, ObservedAt: k.ObservedAt, SentAt: k.SentAt, Signature: signature}
	}
	result, err := h.app.CreateClaim(ctx, n)
	if err != nil {
		return nil, err
	}
	presence := presenceAt(result.Shift, result.Title, result.Place, result.Attendance)
	if result.Attendance == nil && result.Doubt != domain.DoubtNotSignedUp {
		presence.State = gen.PresenceStateExpected
	}
	answer := gen.CreateClaim200JSONResponse{
		ClaimID: b.ClaimID, Presence: presence, Present: result.Present, Doubt: gen.ClaimResultDoubt(result.Doubt),
		VolunteerID: result.VolunteerID,
	}
	if s := result.Spot; s != nil {
		answer.Spot = &gen.Spot{Latitude: s.Latitude, Longitude: s.Longitude, Radius: s.Radius}
	}
	return answer, nil
}

// TellAway is POST /away.
func (h *api) TellAway(ctx context.Context, r gen.TellAwayRequestObject) (gen.TellAwayResponseObject, error) {
	if err := h.app.TellAway(ctx, r.Body.ClaimID); err != nil {
		return nil, err
	}
	return gen.TellAway204Response{}, nil
}

// LookAtClaim is POST /claims/{claim_id}/look.
func (h *api) LookAtClaim(ctx context.Context, r gen.LookAtClaimRequestObject) (gen.LookAtClaimResponseObject, error) {
	if err := h.app.LookAtClaim(ctx, r.ClaimID, domain.LookVerdict(r.Body.Verdict)); err != nil {
		return nil, err
	}
	return gen.LookAtClaim204Response{}, nil
}

// PutMyDevice is PUT /me/devices/{device_id}.
func (h *api) PutMyDevice(ctx context.Context, r gen.PutMyDeviceRequestObject) (gen.PutMyDeviceResponseObject, error) {
	key, err := base64.RawURLEncoding.DecodeString(r.Body.PublicKey)
	if err != nil {
		return nil, apperr.For("public_key", domain.ErrDeviceKey)
	}
	device, err := h.app.RegisterDevice(ctx, r.DeviceID, key, r.Body.PhoneTime)
	if err != nil {
		return nil, err
	}
	return gen.PutMyDevice200JSONResponse{DeviceID: device.ID, Counter: device.Counter}, nil
}

// GetPresence is GET /shifts/{shift_id}/presence.
func (h *api) GetPresence(ctx context.Context, r gen.GetPresenceRequestObject) (gen.GetPresenceResponseObject, error) {
	view, err := h.app.FindPresence(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.GetPresence200JSONResponse(presenceOf(view)), nil
}

// GetCode is GET /shifts/{shift_id}/code.
func (h *api) GetCode(ctx context.Context, r gen.GetCodeRequestObject) (gen.GetCodeResponseObject, error) {
	s, err := h.app.FindCode(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.GetCode200JSONResponse{
		ShiftID: s.ID, Key: base64.StdEncoding.EncodeToString(s.Key), StepSeconds: int(domain.Step / time.Second),
		ServerTime: h.clock.Now(), OpensAt: s.CheckInOpens(), ClosesAt: s.CheckOutCloses(),
	}, nil
}

func presenceOf(v app.ShiftView) gen.Presence {
	p := presenceAt(v.Shift, v.Title, v.Place, v.Attendance)
	if v.Flexible() { // nobody is anywhere: each stretch has its own state
		p = presenceAt(v.Shift, v.Title, v.Place, nil)
		for _, at := range v.Stretches {
			p.Stretches = append(p.Stretches, gen.Stretch{
				AttendanceID: at.ID, From: at.CheckedInAt, To: at.CheckedOutAt, Minutes: worth(v.Shift, at), State: gen.StretchState(at.State), Reason: at.Reason,
			})
		}
	}
	if (v.Attendance == nil || v.Flexible()) && v.SignUp != nil && v.SignUp.State == domain.SignUpConfirmed {
		p.State = gen.PresenceStateExpected
	}
	return p
}

func presenceAt(s domain.Shift, title, place string, at *domain.Attendance) gen.Presence {
	p := gen.Presence{
		ShiftID: s.ID, State: gen.PresenceStateNotSignedUp, Title: title, Place: place, StartsAt: s.StartsAt, EndsAt: s.EndsAt, OpenFrom: s.OpenFrom,
	}
	if at == nil || at.State == domain.AttendanceUndone {
		return p
	}
	p.State = gen.PresenceState(at.State)
	p.CheckedInAt, p.CheckedOutAt = at.CheckedInAt, at.CheckedOutAt
	p.Minutes, p.Proof = worth(s, *at), gen.PresenceProof(s.ProofOf(*at))
	return p
}

// worth is what an attendance would bring if it were confirmed as it stands.
func worth(s domain.Shift, at domain.Attendance) int {
	if at.State != domain.AttendanceClosed && at.State != domain.AttendanceDeclared {
		return at.Minutes
	}
	_, _, minutes := domain.Credit(s, at.CheckedInAt, at.CheckedOutAt)
	return minutes
}

// CreateAttendance is POST /shifts/{shift_id}/attendances.
func (h *api) CreateAttendance(ctx context.Context, r gen.CreateAttendanceRequestObject) (gen.CreateAttendanceResponseObject, error) {
	b := r.Body
	result, err := h.app.EnterAttendance(ctx, app.NewAttendance{
		ShiftID: r.ShiftID, VolunteerID: b.VolunteerID, Period: domain.Period{From: b.From, To: b.To}, Reason: strings.TrimSpace(b.Reason),
	})
	if err != nil {
		return nil, err
	}
	return gen.CreateAttendance201JSONResponse(presenceAt(result.Shift, result.Title, result.Place, result.Attendance)), nil
}

// UndoTap is POST /attendances/{attendance_id}/undo.
func (h *api) UndoTap(ctx context.Context, r gen.UndoTapRequestObject) (gen.UndoTapResponseObject, error) {
	counts, err := h.app.UndoTap(ctx, r.AttendanceID)
	if err != nil {
		return nil, err
	}
	return gen.UndoTap200JSONResponse(countsOf(counts)), nil
}
