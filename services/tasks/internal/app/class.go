package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SetClassGrant says which qualification whoever completes a class is given from
// now on: an empty kind is none. It belongs to administrators of the team's
// region; others get domain.ErrNoClass, as for what is no class.
func (a *App) SetClassGrant(ctx context.Context, taskID, kind string, months int) (TaskView, error) {
	type request struct {
		TaskID, Kind string
		Months       int
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "set_class_grant", request{taskID, kind, months}, func(q postgres.Querier) (struct{}, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return struct{}{}, err
		}
		task, err := lockClass(ctx, q, p, taskID)
		if err != nil {
			return struct{}{}, err
		}
		completed, err := store.AnyCertificate(ctx, q, taskID)
		if err != nil {
			return struct{}{}, err
		}
		grant, err := domain.NewClassGrant(task, kind, months, completed, p.VolunteerID, a.clock.Now())
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertClassGrant(ctx, q, grant)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

// lockClass returns a class that an administrator may set, and holds it.
func lockClass(ctx context.Context, q postgres.Querier, p auth.Principal, taskID string) (domain.Task, error) {
	task, err := store.LockTask(ctx, q, taskID)
	if errors.Is(err, store.ErrNoSuchTask) {
		err = domain.ErrNoClass
	}
	if err != nil {
		return task, err
	}
	region, err := store.FindTeamRegion(ctx, q, task.TeamID)
	if err != nil {
		return task, err
	}
	if task.Kind != domain.KindTraining || task.State == domain.TaskDraft || !p.Holds("administrator", region) {
		return task, domain.ErrNoClass
	}
	return task, nil
}

// ClassFilter narrows the list of classes.
type ClassFilter struct {
	Year   int // of the first session; 0: this one
	Region string
	Words  pinyin.Query // in the title, the place or the team's name, characters or initials
}

// Classes are the classes of a year with their sums.
type Classes struct {
	Year     int
	Rows     []domain.ClassRow
	Sessions int // held
	Sum      domain.ClassFigures
}

// ListClasses returns the classes of a year in the reader's regions, the newest
// first, with what they sum up to. It is for officers; others get
// domain.ErrNoOfficer.
func (a *App) ListClasses(ctx context.Context, f ClassFilter) (all Classes, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return Classes{}, err
	}
	if len(p.Grants) == 0 {
		return Classes{}, domain.ErrNoOfficer
	}
	if all.Year = f.Year; all.Year == 0 {
		all.Year = a.clock.Now().In(clock.City).Year()
	}
	since := time.Date(all.Year, time.January, 1, 0, 0, 0, 0, clock.City)
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		rows, err := store.ListClasses(ctx, q, p.Regions(), f.Region, since, since.AddDate(1, 0, 0))
		for _, r := range rows {
			if !f.Words.Empty() && !f.Words.Match(r.Title) && !f.Words.Match(r.Place) && !f.Words.Match(r.TeamName) {
				continue
			}
			all.Rows = append(all.Rows, r)
			all.Sessions += r.Held
			all.Sum.Add(r.ClassFigures)
		}
		return err
	})
	return all, err
}

// MayGrant reports whether whoever asks may say what a class of a region grants.
func MayGrant(ctx context.Context, regionPath string) bool {
	p, err := auth.From(ctx)
	return err == nil && p.Holds("administrator", regionPath)
}
