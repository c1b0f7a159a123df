package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RecordHonour writes down what somebody was honoured with, by an officer who
// answers for them and is not them, and tells them. It returns
// domain.ErrNoVolunteer, domain.ErrOwnRecord, and what is wrong by input.
func (a *App) RecordHonour(ctx context.Context, volunteerID string, d domain.HonourDraft) (Credentials, error) {
	return a.noteDown(ctx, "createHonour", volunteerID, d, func(q postgres.Querier, by string) (string, error) {
		h, err := domain.NewHonour(id.New(), volunteerID, by, d, a.clock.Now())
		if err != nil {
			return "", err
		}
		if err := store.InsertHonour(ctx, q, h); err != nil {
			return "", err
		}
		return "honour.recorded", a.noticeHonour(ctx, q, h, "recorded")
	})
}

// WithdrawHonour says that an honour was written down wrongly or was taken
// back by whoever gave it, and tells the person. The line stays.
func (a *App) WithdrawHonour(ctx context.Context, honourID, reason string) (Credentials, error) {
	return a.crossOut(ctx, "withdrawHonour", honourID, reason, func(q postgres.Querier, by string) (string, error) {
		h, err := store.LockHonour(ctx, q, honourID)
		if err != nil {
			return "", err
		}
		if err := a.mayCrossOut(ctx, q, h.VolunteerID, domain.ErrNoHonour); err != nil {
			return "", err
		}
		changed, err := h.Withdraw(by, reason, a.clock.Now())
		if err != nil || !changed {
			return h.VolunteerID, err
		}
		if err := store.UpdateHonour(ctx, q, h); err != nil {
			return "", err
		}
		if err := a.record(ctx, q, "honour.withdrawn", h.VolunteerID, ""); err != nil {
			return "", err
		}
		return h.VolunteerID, a.noticeHonour(ctx, q, h, "withdrawn")
	})
}

func (a *App) noticeHonour(ctx context.Context, q postgres.Querier, h domain.Honour, outcome string) error {
	words := domain.Words{"honour": h.Title, "outcome": outcome}
	return a.notify(ctx, q, domain.NewNotice(domain.NoticeHonourChanged, h.VolunteerID, "honour", h.ID, words, a.clock.Now()))
}

// moveNotes gives the trainings, honours and complaints of a record that goes to the one that stays.
func (a *App) moveNotes(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	records, err := store.ListRecordsOf(ctx, q, goneID, survivorID)
	if err != nil {
		return err
	}
	move := store.Move{GoneID: goneID, SurvivorID: survivorID, Records: records, By: p.VolunteerID, At: a.clock.Now()}
	if err := store.MoveTrainings(ctx, q, move); err != nil {
		return err
	}
	if err := store.MoveHonours(ctx, q, move); err != nil {
		return err
	}
	return store.MoveComplaints(ctx, q, move)
}
