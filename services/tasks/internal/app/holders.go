package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// holdersOf returns the brigades that hold the activity of a shift: without one
// that joined, the host as it posted.
func holdersOf(ctx context.Context, q postgres.Querier, l domain.Listing) ([]domain.Holder, error) {
	joined, err := store.ListJoined(ctx, q, []string{l.TaskID})
	if err != nil {
		return nil, err
	}
	if len(joined) == 0 {
		return []domain.Holder{{
			TeamID: l.TeamID, Name: l.TeamName, RegionPath: l.RegionPath, ReportingUnit: l.ReportingUnit, Host: true, Originals: []string{l.TeamID},
		}}, nil
	}
	return store.ListHolders(ctx, q, l.TaskID)
}

// isOf reports whether a person is in one of the brigades that hold a task.
func isOf(members map[store.Member]bool, holders []domain.Holder, p domain.Person) bool {
	return slices.ContainsFunc(holders, func(h domain.Holder) bool { return isIn(members, h, p) })
}

func isIn(members map[store.Member]bool, h domain.Holder, p domain.Person) bool {
	return isMember(members, h.TeamID, p) || slices.ContainsFunc(h.Originals, func(id string) bool { return isMember(members, id, p) })
}

// credits returns to which brigade the hours of each of these people at a task go.
func credits(ctx context.Context, q postgres.Querier, l domain.Listing, volunteerIDs []string) (map[string]domain.Holder, error) {
	holders, err := holdersOf(ctx, q, l)
	if err != nil {
		return nil, err
	}
	to := make(map[string]domain.Holder, len(volunteerIDs))
	if len(holders) == 1 {
		for _, id := range volunteerIDs {
			to[id] = holders[0]
		}
		return to, nil
	}
	persons, err := store.FindPersons(ctx, q, volunteerIDs)
	if err != nil {
		return nil, err
	}
	found, err := standingsAmong(ctx, q, l.TaskID, holders, slices.Collect(maps.Values(persons)))
	if err != nil {
		return nil, err
	}
	for _, id := range volunteerIDs {
		to[id] = found(persons[id]).Credited
	}
	return to, nil
}

// Standing is how a person stands with the brigades that hold a task.
type Standing struct {
	In       []domain.Holder // of which they are a member
	Credited domain.Holder   // which has their hours
}

func (a *App) standingOf(ctx context.Context, q postgres.Querier, taskID string, p domain.Person) (Standing, error) {
	holders, err := store.ListHolders(ctx, q, taskID)
	if err != nil {
		return Standing{}, err
	}
	found, err := standingsAmong(ctx, q, taskID, holders, []domain.Person{p})
	if err != nil {
		return Standing{}, err
	}
	return found(p), nil
}

// standingsAmong returns how each of these people stands with the holders of a task.
func standingsAmong(ctx context.Context, q postgres.Querier, taskID string, holders []domain.Holder, persons []domain.Person) (func(domain.Person) Standing, error) {
	members, err := store.ListMembers(ctx, q, recordsOf(persons))
	if err != nil {
		return nil, err
	}
	choices, err := store.ListChoices(ctx, q, taskID, recordsOf(persons))
	return func(p domain.Person) (s Standing) {
		chosen := ""
		for _, record := range p.IDs() {
			chosen = cmp.Or(chosen, choices[record])
		}
		member := func(h domain.Holder) bool { return isIn(members, h, p) }
		for _, h := range holders {
			if member(h) {
				s.In = append(s.In, h)
			}
		}
		s.Credited = domain.CreditsTo(holders, member, chosen)
		return s
	}, err
}

// helps reports whether the reader leads a brigade that joined the activity.
func (c crew) helps(ctx context.Context, q postgres.Querier, l domain.Listing) (bool, error) {
	if len(c.led) == 0 {
		return false, nil
	}
	joined, err := store.ListJoined(ctx, q, []string{l.TaskID})
	return slices.ContainsFunc(joined[l.TaskID], c.leads), err
}

// atGate returns nil when the reader leads a brigade that holds the activity,
// as host or having joined it; else refused.
func (c crew) atGate(ctx context.Context, q postgres.Querier, l domain.Listing, refused error) error {
	if c.leads(l.TeamID) {
		return nil
	}
	helps, err := c.helps(ctx, q, l)
	if err == nil && !helps {
		err = refused
	}
	return err
}
