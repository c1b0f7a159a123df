package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// A confirmed roster is applied in three steps (docs/adr/0026):
//
//  1. It is judged again, as things are now. When it no longer comes to what
//     its uploader confirmed, it goes back to her. What it changes is staged in
//     chunks, each a short transaction, where nobody sees it.
//  2. One transaction moves all of it into the tables: everybody sees the whole
//     roster or nothing. Rows changed since they were judged undo it.
//  3. The other services are told, chunk by chunk; what was told is taken off
//     the stage in the same transaction, so that a stop loses nothing and the
//     next start goes on.

// stageAtOnce is how many rows a chunk of steps 1 and 3 has: a fraction of a
// second, numbers sealed, because an open write holds up the events of all
// services, and far below the ten that a statement may take.
const stageAtOnce = 1000

var errOutdated = errors.New("what the roster was compared with has changed")

func (w *importWork) apply(ctx context.Context) error {
	judged, err := w.judgeNow(ctx)
	if err != nil {
		return err
	}
	if !w.asConfirmed(judged.report) {
		return w.handBack(ctx, judged, true)
	}
	if err := w.stageAll(ctx, judged.plan); err != nil {
		return err
	}
	started := time.Now()
	err = w.db.InTx(ctx, func(q postgres.Querier) error { return w.makeTrue(ctx, q, judged.report) })
	if errors.Is(err, errOutdated) {
		return w.finish(ctx, func(i *domain.Import) { i.State, i.Outdated = domain.ImportWaiting, true })
	}
	if err != nil {
		return err
	}
	w.log.InfoContext(ctx, "a roster was applied", "import", w.ID, "rows", judged.report.Rows, "ms", time.Since(started).Milliseconds())
	return nil // taken up again at once, to be told
}

// asConfirmed reports whether the roster still comes to what was confirmed.
func (w *importWork) asConfirmed(now roster.Report) bool {
	var then roster.Report
	if json.Unmarshal(w.Report, &then) != nil {
		return false
	}
	return then.Rows == now.Rows && then.Usable == now.Usable && then.Changes == now.Changes
}

// makeTrue is step 2.
func (w *importWork) makeTrue(ctx context.Context, q postgres.Querier, report roster.Report) error {
	now := w.clock.Now()
	as, err := store.ApplyStage(ctx, q, w.ID, now)
	if err != nil {
		return err
	}
	if !as {
		return errOutdated
	}
	c := report.Changes
	reason := fmt.Sprintf("SHA-256 %s; rows %d of %d; teams +%d ~%d, people +%d ~%d, memberships +%d ~%d", hex.EncodeToString(w.SHA256),
		report.Usable, report.Rows, c.NewTeams, c.ChangedTeams, c.NewPeople, c.ChangedPeople, c.NewMembers, c.ChangedMembers)
	if err := store.InsertRecord(ctx, q, domain.NewRecord(w.CreatedBy, "roster.imported", "roster", w.ID, now).Because(reason)); err != nil {
		return err
	}
	return w.finishIn(ctx, q, func(i *domain.Import) {
		i.State, i.EndedAt, i.Step, i.Done, i.Of = domain.ImportApplied, now, "telling", 0, c.NewTeams+c.ChangedTeams+c.NewMembers+c.ChangedMembers
	})
}

// stageAll is the second half of step 1. Ids are drawn here, so that chunks can point at each other.
func (w *importWork) stageAll(ctx context.Context, plan *roster.Plan) error {
	if err := w.db.InTx(ctx, func(q postgres.Querier) error { return store.ClearStage(ctx, q, w.ID) }); err != nil {
		return err
	}
	for _, t := range plan.Teams {
		if t.Known == nil {
			t.ID = id.New()
		}
	}
	for _, p := range plan.People {
		if p.Known == nil {
			p.ID = id.New()
		}
	}
	s := stager{importWork: w, of: len(plan.Teams) + len(plan.People) + len(plan.Members)}
	if err := stageChunks(ctx, &s, plan.Teams, s.teams); err != nil {
		return err
	}
	both, ctx := errgroup.WithContext(ctx) // sealing numbers keeps us busy while the database takes the memberships
	both.Go(func() error { return stageChunks(ctx, &s, plan.People, s.people) })
	both.Go(func() error { return stageChunks(ctx, &s, plan.Members, s.members) })
	return both.Wait()
}

type stager struct {
	*importWork
	of int

	mu   sync.Mutex // guards what follows, and telling of it
	done int
}

