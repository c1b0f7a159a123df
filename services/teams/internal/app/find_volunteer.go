package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// historyLength is how many lines of a person's history are shown.
const historyLength = 50

// VolunteerRecord is what may be seen of a person without a purpose: the
// numbers are to be shown masked.
type VolunteerRecord struct {
	Volunteer domain.Volunteer
	Region    domain.Region // home; zero when not told
	Teams     []store.TeamOf
	Skills    []string
	Slots     domain.Slots
	Guardians []domain.GuardianConsent
	History   []store.HistoryLine // for officers
	Officer   bool                // whoever asks may correct, merge and so on
}

// FindVolunteer returns a person's record for officers of their divisions and
// leaders of their teams, and domain.ErrNoVolunteer to everybody else.
func (a *App) FindVolunteer(ctx context.Context, volunteerID string) (VolunteerRecord, error) {
	var record VolunteerRecord
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		v, s, err := a.volunteerBy(ctx, q, seeVolunteer, volunteerID, store.FindVolunteer)
		if err != nil {
			return err
		}
		if record, err = a.readRecord(ctx, q, v); err != nil || !rules[seeHistory](s) {
			return err
		}
		record.Officer = rules[correctVolunteer](s)
		record.History, err = store.ListHistory(ctx, q, volunteerID, historyLength)
		return err
	})
	return record, err
}

// showAfter returns the record that was just changed, to whoever changed it:
// also when the change has moved it out of their divisions, then without what
// only officers of the person see.
func (a *App) showAfter(ctx context.Context, volunteerID string) (VolunteerRecord, error) {
	record, err := a.FindVolunteer(ctx, volunteerID)
	if !errors.Is(err, domain.ErrNoVolunteer) {
		return record, err
	}
	return a.plainRecord(ctx, volunteerID)
}

// MyProfile returns the record of whoever asks.
func (a *App) MyProfile(ctx context.Context) (VolunteerRecord, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return VolunteerRecord{}, err
	}
	return a.plainRecord(ctx, p.VolunteerID)
}

func (a *App) plainRecord(ctx context.Context, volunteerID string) (VolunteerRecord, error) {
	var record VolunteerRecord
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
		if err != nil {
			return err
		}
		record, err = a.readRecord(ctx, q, v)
		return err
	})
	return record, err
}

func (a *App) readRecord(ctx context.Context, q postgres.Querier, v domain.Volunteer) (record VolunteerRecord, err error) {
	record.Volunteer = v
	if v.RegionCode != "" {
		if record.Region, err = store.FindRegion(ctx, q, v.RegionCode); err != nil {
			return record, err
		}
	}
	if record.Teams, err = store.ListTeamsOf(ctx, q, v.ID); err != nil {
		return record, err
	}
	if record.Skills, err = store.ListSkillsOf(ctx, q, v.ID); err != nil {
		return record, err
	}
	if record.Slots, err = store.FindSlots(ctx, q, v.ID); err != nil {
		return record, err
	}
	record.Guardians, err = store.ListGuardianConsents(ctx, q, a.vault, v.ID)
	return record, err
}

// FullRecord is what must not be seen without a purpose.
type FullRecord struct {
	Phone    domain.Phone
	IDKind   domain.IDKind // empty for a leader
	IDNumber string        // empty for a leader
	Guardian domain.GuardianConsent
}

// ReadVolunteer returns the numbers of a person in full, for a purpose, one of
// the contract's. That it was read stands in the audit before anything is
// returned. A leader sees whom to call; the paper is for officers only.
func (a *App) ReadVolunteer(ctx context.Context, volunteerID, purpose string) (FullRecord, error) {
	var full FullRecord
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		v, s, err := a.volunteerBy(ctx, q, readPhone, volunteerID, store.FindVolunteer)
		if err != nil {
			return err
		}
		full.Phone = v.Phone
		if rules[readPaper](s) {
			full.IDKind, full.IDNumber = v.IDKind, v.IDNumber
		}
		guardians, err := store.ListGuardianConsents(ctx, q, a.vault, v.ID)
		if err != nil {
			return err
		}
		if len(guardians) > 0 && guardians[0].WithdrawnAt.IsZero() {
			full.Guardian = guardians[0]
		}
		return a.record(ctx, q, "volunteer.read", v.ID, purpose)
	})
	if err != nil {
		return FullRecord{}, err // nothing is shown that was not recorded
	}
	return full, nil
}

// record adds a line of the audit about a person, by whoever asks.
func (a *App) record(ctx context.Context, q postgres.Querier, what, volunteerID, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, what, "volunteer", volunteerID, a.clock.Now()).About(volunteerID).Because(reason))
}
