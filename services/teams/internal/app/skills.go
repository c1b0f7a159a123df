package app

import (
	"context"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListSkills returns the list of skills, those that are no longer offered too.
func (a *App) ListSkills(ctx context.Context) ([]domain.Skill, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	var skills []domain.Skill
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		skills, err = store.ListSkills(ctx, q)
		return err
	})
	return skills, err
}

// KeepSkill adds a skill to the list or changes it, for an administrator of
// the city. It returns domain.ErrSkillThere when another one has the name.
func (a *App) KeepSkill(ctx context.Context, s domain.Skill) (domain.Skill, error) {
	if s.Name = strings.TrimSpace(s.Name); s.Name == "" {
		return domain.Skill{}, apperr.For("name", domain.ErrBlank)
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "putSkill", s, func(q postgres.Querier) (domain.Skill, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return domain.Skill{}, err
		}
		city, err := store.FindCityPath(ctx, q)
		if err != nil {
			return domain.Skill{}, err
		}
		var asks standing
		asks.hold(p, city)
		if !rules[keepSkills](asks) {
			return domain.Skill{}, errNoSkillList
		}
		if err := store.UpsertSkill(ctx, q, s); err != nil {
			return domain.Skill{}, err
		}
		return s, store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "skill.kept", "skill", s.Code, a.clock.Now()))
	})
}

var errNoSkillList = apperr.New(apperr.NotFound, "no_such_skill_list", "没有这个列表。", "There is no such list.")

// SetMySkills keeps what whoever asks can do and when they usually have time.
func (a *App) SetMySkills(ctx context.Context, codes []string, slots domain.Slots) (VolunteerRecord, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return VolunteerRecord{}, err
	}
	codes = slices.Compact(slices.Sorted(slices.Values(codes)))
	if _, err := idempotency.Do(ctx, a.db, a.clock.Now(), "putMySkills", []any{codes, slots}, func(q postgres.Querier) (bool, error) {
		v, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID)
		if err != nil {
			return false, err
		}
		if !v.Here() {
			return false, domain.ErrRecordClosed
		}
		if err := store.ReplaceSkills(ctx, q, v.ID, codes); err != nil {
			return false, err
		}
		return true, store.UpsertSlots(ctx, q, v.ID, slots)
	}); err != nil {
		return VolunteerRecord{}, err
	}
	return a.MyProfile(ctx)
}