func stageChunks[T any](ctx context.Context, s *stager, rows []T, stage func(ctx context.Context, q postgres.Querier, place int, chunk []T) error) error {
	for from := 0; from < len(rows); from += stageAtOnce {
		chunk := rows[from:min(from+stageAtOnce, len(rows))]
		if err := s.db.InTx(ctx, func(q postgres.Querier) error { return stage(ctx, q, from, chunk) }); err != nil {
			return err
		}
		if err := s.progress(ctx, len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

func (s *stager) progress(ctx context.Context, more int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done += more
	return s.tell(ctx)("staging", s.done, s.of)
}

func (s *stager) teams(ctx context.Context, q postgres.Querier, place int, chunk []*roster.Team) error {
	now := s.clock.Now()
	return store.StageTeams(ctx, q, s.ID, place, convert(chunk, func(t *roster.Team) store.Staged[domain.Team] {
		f := t.Facts
		team := domain.Team{ID: t.ID, Name: f.Name, RegionCode: f.Region, ReportingUnit: f.ReportingUnit, Category: f.Category, Headcount: f.Headcount, FoundedAt: f.Founded, Version: 1}
		if team.FoundedAt.IsZero() {
			team.FoundedAt = now
		}
		if t.Known != nil {
			team.Version = t.Known.Version + 1
		}
		return store.Staged[domain.Team]{Fresh: t.Known == nil, Row: team}
	}))
}

func (s *stager) people(ctx context.Context, q postgres.Querier, place int, chunk []*roster.Person) error {
	now := s.clock.Now()
	serials, err := store.DrawVolunteerSerials(ctx, q, len(chunk))
	if err != nil {
		return err
	}
	rows := make([]store.Staged[domain.Volunteer], len(chunk))
	for i, p := range chunk {
		f := p.Facts
		v := domain.Volunteer{ID: p.ID, Number: domain.VolunteerNumber(now, serials[i]), Name: f.Name, Phone: domain.Phone(f.Phone), IDNumber: f.ID,
			Sex: f.Sex, RegionCode: f.Home, JoinedAt: now, Version: 1}
		if p.Known != nil {
			v.Version = p.Known.Version + 1
		}
		rows[i] = store.Staged[domain.Volunteer]{Fresh: p.Known == nil, Row: v}
	}
	return store.StageVolunteers(ctx, q, s.vault, s.ID, place, rows)
}

func (s *stager) members(ctx context.Context, q postgres.Querier, place int, chunk []*roster.Member) error {
	now := s.clock.Now()
	return store.StageMemberships(ctx, q, s.ID, place, convert(chunk, func(m *roster.Member) store.Staged[domain.Membership] {
		one := domain.Membership{ID: id.New(), TeamID: m.Team.ID, VolunteerID: m.Person.ID, Role: domain.Role(m.Role), Since: m.Since(), Version: 1}
		if one.Since.IsZero() {
			one.Since = now
		}
		if m.Known != nil {
			one.ID, one.Version = m.Known.ID, m.Known.Version+1
		}
		return store.Staged[domain.Membership]{Fresh: m.Known == nil, Row: one}
	}))
}

// announce is step 3.
func (w *importWork) announce(ctx context.Context) error {
	if err := w.db.InTx(ctx, func(q postgres.Querier) error { return store.DropStagedVolunteers(ctx, q, w.ID) }); err != nil {
		return err
	}
	for _, tell := range []func(context.Context, postgres.Querier) (int, error){w.tellTeams, w.tellMemberships} {
		for {
			told := 0
			err := w.db.InTx(ctx, func(q postgres.Querier) (err error) {
				if err = w.take(ctx, q); err != nil {
					return err
				}
				told, err = tell(ctx, q)
				return err
			})
			if err != nil {
				return err
			}
			if told == 0 {
				break
			}
			w.Done += told
		}
	}
	return w.finish(ctx, func(i *domain.Import) { i.State, i.Step = domain.ImportDone, "" })
}

func (w *importWork) tellTeams(ctx context.Context, q postgres.Querier) (int, error) {
	teams, last, err := store.ListStagedTeams(ctx, q, w.ID, stageAtOnce)
	if err != nil || len(teams) == 0 {
		return 0, err
	}
	events := convert(teams, func(t domain.Team) outbox.Event { return teamChanged(t) })
	if err := outbox.Append(ctx, q, w.EndedAt, events...); err != nil {
		return 0, err
	}
	return len(teams), store.DropStagedTeams(ctx, q, w.ID, last)
}

func (w *importWork) tellMemberships(ctx context.Context, q postgres.Querier) (int, error) {
	memberships, last, err := store.ListStagedMemberships(ctx, q, w.ID, stageAtOnce)
	if err != nil || len(memberships) == 0 {
		return 0, err
	}
	events := convert(memberships, func(m store.MembershipNow) outbox.Event { return importedMembership(m) })
	if err := outbox.Append(ctx, q, w.EndedAt, events...); err != nil {
		return 0, err
	}
	return len(memberships), store.DropStagedMemberships(ctx, q, w.ID, last)
}
