package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// ReadPasted is POST /shifts/{shift_id}/pasted.
func (h *api) ReadPasted(ctx context.Context, r gen.ReadPastedRequestObject) (gen.ReadPastedResponseObject, error) {
	pasted, err := h.app.ReadPasted(ctx, r.ShiftID, r.Body.Text)
	if err != nil {
		return nil, err
	}
	out := gen.Pasted{Lines: []gen.PastedLine{}, Members: []gen.PastedMember{}}
	for _, l := range pasted.Lines {
		line := gen.PastedLine{Text: l.Text, Doubt: gen.PastedLineDoubt(l.Doubt), VolunteerIds: l.IDs}
		if l.Doubt == domain.ChainSure {
			line.Doubt = gen.PastedLineDoubtNone
		}
		if line.VolunteerIds == nil {
			line.VolunteerIds = []string{}
		}
		out.Lines = append(out.Lines, line)
	}
	for _, p := range pasted.Members {
		out.Members = append(out.Members, gen.PastedMember{
			VolunteerID: p.VolunteerID, Name: p.FullName(), Number: p.Number, State: gen.PastedMemberState(pasted.Standings[p.VolunteerID]),
		})
	}
	return gen.ReadPasted200JSONResponse(out), nil
}

// EnterSignUps is POST /shifts/{shift_id}/entered-sign-ups.
func (h *api) EnterSignUps(ctx context.Context, r gen.EnterSignUpsRequestObject) (gen.EnterSignUpsResponseObject, error) {
	entered, err := h.app.EnterSignUps(ctx, r.ShiftID, r.Body.VolunteerIds)
	if err != nil {
		return nil, err
	}
	list := gen.EnteredSignUpList{Items: []gen.EnteredSignUp{}}
	for _, e := range entered {
		list.Items = append(list.Items, gen.EnteredSignUp{VolunteerID: e.VolunteerID, Outcome: outcomeOf(e), Reason: reasonIn(httpserver.LanguageOf(ctx), e)})
	}
	return gen.EnterSignUps200JSONResponse(list), nil
}

func outcomeOf(e app.Entered) gen.EnteredSignUpOutcome {
	switch {
	case e.State == "":
		return gen.EnteredSignUpOutcomeRefused
	case e.Already:
		return gen.EnteredSignUpOutcomeAlready
	default:
		return gen.EnteredSignUpOutcome(e.State)
	}
}

func reasonIn(language string, e app.Entered) string {
	if language == "en" {
		return e.EN
	}
	return e.ZH
}
