package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// FindCandidate returns the person whose volunteer number or phone is typed,
// so that an administrator of any region can give them authority, and
// domain.ErrNoVolunteer when there is none. Each answer about somebody is recorded.
func (a *App) FindCandidate(ctx context.Context, typed string) (domain.Volunteer, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Volunteer{}, err
	}
	if !administers(p) {
		return domain.Volunteer{}, domain.ErrNoVolunteer
	}
	// What was typed may be a phone: not even its plain hash is kept.
	request := store.PhoneIndex(a.vault, domain.Phone(typed))
	found, err := idempotency.Do(ctx, a.db, a.clock.Now(), "findGrantCandidate", request, func(q postgres.Querier) (string, error) {
		volunteerID, err := a.findTyped(ctx, q, typed)
		if err != nil {
			return "", err
		}
		return volunteerID, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "volunteer.looked_up", "volunteer", volunteerID, a.clock.Now()).About(volunteerID))
	})
	if err != nil {
		return domain.Volunteer{}, err
	}
	var v domain.Volunteer
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		v, err = store.FindVolunteer(ctx, q, a.vault, found)
		return err
	})
	return v, err
}

func administers(p auth.Principal) bool {
	for _, g := range p.Grants {
		if g.Role == domain.RoleAdministrator && g.RegionPath != "" {
			return true
		}
	}
	return false
}

// findTyped finds a person by phone, or else by volunteer number.
func (a *App) findTyped(ctx context.Context, q postgres.Querier, typed string) (string, error) {
	if phone, err := domain.ParsePhone(typed); err == nil {
		found, err := store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, phone))
		if err != nil || found != "" {
			return found, err
		}
	}
	return store.FindVolunteerByNumber(ctx, q, strings.ToUpper(strings.TrimSpace(typed)))
}
