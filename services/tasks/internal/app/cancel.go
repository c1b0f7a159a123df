package app

import (
	"context"
	"errors"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// DiscardDraft throws a draft away. It returns ErrNotADraft for what was
// published, NotFound to whoever does not lead the team.
func (a *App) DiscardDraft(ctx context.Context, taskID string) error {
	return a.onTask(ctx, "discard_draft", taskID, taskID, func(q postgres.Querier, _ crew, task domain.Task) error {
		if task.State != domain.TaskDraft {
			return domain.ErrNotADraft
		}
		if err := store.DeleteDraftShifts(ctx, q, taskID); err != nil {
			return err
		}
		return store.DeleteDraft(ctx, q, taskID)
	})
}

// CancelShift calls one shift off and tells everybody who meant to come. It
// returns ErrPeoplePresent when somebody has checked in, NotFound to whoever
// does not lead the team.
func (a *App) CancelShift(ctx context.Context, shiftID, reason string) (TaskView, error) {
	type request struct{ ShiftID, Reason string }
	var taskID string
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		shift, err := store.FindShift(ctx, q, shiftID)
		taskID = shift.TaskID
		return err
	})
	if err != nil {
		return TaskView{}, err
	}
	err = a.onTask(ctx, "cancel_shift", taskID, request{shiftID, reason}, func(q postgres.Querier, reader crew, task domain.Task) error {
		if task.State == domain.TaskDraft {
			return domain.ErrNotPublished
		}
		g, err := a.lockShifts(ctx, q, taskID)
		if err != nil {
			return err
		}
		shift, err := g.find(shiftID)
		if err != nil {
			return err
		}
		if err := g.cancel(shift, strings.TrimSpace(reason), a.clock.Now()); err != nil {
			return err
		}
		return g.keep(ctx, q, a, reader, tasksv1.NoticeTaskCancelled)
	})
	if errors.Is(err, store.ErrNoSuchTask) {
		err = domain.ErrNotPublished // not yours: as if there were no such shift
	}
	if err != nil {
		return TaskView{}, err
	}
	a.shifts.Touch(shiftID)
	return a.FindTask(ctx, taskID)
}

// CancelTask calls off every shift of a task that is still to come, and tells
// everybody who meant to come. Where people have checked in the shift goes on
// and is confirmed: what happened stays. It returns ErrPeoplePresent or
// ErrNothingToCancel when no shift is left to call off.
func (a *App) CancelTask(ctx context.Context, taskID, reason string) (TaskView, error) {
	type request struct{ TaskID, Reason string }
	reason = strings.TrimSpace(reason)
	var touched []string
	err := a.onTask(ctx, "cancel_task", taskID, request{taskID, reason}, func(q postgres.Querier, reader crew, task domain.Task) error {
		if task.State == domain.TaskDraft {
			return store.ErrNoSuchTask // a draft is thrown away
		}
		changed, err := task.Cancel(reason)
		if err != nil || !changed {
			return err
		}
		g, err := a.lockShifts(ctx, q, taskID)
		if err != nil {
			return err
		}
		if err := g.cancelAll(reason, a); err != nil {
			return err
		}
		touched = shiftIDs(g.shifts)
		if err := store.UpdateTaskState(ctx, q, task); err != nil {
			return err
		}
		return g.keep(ctx, q, a, reader, tasksv1.NoticeTaskCancelled)
	})
	if err != nil {
		return TaskView{}, err
	}
	a.shifts.Touch(touched...)
	return a.FindTask(ctx, taskID)
}

// cancelAll calls off what can be called off; it refuses when that is nothing.
func (g *shiftGroup) cancelAll(reason string, a *App) error {
	refused := domain.ErrNothingToCancel
	for i := range g.shifts {
		err := g.cancel(&g.shifts[i], reason, a.clock.Now())
		if errors.Is(err, domain.ErrPeoplePresent) {
			errors.As(err, &refused)
		}
	}
	if len(g.hear) == 0 {
		return refused
	}
	return nil
}
