package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errTooManyPapers = apperr.New(apperr.TooMany, "too_many_papers", "今天试的证件号太多了，请明天再来，或带证件到妇联办理。", "Too many identity numbers were tried today; please come back tomorrow, or bring the paper to the office.")

// CorrectMyProfile corrects what is held about whoever asks. The name and the
// paper are theirs to change until they have shown one (domain.ErrIDKept).
func (a *App) CorrectMyProfile(ctx context.Context, c domain.Correction) (VolunteerRecord, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return VolunteerRecord{}, err
	}
	done, err := idempotency.Do(ctx, a.db, a.clock.Now(), "patchMyProfile", a.fingerprint(c), func(q postgres.Querier) (corrected, error) {
		v, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return corrected{}, err
		}
		if taken, err := a.triesAnothers(ctx, q, v, c); err != nil || taken {
			return corrected{IDTaken: taken}, err // committed: it counts
		}
		return corrected{}, a.correct(ctx, q, v, c, "", true)
	})
	if err != nil {
		return VolunteerRecord{}, err
	}
	if done.IDTaken {
		return VolunteerRecord{}, apperr.For("id_number", domain.ErrIDTaken)
	}
	return a.MyProfile(ctx)
}

// corrected is what is kept of a correction for a repeat.
type corrected struct{ IDTaken bool }

// triesAnothers reports whether the number is of a paper that somebody else
// has. Five such tries a day are answered, then none: nobody finds out here
// who is registered.
func (a *App) triesAnothers(ctx context.Context, q postgres.Querier, v domain.Volunteer, c domain.Correction) (bool, error) {
	if c.IDNumber == "" {
		return false, nil
	}
	_, number, err := c.Paper()
	if err != nil {
		return false, err
	}
	tries, err := store.CountRecords(ctx, q, v.ID, "paper.refused", a.clock.Now().Add(-day))
	if err != nil {
		return false, err
	}
	if tries >= 5 {
		return false, errTooManyPapers
	}
	there, err := store.FindVolunteerByPaper(ctx, q, store.IDIndex(a.vault, number))
	if err != nil || there == "" || there == v.ID {
		return false, err
	}
	return true, a.record(ctx, q, "paper.refused", v.ID, "")
}

// CorrectVolunteer corrects a person's record, by an officer of their
// divisions and with a reason that names nobody.
func (a *App) CorrectVolunteer(ctx context.Context, volunteerID string, c domain.Correction, reason string) (VolunteerRecord, error) {
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "patchVolunteer", []any{volunteerID, a.fingerprint(c), reason}, func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, correctVolunteer, volunteerID)
		if err != nil {
			return false, err
		}
		return true, a.correct(ctx, q, v, c, reason, false)
	}); err != nil {
		return VolunteerRecord{}, err
	}
	return a.showAfter(ctx, volunteerID)
}

// fingerprint stands for a correction where it must not be kept as it is: two
// corrections are the same when theirs are.
func (a *App) fingerprint(c domain.Correction) []any {
	of := func(s string) any { return a.vault.BlindIndex("correction", s) }
	return []any{of(c.Name), of(c.RegionCode), of(c.Sex), c.IDKind, of(c.IDNumber)}
}

func (a *App) correct(ctx context.Context, q postgres.Querier, v domain.Volunteer, c domain.Correction, reason string, bySelf bool) error {
	if c.RegionCode != "" {
		if _, err := store.FindRegion(ctx, q, c.RegionCode); errors.Is(err, domain.ErrNoRegion) {
			return apperr.For("region_code", domain.ErrNoRegion)
		} else if err != nil {
			return err
		}
	}
	changed, err := v.Correct(c, bySelf, a.clock.Now())
	if err != nil || !changed {
		return err
	}
	if err := a.holdMinor(ctx, q, &v); err != nil {
		return err
	}
	if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
		return takenNumber(err)
	}
	if err := a.record(ctx, q, "volunteer.corrected", v.ID, reason); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), volunteerChanged(v))
}

// holdMinor lets a minor wait for a guardian, and whoever turns out to be none
// or has a guardian's consent go on.
func (a *App) holdMinor(ctx context.Context, q postgres.Querier, v *domain.Volunteer) error {
	if !v.Minor && v.State != domain.VolunteerWaiting {
		return nil
	}
	consent, err := store.HasGuardianConsent(ctx, q, v.ID)
	if err != nil {
		return err
	}
	if v.Minor && !consent {
		v.Wait()
		return nil
	}
	claimed, err := store.AnySession(ctx, q, v.ID)
	if err != nil {
		return err
	}
	v.Admit(claimed)
	return nil
}

// takenNumber names the input that somebody else has.
func takenNumber(err error) error {
	switch {
	case errors.Is(err, domain.ErrPhoneTaken):
		return apperr.For("phone", domain.ErrPhoneTaken)
	case errors.Is(err, domain.ErrIDTaken):
		return apperr.For("id_number", domain.ErrIDTaken)
	}
	return err
}
