package api

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

const nearby = 5000 // metres that somebody on an electric bicycle calls near

// ListShifts is GET /shifts.
func (h *api) ListShifts(ctx context.Context, r gen.ListShiftsRequestObject) (gen.ListShiftsResponseObject, error) {
	p := r.Params
	f := domain.ListingFilter{
		EndingAfter: p.From, StartsBefore: p.To, ProgrammeID: p.ProgrammeID, Kind: domain.TaskKind(p.Kind), Region: p.Region, Words: pinyin.Parse(p.Words), OnlyMine: p.Only == gen.Mine,
	}
	if latitude, longitude, ok := strings.Cut(p.Near, ","); ok {
		f.Near.Latitude, _ = strconv.ParseFloat(latitude, 64) // the contract's pattern has been checked
		f.Near.Longitude, _ = strconv.ParseFloat(longitude, 64)
		f.Near.Metres = cmp.Or(p.Radius, nearby)
	}
	if p.TeamID != "" {
		f.TeamIDs = []string{p.TeamID}
	}
	if err := page(&f, p.Limit, p.After); err != nil {
		return nil, err
	}
	views, err := h.app.ListShifts(ctx, f)
	if err != nil {
		return nil, err
	}
	return gen.ListShifts200JSONResponse(shiftPage(views, f.Limit-1)), nil
}

// ListMyShifts is GET /me/shifts.
func (h *api) ListMyShifts(ctx context.Context, r gen.ListMyShiftsRequestObject) (gen.ListMyShiftsResponseObject, error) {
	f := domain.ListingFilter{EndingAfter: r.Params.From}
	if err := page(&f, r.Params.Limit, r.Params.After); err != nil {
		return nil, err
	}
	views, err := h.app.ListMyShifts(ctx, f)
	if err != nil {
		return nil, err
	}
	return gen.ListMyShifts200JSONResponse(shiftPage(views, f.Limit-1)), nil
}

// ListLedShifts is GET /me/led-shifts.
func (h *api) ListLedShifts(ctx context.Context, _ gen.ListLedShiftsRequestObject) (gen.ListLedShiftsResponseObject, error) {
	led, err := h.app.ListLedShifts(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.LedShiftList{Items: []gen.LedShift{}}
	for _, l := range led {
		list.Items = append(list.Items, gen.LedShift{Shift: shiftOf(l.ShiftView), Counts: countsOf(l.Counts)})
	}
	return gen.ListLedShifts200JSONResponse(list), nil
}

// CreateSignUp is POST /shifts/{shift_id}/sign-ups.
func (h *api) CreateSignUp(ctx context.Context, r gen.CreateSignUpRequestObject) (gen.CreateSignUpResponseObject, error) {
	u, err := h.app.SignUp(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.CreateSignUp201JSONResponse(signUpOf(u)), nil
}

// SayComing is POST /sign-ups/{sign_up_id}/coming.
func (h *api) SayComing(ctx context.Context, r gen.SayComingRequestObject) (gen.SayComingResponseObject, error) {
	u, err := h.app.SayComing(ctx, r.SignUpID)
	if err != nil {
		return nil, err
	}
	said := signUpOf(u)
	said.Coming = true
	return gen.SayComing200JSONResponse(said), nil
}

// WithdrawSignUp is POST /sign-ups/{sign_up_id}/withdraw.
func (h *api) WithdrawSignUp(ctx context.Context, r gen.WithdrawSignUpRequestObject) (gen.WithdrawSignUpResponseObject, error) {
	u, err := h.app.WithdrawSignUp(ctx, r.SignUpID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.WithdrawSignUp200JSONResponse(signUpOf(u)), nil
}

func shiftOf(v app.ShiftView) gen.Shift {
	s := gen.Shift{
		ShiftID: v.ID, TaskID: v.TaskID, Kind: gen.ShiftKind(v.Kind), Title: v.Title, Place: v.Place, TeamName: v.TeamName, ProgrammeName: v.ProgrammeName,
		ContactName: v.ContactName, StartsAt: v.StartsAt, EndsAt: v.EndsAt, OpenFrom: v.OpenFrom, Capacity: v.Capacity, Taken: v.Taken, Waiting: v.Waiting,
		OnlyMembers: v.OnlyMembers, Helps: v.Helps, Invited: v.Invited, State: gen.ShiftState(v.State), Reason: v.Reason, Presence: presenceOf(v),
	}
	if v.ShowsContact() {
		s.ContactPhone = v.ContactPhone
	}
	if v.SignUp != nil {
		s.SignUp = signUpOf(*v.SignUp)
		s.SignUp.Place, s.SignUp.Coming = v.InLine, v.SignUp.SaysComing(v.Shift)
		s.SignUp.SwapUntil = v.SwapUntil
	}
	return s
}

func signUpOf(u domain.SignUp) gen.SignUp {
	return gen.SignUp{SignUpID: u.ID, ShiftID: u.ShiftID, State: gen.SignUpState(u.State), AnswerBy: u.OfferEndsAt, Held: u.Held}
}

func countsOf(c domain.Counts) gen.Counts {
	return gen.Counts{
		SignedUp: c.SignedUp, WalkIns: c.WalkIns, Present: c.Present, Left: c.Left, Forgotten: c.Forgotten, Missing: c.Missing, Confirmed: c.Confirmed,
	}
}
