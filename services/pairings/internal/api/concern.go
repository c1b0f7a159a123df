package api

import (
	"bytes"
	"context"
	"encoding/base64"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

// GetSealingKey is GET /sealing-key.
func (h handlers) GetSealingKey(ctx context.Context, _ gen.GetSealingKeyRequestObject) (gen.GetSealingKeyResponseObject, error) {
	key, err := h.app.SealingKey(ctx)
	if err != nil {
		return nil, err
	}
	return gen.GetSealingKey200JSONResponse{PublicKey: base64.RawURLEncoding.EncodeToString(key)}, nil
}

// SendSealed is POST /sealed-messages.
func (h handlers) SendSealed(ctx context.Context, r gen.SendSealedRequestObject) (gen.SendSealedResponseObject, error) {
	answer, err := h.app.SendSealed(ctx, r.Body.MessageID, r.Body.Envelope)
	if err != nil {
		return nil, err
	}
	return gen.SendSealed201JSONResponse{Answer: answer}, nil
}

// ListHelpNumbers is GET /help-numbers.
func (h handlers) ListHelpNumbers(ctx context.Context, _ gen.ListHelpNumbersRequestObject) (gen.ListHelpNumbersResponseObject, error) {
	numbers, err := h.app.ListHelpNumbers(ctx)
	if err != nil {
		return nil, err
	}
	list := gen.HelpNumberList{Items: make([]gen.HelpNumber, len(numbers))}
	for i, n := range numbers {
		list.Items[i] = gen.HelpNumber{Phone: n.Phone, Zh: n.ZH, En: n.EN}
	}
	return gen.ListHelpNumbers200JSONResponse(list), nil
}

// SetHelpNumbers is PUT /help-numbers.
func (h handlers) SetHelpNumbers(ctx context.Context, r gen.SetHelpNumbersRequestObject) (gen.SetHelpNumbersResponseObject, error) {
	numbers := make([]domain.HelpNumber, len(r.Body.Numbers))
	for i, n := range r.Body.Numbers {
		numbers[i] = domain.HelpNumber{Phone: n.Phone, ZH: n.Zh, EN: n.En}
	}
	if err := h.app.SetHelpNumbers(ctx, r.Body.RegionCode, numbers); err != nil {
		return nil, err
	}
	return gen.SetHelpNumbers204Response{}, nil
}

// ListConcerns is GET /concerns.
func (h handlers) ListConcerns(ctx context.Context, r gen.ListConcernsRequestObject) (gen.ListConcernsResponseObject, error) {
	page, err := h.app.ListConcerns(ctx, app.ListQuery{Part: string(r.Params.Part), After: r.Params.After, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	list := gen.ConcernList{
		Items: make([]gen.ListedConcern, len(page.Items)), Next: page.Next,
		Counts: gen.ConcernCounts{Raised: page.Counts["raised"], Reported: page.Counts["reported"], Closed: page.Counts["closed"]},
	}
	for i, c := range page.Items {
		list.Items[i] = concernOf(c)
	}
	return gen.ListConcerns200JSONResponse(list), nil
}

func concernOf(c app.ListedConcern) gen.ListedConcern {
	return gen.ListedConcern{
		ConcernID: c.ID, Number: c.Number, RegionName: c.RegionName, Danger: c.Danger, State: gen.ListedConcernState(c.State), SeenAt: c.SeenAt, ArrivedAt: c.ArrivedAt,
		ReportedAt: c.ReportedAt, DueAt: c.DueAt, Overdue: c.Overdue(), HandlerName: c.HandlerName, Mine: c.Mine, MayTake: c.MayTake, MayClose: c.MayClose,
		Outcome: c.Outcome, ClosedAt: c.ClosedAt,
	}
}

// OpenConcern is GET /concerns/{concern_id}.
func (h handlers) OpenConcern(ctx context.Context, r gen.OpenConcernRequestObject) (gen.OpenConcernResponseObject, error) {
	o, err := h.app.OpenConcern(ctx, r.ConcernID)
	if err != nil {
		return nil, err
	}
	opened := gen.OpenedConcern{
		Listed: concernOf(o.ListedConcern), Situation: o.Told.Situation, Text: o.Told.Text, About: o.Told.About, Place: o.Told.Place,
		Steps: make([]gen.ConcernStep, len(o.Steps)),
	}
	for i, s := range o.Steps {
		opened.Steps[i] = gen.ConcernStep{
			Kind: gen.ConcernStepKind(s.Kind), ByName: s.ByName, At: s.At, Authority: gen.Authority(s.Authority), ToldAt: s.ToldAt,
			Contact: s.Contact, Receipt: s.Receipt, Note: s.Note,
		}
	}
	if c := o.Child; c != nil {
		opened.Child = gen.ConcernChild{
			Number: c.Number, Name: c.Person.Name, Sex: gen.Sex(c.Sex), BornOn: c.Person.BornOn, RegionName: c.RegionName, Address: c.Person.Address,
			Guardian: adultTo(c.Circle.Guardian), Carer: adultTo(c.Circle.Carer),
		}
	}
	return gen.OpenConcern200JSONResponse(opened), nil
}

// TakeConcern is PUT /concerns/{concern_id}/handler.
func (h handlers) TakeConcern(ctx context.Context, r gen.TakeConcernRequestObject) (gen.TakeConcernResponseObject, error) {
	if err := h.app.TakeConcern(ctx, r.ConcernID); err != nil {
		return nil, err
	}
	return gen.TakeConcern204Response{}, nil
}

// ActOnConcern is POST /concerns/{concern_id}/steps.
func (h handlers) ActOnConcern(ctx context.Context, r gen.ActOnConcernRequestObject) (gen.ActOnConcernResponseObject, error) {
	b := r.Body
	stepID, err := h.app.ActOnConcern(ctx, r.ConcernID, domain.NewStep{
		Kind: domain.StepKind(b.Kind), Authority: string(b.Authority), ToldAt: b.ToldAt,
		StepNote: domain.StepNote{Contact: b.Contact, Receipt: b.Receipt, Note: b.Note},
	})
	if err != nil {
		return nil, err
	}
	return gen.ActOnConcern201JSONResponse{StepID: stepID}, nil
}

// SetConcernChild is PUT /concerns/{concern_id}/child.
func (h handlers) SetConcernChild(ctx context.Context, r gen.SetConcernChildRequestObject) (gen.SetConcernChildResponseObject, error) {
	if err := h.app.SetConcernChild(ctx, r.ConcernID, r.Body.Number); err != nil {
		return nil, err
	}
	return gen.SetConcernChild204Response{}, nil
}

// ShowReporter is POST /concerns/{concern_id}/reporter.
func (h handlers) ShowReporter(ctx context.Context, r gen.ShowReporterRequestObject) (gen.ShowReporterResponseObject, error) {
	reporter, err := h.app.ShowReporter(ctx, r.ConcernID, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return gen.ShowReporter200JSONResponse{Name: reporter.Name, Phone: reporter.Phone}, nil
}

// PrintConcern is POST /concerns/{concern_id}/paper.
func (h handlers) PrintConcern(ctx context.Context, r gen.PrintConcernRequestObject) (gen.PrintConcernResponseObject, error) {
	pdf, err := h.app.PrintConcern(ctx, r.ConcernID)
	if err != nil {
		return nil, err
	}
	return gen.PrintConcern200ApplicationOctetStreamResponse{Body: bytes.NewReader(pdf), ContentLength: int64(len(pdf))}, nil
}

// CloseConcern is PUT /concerns/{concern_id}/outcome.
func (h handlers) CloseConcern(ctx context.Context, r gen.CloseConcernRequestObject) (gen.CloseConcernResponseObject, error) {
	if err := h.app.CloseConcern(ctx, r.ConcernID, string(r.Body.Outcome), r.Body.Note); err != nil {
		return nil, err
	}
	return gen.CloseConcern204Response{}, nil
}
