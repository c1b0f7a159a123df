package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ClaimQualification keeps a paper that whoever asks says they have; it waits
// for an officer. It returns domain.ErrQualificationWaits when one of its kind
// waits already, and what is wrong by input.
func (a *App) ClaimQualification(ctx context.Context, paper domain.Paper) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createMyQualification", a.content(p.VolunteerID, paper), func(q postgres.Querier) (bool, error) {
		v, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return false, err
		}
		f, err := a.newQualification(ctx, q, v, p.VolunteerID, paper)
		if err != nil {
			return false, err
		}
		return true, a.addQualification(ctx, q, f, "qualification.applied")
	}); err != nil {
		return Credentials{}, err
	}
	return a.MyCredentials(ctx)
}

// RecordQualification keeps a paper that an officer has seen: it is confirmed
// by being written down. It returns domain.ErrNoVolunteer to whoever does not
// answer for the person, and domain.ErrOwnQualification.
func (a *App) RecordQualification(ctx context.Context, volunteerID string, paper domain.Paper) (Credentials, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Credentials{}, err
	}
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "createQualification", a.content(volunteerID, paper), func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, decideCredentials, volunteerID)
		if err != nil {
			return false, err
		}
		f, err := a.newQualification(ctx, q, v, p.VolunteerID, paper)
		if err != nil {
			return false, err
		}
		if _, err := f.Decide(domain.QualificationConfirmed, p.VolunteerID, "", a.clock.Now()); err != nil {
			return false, err
		}
		f.Version = 1
		if err := a.addQualification(ctx, q, f, "qualification.recorded"); err != nil {
			return false, err
		}
		return true, a.noticeQualification(ctx, q, f)
	}); err != nil {
		return Credentials{}, err
	}
	return a.FindCredentials(ctx, volunteerID)
}

// content is what makes two requests the same, without the paper's number.
func (a *App) content(volunteerID string, paper domain.Paper) []any {
	index := a.vault.BlindIndex("paper", paper.Number)
	paper.Number = ""
	return []any{volunteerID, paper, index}
}

func (a *App) newQualification(ctx context.Context, q postgres.Querier, v domain.Volunteer, by string, paper domain.Paper) (domain.Qualification, error) {
	if !v.Here() {
		return domain.Qualification{}, domain.ErrRecordClosed
	}
	kind, err := store.FindQualificationKind(ctx, q, paper.Kind)
	if errors.Is(err, domain.ErrNoQualificationKind) {
		err = apperr.For("kind", domain.ErrNoQualificationKind)
	}
	if err != nil {
		return domain.Qualification{}, err
	}
	return domain.NewQualification(id.New(), v.ID, by, kind, paper, a.clock.Now())
}

func (a *App) addQualification(ctx context.Context, q postgres.Querier, f domain.Qualification, what string) error {
	if err := store.InsertQualification(ctx, q, a.vault, f); err != nil {
		return err
	}
	return a.tellQualification(ctx, q, f, f.ClaimedBy, what)
}

// tellQualification records what was done to a paper and tells the services.
func (a *App) tellQualification(ctx context.Context, q postgres.Querier, f domain.Qualification, by, what string) error {
	now := a.clock.Now()
	if err := store.InsertRecord(ctx, q, domain.NewRecord(by, what, "qualification", f.ID, now).About(f.VolunteerID)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, qualificationChanged(f))
}

// noticeQualification tells the person what an officer did to a paper of theirs.
func (a *App) noticeQualification(ctx context.Context, q postgres.Querier, f domain.Qualification) error {
	kind, err := store.FindQualificationKind(ctx, q, f.Kind)
	if err != nil {
		return err
	}
	words := domain.Words{"qualification": kind.Name, "outcome": string(f.State)}
	return a.notify(ctx, q, domain.NewNotice(domain.NoticePaperDecided, f.VolunteerID, "qualification", f.ID, words, a.clock.Now()))
}

// moveQualifications gives the papers of a record that goes to the one that
// stays, and tells the services. Papers that turn out to be confirmed by their
// own person wait again.
func (a *App) moveQualifications(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	papers, err := store.LockQualificationsOf(ctx, q, a.vault, goneID, survivorID)
	if err != nil || len(papers) == 0 {
		return err
	}
	records, err := store.ListRecordsOf(ctx, q, goneID, survivorID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	for _, f := range domain.MoveQualifications(papers, survivorID, records, p.VolunteerID, now) {
		if err := store.UpdateQualification(ctx, q, f); err != nil {
			return err
		}
		if err := outbox.Append(ctx, q, now, qualificationChanged(f)); err != nil {
			return err
		}
	}
	return nil
}
