package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewPause is what an officer says to hold back the shifts of a region.
type NewPause struct {
	RegionPath   string
	Since, Until time.Time
	Reason       string
}

// pausesAtOnce is how many pauses the page shows: those that stand, then the newest.
const pausesAtOnce = 50

// MayEnd reports whether a pause stands and whoever asks has the authority to end it.
func MayEnd(ctx context.Context, pause domain.Pause) bool {
	p, err := auth.From(ctx)
	return err == nil && pause.EndedAt.IsZero() && p.Decides(pause.RegionPath)
}

// CountPausable returns how many shifts and sign-ups a pause would hold back. It
// returns domain.ErrNoPauser without the authority.
func (a *App) CountPausable(ctx context.Context, n NewPause) (shifts, people int, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return 0, 0, err
	}
	if !p.Decides(n.RegionPath) {
		return 0, 0, domain.ErrNoPauser
	}
	pause, err := domain.NewPause(n.RegionPath, n.Since, n.Until, "-", p.VolunteerID, a.clock.Now())
	if err != nil {
		return 0, 0, err
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		shifts, people, err = store.CountPausable(ctx, q, pause)
		return err
	})
	return shifts, people, err
}

// PauseShifts holds back every open shift of a region and a period, and tells
// everybody who meant to come and everybody who leads. It is one transaction
// of a handful of statements, however many shifts there are. It returns
// domain.ErrNoPauser without the authority.
func (a *App) PauseShifts(ctx context.Context, n NewPause) (domain.Pause, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Pause{}, err
	}
	if !p.Decides(n.RegionPath) {
		return domain.Pause{}, domain.ErrNoPauser
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "pause", n, func(q postgres.Querier) (domain.Pause, error) {
		now := a.clock.Now()
		pause, err := domain.NewPause(n.RegionPath, n.Since, n.Until, n.Reason, p.VolunteerID, now)
		if err != nil {
			return domain.Pause{}, err
		}
		if err := store.UpsertPause(ctx, q, pause); err != nil { // first: the shifts point to it
			return domain.Pause{}, err
		}
		held, err := store.PauseShifts(ctx, q, pause)
		if err != nil {
			return domain.Pause{}, err
		}
		h := heldNews{person: tasksv1.NoticeTaskPaused, leader: tasksv1.NoticeLedPaused, more: map[string]string{"reason": pause.Reason}, now: now}
		pause.Shifts = len(held)
		if pause.People, err = a.tellHeld(ctx, q, held, h); err != nil {
			return domain.Pause{}, err
		}
		return pause, store.UpsertPause(ctx, q, pause)
	})
}

// EndPause lets go what a pause holds back and has not passed, and tells
// everybody concerned: an undo in the first minutes, a resumption later. Ending
// twice changes nothing. It returns NotFound to whoever has no authority over
// the region.
func (a *App) EndPause(ctx context.Context, pauseID string) (domain.Pause, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Pause{}, err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "end_pause", pauseID, func(q postgres.Querier) (domain.Pause, error) {
		pause, err := store.LockPause(ctx, q, pauseID)
		if err != nil {
			return domain.Pause{}, err
		}
		if !p.Decides(pause.RegionPath) {
			return domain.Pause{}, domain.ErrNoSuchPause
		}
		now := a.clock.Now()
		if !pause.End(p.VolunteerID, now) {
			return pause, nil
		}
		back, err := store.ResumeShifts(ctx, q, pause, now)
		if err != nil {
			return domain.Pause{}, err
		}
		h := heldNews{person: tasksv1.NoticeTaskResumed, leader: tasksv1.NoticeLedResumed, more: map[string]string{}, now: now}
		pause.Resumed = len(back)
		if _, err := a.tellHeld(ctx, q, back, h); err != nil {
			return domain.Pause{}, err
		}
		return pause, store.UpsertPause(ctx, q, pause)
	})
}

// ListPauses returns the pauses in the reader's regions, those that stand first.
// It returns domain.ErrNoPauser to whoever is no officer.
func (a *App) ListPauses(ctx context.Context) (pauses []domain.Pause, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	regions := p.Regions()
	if len(regions) == 0 {
		return nil, domain.ErrNoPauser
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		pauses, err = store.ListPauses(ctx, q, regions, a.clock.Now(), pausesAtOnce)
		return err
	})
	return pauses, err
}

// heldNews is what those concerned are told.
type heldNews struct {
	person, leader tasksv1.NoticeKind
	more           map[string]string
	now            time.Time
}

// tellHeld tells everybody of each of their shifts, and each leader once, and
// returns how many sign-ups there were.
func (a *App) tellHeld(ctx context.Context, q postgres.Querier, held []domain.HeldShift, h heldNews) (people int, err error) {
	if len(held) == 0 {
		return 0, nil
	}
	ids := make([]string, len(held))
	for i, s := range held {
		ids[i] = s.ID
	}
	coming, err := store.ListComing(ctx, q, ids)
	if err != nil {
		return 0, err
	}
	events := make([]outbox.Event, 0, len(held)*8)
	ofTeam := map[string][]domain.HeldShift{}
	for _, s := range held {
		ofTeam[s.TeamID] = append(ofTeam[s.TeamID], s)
		events = append(events, shiftChanged(s.Shift))
		events = append(events, news(h.person, listingOf(s), h.now, h.more, coming[s.ID]...)...)
		people += len(coming[s.ID])
	}
	toLeaders, err := a.leadersNews(ctx, q, ofTeam, h)
	if err != nil {
		return 0, err
	}
	return people, outbox.Append(ctx, q, h.now, append(events, toLeaders...)...)
}

func (a *App) leadersNews(ctx context.Context, q postgres.Querier, ofTeam map[string][]domain.HeldShift, h heldNews) ([]outbox.Event, error) {
	var teams []string
	for teamID := range ofTeam {
		teams = append(teams, teamID)
	}
	slices.Sort(teams)
	leaders, err := store.ListLeadersOf(ctx, q, teams)
	if err != nil {
		return nil, err
	}
	led := map[string][]domain.HeldShift{} // by leader: one may lead several teams
	var order []string
	for _, teamID := range teams {
		for _, v := range leaders[teamID] {
			if led[v] == nil {
				order = append(order, v)
			}
			led[v] = append(led[v], ofTeam[teamID]...)
		}
	}
	var events []outbox.Event
	for _, v := range order {
		more := map[string]string{"count": strconv.Itoa(len(led[v]))}
		for name, word := range h.more {
			more[name] = word
		}
		events = append(events, news(h.leader, listingOf(led[v][0]), h.now, more, v)...)
	}
	return events, nil
}

func listingOf(s domain.HeldShift) domain.Listing {
	return domain.Listing{Shift: s.Shift, TeamID: s.TeamID, Title: s.Title, Place: s.Place}
}
