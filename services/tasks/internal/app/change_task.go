package app

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// TaskChange is all that a task is to say from now on.
type TaskChange struct {
	ProgrammeID string
	Plan        domain.Plan
	Details     domain.Details
	Shifts      []ShiftChange
}

// ShiftChange is a shift of a TaskChange: one of the task's, or without an id a new one.
type ShiftChange struct {
	ShiftID string
	NewShift
}

// ChangeTask rewrites a task. A draft becomes what is given, its shifts too. Of
// a published one the shifts that are not named stay as they are; everybody who
// signed up is told of what they must know. It returns NotFound to whoever does
// not lead the team, and the refusals of the domain.
func (a *App) ChangeTask(ctx context.Context, taskID string, c TaskChange) (TaskView, error) {
	type request struct {
		TaskID string
		TaskChange
	}
	err := a.onTask(ctx, "change_task", taskID, request{taskID, c}, func(q postgres.Querier, reader crew, task domain.Task) error {
		news, err := task.Change(c.ProgrammeID, c.Details)
		if err != nil {
			return err
		}
		if err := a.replan(ctx, q, &task, c); err != nil {
			return err
		}
		if err := store.UpdateTask(ctx, q, task); err != nil {
			return err
		}
		if task.State == domain.TaskPublished {
			setting, err := a.settingOf(ctx, q, task, nil)
			if err != nil {
				return err
			}
			if err := setting.Meets(task); err != nil {
				return err
			}
		}
		if task.State == domain.TaskDraft {
			return a.redraft(ctx, q, task.ID, c.Shifts)
		}
		return a.changeShifts(ctx, q, reader, task, c.Shifts, news)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

// replan makes the task a service or a class of so many sessions.
func (a *App) replan(ctx context.Context, q postgres.Querier, task *domain.Task, c TaskChange) error {
	if task.State == domain.TaskDraft {
		return task.Replan(c.Plan, len(c.Shifts), false)
	}
	shifts, err := store.ListTaskShifts(ctx, q, task.ID)
	if err != nil {
		return err
	}
	planned := 0
	for _, s := range shifts {
		if s.State != domain.ShiftCancelled {
			planned++
		}
	}
	for _, s := range c.Shifts {
		if s.ShiftID == "" {
			planned++
		}
	}
	grant, err := store.FindClassGrant(ctx, q, task.ID)
	if err != nil {
		return err
	}
	completed, err := store.AnyCertificate(ctx, q, task.ID)
	if err != nil {
		return err
	}
	return task.Replan(c.Plan, planned, grant.Kind != "" || completed)
}

// onTask runs f once on a task that the reader's team has posted, and holds it.
func (a *App) onTask(ctx context.Context, operation, taskID string, request any, f func(q postgres.Querier, reader crew, task domain.Task) error) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), operation, request, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		task, err := store.LockTask(ctx, q, taskID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.leads(task.TeamID) {
			return struct{}{}, store.ErrNoSuchTask
		}
		return struct{}{}, f(q, reader, task)
	})
	return err
}

func (a *App) redraft(ctx context.Context, q postgres.Querier, taskID string, wanted []ShiftChange) error {
	if err := store.DeleteDraftShifts(ctx, q, taskID); err != nil {
		return err
	}
	all := make([]NewShift, len(wanted))
	for i, w := range wanted {
		all[i] = w.NewShift
	}
	shifts, err := newShifts(taskID, all)
	if err != nil {
		return err
	}
	return store.InsertShifts(ctx, q, shifts)
}

// changeShifts moves the shifts of a published task that are named and adds
// those that are new. news: the task itself says something that whoever comes
// to any of its shifts must know.
func (a *App) changeShifts(ctx context.Context, q postgres.Querier, reader crew, task domain.Task, wanted []ShiftChange, news bool) error {
	g, err := a.lockShifts(ctx, q, task.ID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	var added []domain.Shift
	var wrong []apperr.Field
	for i, w := range wanted {
		field := fmt.Sprintf("shifts[%d].ends_at", i)
		if w.ShiftID != "" {
			if err := g.change(w, now); apperr.KindOf(err) == apperr.NotFound {
				return err
			} else if err != nil {
				wrong = append(wrong, fieldOf(field, err))
			}
			continue
		}
		s, err := w.of(task.ID)
		if err == nil && !s.StartsAt.After(now) && !(s.Flexible() && s.EndsAt.After(now)) {
			err = domain.ErrShiftPast
		}
		if err != nil {
			wrong = append(wrong, fieldOf(field, err))
		}
		added = append(added, s)
	}
	if len(wrong) > 0 {
		return apperr.Together(wrong...)
	}
	if err := notPaused(ctx, q, task.TeamID, append(g.moved(), added...)); err != nil {
		return err
	}
	if err := store.InsertShifts(ctx, q, added); err != nil {
		return err
	}
	if news {
		g.allHear(now)
	}
	return g.keep(ctx, q, a, reader, tasksv1.NoticeTaskChanged)
}
