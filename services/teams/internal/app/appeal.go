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
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// QueuedAppeal is an appeal with what an officer needs to judge it.
type QueuedAppeal = store.QueuedAppeal

// DecidedAppeal says where an appeal stands. It holds an id only.
type DecidedAppeal struct {
	AppealID string
	State    domain.AppealState
}

// AppealRemoval asks the office to look at the removal of whoever asks.
func (a *App) AppealRemoval(ctx context.Context, membershipID, word string) (DecidedAppeal, error) {
	type request struct{ MembershipID, Word string }
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createAppeal", request{membershipID, word}, func(q postgres.Querier) (DecidedAppeal, error) {
		var appeal domain.Appeal
		_, err := a.ownMembership(ctx, q, membershipID, func(_ domain.Team, m *domain.Membership) (bool, error) {
			var err error
			if appeal, err = m.Appeal(word, a.clock.Now()); err != nil {
				return false, err
			}
			return false, store.InsertAppeal(ctx, q, appeal)
		})
		return DecidedAppeal{AppealID: appeal.ID, State: appeal.State}, err
	})
}

// ListAppeals returns a page of the appeals that wait in a region and below
// it, and where the next page starts. It returns domain.ErrNoRegion to whoever
// does not answer for it.
func (a *App) ListAppeals(ctx context.Context, region string, limit int, after string) (queue []QueuedAppeal, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		r, err := a.regionFor(ctx, q, decideAppeals, region)
		if err != nil {
			return err
		}
		queue, err = store.ListOpenAppeals(ctx, q, r.Path, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(queue) <= limit {
		return queue, "", err
	}
	queue = queue[:limit]
	return queue, queue[limit-1].Appeal.ID, nil
}

// DecideAppeal upholds a removal, or reverses it: the membership comes back.
// Whoever removed and whoever was removed do not decide.
func (a *App) DecideAppeal(ctx context.Context, appealID string, verdict domain.AppealState, reason string) (DecidedAppeal, error) {
	type request struct{ AppealID, Verdict, Reason string }
	return idempotency.Do(ctx, a.db, a.clock.Now(), "decideAppeal", request{appealID, string(verdict), reason}, func(q postgres.Querier) (DecidedAppeal, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return DecidedAppeal{}, err
		}
		team, appeal, err := a.lockAppealFor(ctx, q, appealID)
		if err != nil {
			return DecidedAppeal{}, err
		}
		done := DecidedAppeal{AppealID: appeal.ID, State: verdict}
		changed, err := appeal.Decide(verdict, p.VolunteerID, reason, a.clock.Now())
		if err != nil || !changed {
			return done, err
		}
		if err := store.UpdateAppeal(ctx, q, appeal); err != nil {
			return done, err
		}
		if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "appeal."+string(verdict), "membership", appeal.MembershipID, a.clock.Now()).About(appeal.VolunteerID)); err != nil {
			return done, err
		}
		if verdict == domain.AppealReversed {
			if err := a.reinstate(ctx, q, team, appeal); err != nil {
				return done, err
			}
		}
		return done, a.tellOfAppeal(ctx, q, team, appeal)
	})
}

// tellOfAppeal tells both sides of the decision: the person, and who leads the team.
func (a *App) tellOfAppeal(ctx context.Context, q postgres.Querier, team domain.Team, appeal domain.Appeal) error {
	leaders, err := store.ListLeaderIDs(ctx, q, team.ID)
	if err != nil {
		return err
	}
	kind := domain.NoticeAppealUpheld
	if appeal.State == domain.AppealReversed {
		kind = domain.NoticeAppealReversed
	}
	words := domain.Words{"person": appeal.VolunteerID, "team": team.Name, "team_id": team.ID}
	notices := toAll(leaders, func(volunteerID string) domain.Notice {
		return domain.NewNotice(kind, volunteerID, "membership", appeal.MembershipID, words, a.clock.Now())
	})
	return a.notify(ctx, q, append(notices, a.aboutTeam(domain.NoticeAppealDecided, team, appeal.VolunteerID, appeal.MembershipID))...)
}

func (a *App) lockAppealFor(ctx context.Context, q postgres.Querier, appealID string) (domain.Team, domain.Appeal, error) {
	teamID, err := store.FindAppealTeam(ctx, q, appealID)
	if err != nil {
		return domain.Team{}, domain.Appeal{}, err
	}
	team, err := a.lockTeamFor(ctx, q, decideAppeals, teamID)
	if errors.Is(err, domain.ErrNoTeam) {
		err = domain.ErrNoAppeal
	}
	if err != nil {
		return domain.Team{}, domain.Appeal{}, err
	}
	appeal, err := store.LockAppeal(ctx, q, appealID)
	return team, appeal, err
}

// reinstate brings the membership back, unless the person has come back by
// another way since; what they asked for meanwhile is closed.
func (a *App) reinstate(ctx context.Context, q postgres.Querier, team domain.Team, appeal domain.Appeal) error {
	now := a.clock.Now()
	newest, err := a.lockNewest(ctx, q, team.ID, appeal.VolunteerID)
	if err != nil || newest.State == domain.MembershipActive {
		return err
	}
	if newest.State.Open() {
		newest.Close("", domain.EndingWithdrawn, "", now)
		if err := store.UpdateMembership(ctx, q, newest); err != nil {
			return err
		}
	}
	m, err := store.LockMembership(ctx, q, appeal.MembershipID)
	if err != nil {
		return err
	}
	if err := m.Reinstate(team); err != nil {
		return err
	}
	return a.keepMembership(ctx, q, m, false)
}
