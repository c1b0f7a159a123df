package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

// CreateTraining is POST /volunteers/{volunteer_id}/trainings.
func (h *api) CreateTraining(ctx context.Context, r gen.CreateTrainingRequestObject) (gen.CreateTrainingResponseObject, error) {
	c, err := h.app.RecordTraining(ctx, r.VolunteerID, domain.TrainingDraft{
		Title: r.Body.Title, Organiser: r.Body.Organiser, HeldOn: r.Body.HeldOn, Minutes: r.Body.Minutes, CertificateNumber: r.Body.CertificateNumber,
	})
	return gen.CreateTraining201JSONResponse(encodeCredentials(c)), err
}

// WithdrawTraining is POST /trainings/{training_id}/withdraw.
func (h *api) WithdrawTraining(ctx context.Context, r gen.WithdrawTrainingRequestObject) (gen.WithdrawTrainingResponseObject, error) {
	c, err := h.app.WithdrawTraining(ctx, r.TrainingID, r.Body.Reason)
	return gen.WithdrawTraining200JSONResponse(encodeCredentials(c)), err
}

// CreateHonour is POST /volunteers/{volunteer_id}/honours.
func (h *api) CreateHonour(ctx context.Context, r gen.CreateHonourRequestObject) (gen.CreateHonourResponseObject, error) {
	c, err := h.app.RecordHonour(ctx, r.VolunteerID, domain.HonourDraft{
		Title: r.Body.Title, Level: string(r.Body.Level), Issuer: r.Body.Issuer, AwardedOn: r.Body.AwardedOn, DocumentNumber: r.Body.DocumentNumber,
	})
	return gen.CreateHonour201JSONResponse(encodeCredentials(c)), err
}

// WithdrawHonour is POST /honours/{honour_id}/withdraw.
func (h *api) WithdrawHonour(ctx context.Context, r gen.WithdrawHonourRequestObject) (gen.WithdrawHonourResponseObject, error) {
	c, err := h.app.WithdrawHonour(ctx, r.HonourID, r.Body.Reason)
	return gen.WithdrawHonour200JSONResponse(encodeCredentials(c)), err
}

func encodeNotes(c app.Credentials) ([]gen.Training, []gen.Honour) {
	trainings, honours := make([]gen.Training, len(c.Trainings)), make([]gen.Honour, len(c.Honours))
	for i, t := range c.Trainings {
		trainings[i] = gen.Training{
			TrainingID: t.ID, Title: t.Title, Organiser: t.Organiser, HeldOn: dayOf(t.HeldOn), Minutes: t.Minutes, CertificateNumber: t.CertificateNumber,
			Withdrawn: !t.WithdrawnAt.IsZero(), Reason: t.Reason,
		}
	}
	for i, h := range c.Honours {
		honours[i] = gen.Honour{
			HonourID: h.ID, Title: h.Title, Level: gen.HonourLevel(h.Level), Issuer: h.Issuer, AwardedOn: dayOf(h.AwardedOn), DocumentNumber: h.DocumentNumber,
			Withdrawn: !h.WithdrawnAt.IsZero(), Reason: h.Reason,
		}
	}
	return trainings, honours
}
