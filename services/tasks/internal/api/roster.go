package api

import (
	"context"
	"net/http"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

// GetRoster is GET /shifts/{shift_id}/roster.
func (h *api) GetRoster(ctx context.Context, r gen.GetRosterRequestObject) (gen.GetRosterResponseObject, error) {
	roster, err := h.app.FindRoster(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return gen.GetRoster200JSONResponse(rosterOf(roster)), nil
}

// ConfirmShift is POST /shifts/{shift_id}/confirm.
func (h *api) ConfirmShift(ctx context.Context, r gen.ConfirmShiftRequestObject) (gen.ConfirmShiftResponseObject, error) {
	c := app.Confirmation{PeopleServed: r.Body.PeopleServed}
	for _, d := range r.Body.Decisions {
		c.Decisions = append(c.Decisions, app.Decision{
			AttendanceID: d.AttendanceID, Verdict: app.Verdict(d.Verdict), EndedAt: d.EndedAt, Reason: d.Reason,
		})
	}
	roster, err := h.app.ConfirmShift(ctx, r.ShiftID, c)
	if err != nil {
		return nil, err
	}
	return gen.ConfirmShift200JSONResponse(rosterOf(roster)), nil
}

// FollowShift is GET /shifts/{shift_id}/live.
func (h *api) FollowShift(ctx context.Context, r gen.FollowShiftRequestObject) (gen.FollowShiftResponseObject, error) {
	counts, wake, stop, err := h.app.WatchShift(ctx, r.ShiftID)
	if err != nil {
		return nil, err
	}
	return shiftStream{ctx: ctx, counts: counts, wake: wake, stop: stop}, nil
}

// shiftStream answers FollowShift for as long as the page is open.
type shiftStream struct {
	ctx    context.Context //nolint:containedctx // the generated interface hands the writer over without it
	counts func(context.Context) (domain.Counts, error)
	wake   <-chan struct{}
	stop   func()
}

// VisitFollowShiftResponse streams the shift's counts.
func (s shiftStream) VisitFollowShiftResponse(w http.ResponseWriter) error {
	defer s.stop()
	return httpserver.Stream(s.ctx, w, "counts", s.wake, func(ctx context.Context) (any, error) {
		c, err := s.counts(ctx)
		return countsOf(c), err
	})
}

func rosterOf(r app.Roster) gen.Roster {
	roster := gen.Roster{
		TeamID: r.TeamID, Whole: r.Whole, Shift: shiftOf(r.Shift), Counts: countsOf(r.Counts), PeopleServed: r.Shift.PeopleServed, Lines: []gen.RosterLine{}, Doubts: []gen.DoubtedClaim{},
	}
	for _, l := range r.Lines {
		line := gen.RosterLine{
			VolunteerID: l.VolunteerID, Name: l.Person.FullName(), Initials: pinyin.Initials(l.Person.FullName()), Number: l.Person.Number,
			Phone: l.Person.PhoneMasked, State: gen.RosterLineStateExpected, WalkIn: l.WalkIn, Exception: gen.RosterLineException(l.Exception), RowCode: l.RowCode,
		}
		if at := l.Attendance; at != nil {
			line.AttendanceID, line.State = at.ID, gen.RosterLineState(at.State)
			line.CheckedInAt, line.CheckedOutAt, line.UndoUntil, line.Reason = at.CheckedInAt, at.CheckedOutAt, at.UndoUntil(), at.Reason
			line.Yours, line.Turn = l.Yours, gen.RosterLineTurn(at.Turn)
			line.Minutes, line.Proof = worth(r.Shift.Shift, *at), gen.RosterLineProof(r.Shift.ProofOf(*at))
		}
		if c := l.Corrected; c != nil {
			line.State, line.CorrectedMinutes, line.CorrectedAt = gen.RosterLineStateCorrected, c.Minutes, c.At
		}
		roster.Lines = append(roster.Lines, line)
	}
	for _, d := range r.Doubts {
		doubt := gen.DoubtedClaim{
			ClaimID: d.ClaimID, VolunteerID: d.VolunteerID, Name: d.Person.FullName(), Kind: gen.DoubtedClaimKind(d.Kind),
			Doubt: gen.DoubtedClaimDoubt(d.Doubt), At: d.At, ReceivedAt: d.ReceivedAt, UndoUntil: d.Look.UndoUntil(),
		}
		if !d.Look.Waits() {
			doubt.Verdict = gen.DoubtedClaimVerdict(d.Look.Verdict)
		}
		roster.Doubts = append(roster.Doubts, doubt)
	}
	return roster
}

// ListConfirmations is GET /confirmations.
func (h *api) ListConfirmations(ctx context.Context, r gen.ListConfirmationsRequestObject) (gen.ListConfirmationsResponseObject, error) {
	waiting, err := h.app.ListWaitingShifts(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	list := gen.ConfirmationList{Items: []gen.WaitingShift{}}
	for _, w := range waiting {
		list.Items = append(list.Items, gen.WaitingShift{Shift: shiftOf(w.ShiftView), Waiting: w.Waiting, Township: w.Township})
	}
	return gen.ListConfirmations200JSONResponse(list), nil
}
