package app

import (
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errOfficeOnly = apperr.New(apperr.Forbidden, "office_only", "只有妇联的管理员和协调员可以审批服务队。", "Only administrators and coordinators of the federation approve teams.")

// MaxApprovals is how many brigades can be approved in one act: more than the
// whole city has.
const MaxApprovals = 2000

// Approvals is what became of a batch. It is kept for a repeat as it is.
type Approvals struct {
	Approved int
	Refused  []RefusedApproval
	More     bool // of the region's there are more than MaxApprovals: ask again
}

// RefusedApproval is a brigade that could not be approved.
type RefusedApproval struct {
	TeamID string
	Name   string // empty for what the officer may not see
	Code   string // of the reason: what ApproveTeam would have returned
}

// Batch says which brigades to approve: those of a list, or all of rosters
// that wait at or below a region.
type Batch struct {
	TeamIDs    []string
	RegionCode string
}

// ApproveTeams approves many brigades at once: read, judged and written as
// sets. What cannot be approved does not hold up the rest and is listed with
// its reason. A list in which nothing is the officer's is domain.ErrNoTeam.
func (a *App) ApproveTeams(ctx context.Context, b Batch) (Approvals, error) {
	b.TeamIDs = slices.Compact(slices.Sorted(slices.Values(b.TeamIDs)))
	return idempotency.Do(ctx, a.db, a.clock.Now(), "approveTeams", b, func(q postgres.Querier) (Approvals, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return Approvals{}, err
		}
		if len(p.RegionsDecided()) == 0 {
			return Approvals{}, errOfficeOnly
		}
		teams, more, err := a.lockBatch(ctx, q, b)
		if err != nil {
			return Approvals{}, err
		}
		approved, refused := a.judgeBatch(p, teams, b.TeamIDs)
		if len(approved) == 0 && len(refused) > 0 && !slices.ContainsFunc(refused, func(r RefusedApproval) bool { return r.Name != "" }) {
			return Approvals{}, domain.ErrNoTeam
		}
		return Approvals{Approved: len(approved), Refused: refused, More: more}, a.keepApproved(ctx, q, p, approved)
	})
}

func (a *App) lockBatch(ctx context.Context, q postgres.Querier, b Batch) (teams []domain.Team, more bool, err error) {
	if b.RegionCode == "" {
		teams, err = store.LockTeams(ctx, q, b.TeamIDs)
		return teams, false, err
	}
	region, err := a.regionFor(ctx, q, decideTeam, b.RegionCode)
	if err != nil {
		return nil, false, err
	}
	teams, err = store.LockSubmittedOfRosters(ctx, q, region.Path, MaxApprovals+1)
	if len(teams) > MaxApprovals {
		return teams[:MaxApprovals], true, err
	}
	return teams, false, err
}

// judgeBatch approves what can be approved. A brigade that is not the
// officer's is refused as if it were not there.
func (a *App) judgeBatch(p auth.Principal, teams []domain.Team, asked []string) (approved []domain.Team, refused []RefusedApproval) {
	now := a.clock.Now()
	seen := map[string]bool{}
	for _, team := range teams {
		if !standingTo(p, team, domain.NoRole).decides() {
			continue
		}
		seen[team.ID] = true
		var reason *apperr.Error
		if errors.As(team.Approve(p.VolunteerID, now), &reason) {
			refused = append(refused, RefusedApproval{TeamID: team.ID, Name: team.Name, Code: reason.Code})
			continue
		}
		approved = append(approved, team)
	}
	for _, id := range asked {
		if !seen[id] {
			refused = append(refused, RefusedApproval{TeamID: id, Code: domain.ErrNoTeam.Code})
		}
	}
	return approved, refused
}

func (a *App) keepApproved(ctx context.Context, q postgres.Querier, p auth.Principal, teams []domain.Team) error {
	if len(teams) == 0 {
		return nil
	}
	if err := store.UpdateTeamStates(ctx, q, teams); err != nil {
		return err
	}
	if err := a.seatFounders(ctx, q, teams); err != nil {
		return err
	}
	now := a.clock.Now()
	records := make([]domain.Record, len(teams))
	for i, team := range teams {
		records[i] = domain.NewRecord(p.VolunteerID, "team.approved", "team", team.ID, now)
	}
	if err := store.InsertRecords(ctx, q, records); err != nil {
		return err
	}
	if err := a.noticeTeams(ctx, q, "team.approved", teams...); err != nil {
		return err
	}
	return a.tellTeams(ctx, q, teams)
}
