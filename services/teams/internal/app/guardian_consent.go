package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// GuardianDraft is what the guardian's signed paper says.
type GuardianDraft struct {
	Name, Phone, Relation  string
	FormNumber, ArchivedAt string
}

func (g GuardianDraft) consent(volunteerID, recordedBy string) domain.GuardianConsent {
	return domain.GuardianConsent{
		VolunteerID: volunteerID, GuardianName: g.Name, Relation: g.Relation,
		FormNumber: g.FormNumber, ArchivedAt: g.ArchivedAt, RecordedBy: recordedBy,
	}
}

// RecordGuardianConsent keeps that a minor's guardian has agreed on paper, and
// lets the minor in who waited for it. An earlier consent ends by it. It
// returns domain.ErrNoMinor, and what is wrong by input.
func (a *App) RecordGuardianConsent(ctx context.Context, volunteerID string, g GuardianDraft) (VolunteerRecord, error) {
	content := []any{volunteerID, a.vault.BlindIndex("guardian", g.Name+"\n"+g.Phone), g.Relation, g.FormNumber, g.ArchivedAt}
	return a.changeGuardian(ctx, "createGuardianConsent", volunteerID, content, func(q postgres.Querier, v *domain.Volunteer) error {
		if !v.Minor || !v.Here() {
			return domain.ErrNoMinor
		}
		if _, err := store.WithdrawGuardianConsent(ctx, q, v.ID, a.clock.Now()); err != nil {
			return err
		}
		return a.keepGuardianConsent(ctx, q, v.ID, g)
	})
}

// WithdrawGuardianConsent ends a guardian's consent, and what the guardian
// agreed to separately: the minor waits again. Without one nothing changes.
func (a *App) WithdrawGuardianConsent(ctx context.Context, volunteerID string) (VolunteerRecord, error) {
	return a.changeGuardian(ctx, "withdrawGuardianConsent", volunteerID, volunteerID, func(q postgres.Querier, v *domain.Volunteer) error {
		if ended, err := store.WithdrawGuardianConsent(ctx, q, v.ID, a.clock.Now()); err != nil || !ended {
			return err
		}
		if err := a.endGuardiansWord(ctx, q, v); err != nil {
			return err
		}
		return a.record(ctx, q, "guardian_consent.withdrawn", v.ID, "")
	})
}

func (a *App) keepGuardianConsent(ctx context.Context, q postgres.Querier, volunteerID string, g GuardianDraft) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	consent, err := domain.NewGuardianConsent(id.New(), g.consent(volunteerID, p.VolunteerID), g.Phone, a.clock.Now())
	if err != nil {
		return err
	}
	if err := store.InsertGuardianConsent(ctx, q, a.vault, consent); err != nil {
		return err
	}
	return a.record(ctx, q, "guardian_consent.recorded", volunteerID, "")
}

// changeGuardian changes something about a person's guardian and what follows
// from it for the person.
func (a *App) changeGuardian(ctx context.Context, operation, volunteerID string, content any, change func(q postgres.Querier, v *domain.Volunteer) error) (VolunteerRecord, error) {
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, content, func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, recordGuardian, volunteerID)
		if err != nil {
			return false, err
		}
		before := v.Version
		if err := change(q, &v); err != nil {
			return false, err
		}
		if err := a.holdMinor(ctx, q, &v); err != nil || v.Version == before {
			return true, err
		}
		if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
			return false, err
		}
		return true, outbox.Append(ctx, q, a.clock.Now(), volunteerChanged(v))
	}); err != nil {
		return VolunteerRecord{}, err
	}
	return a.showAfter(ctx, volunteerID)
}
