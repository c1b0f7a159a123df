package app

import (
	"context"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// NewTask is what a leader gives to draft an activity.
type NewTask struct {
	TeamID      string
	ProgrammeID string
	CampaignID  string // taken up from; empty: from none
	Plan        domain.Plan
	Details     domain.Details
	Shifts      []NewShift
}

// NewShift is one time window of a NewTask.
type NewShift struct {
	StartsAt, EndsAt time.Time
	OpenFrom         time.Time // of one without fixed hours, whose last day the others name; zero: it has hours
	Capacity         int
}

func (n NewShift) of(taskID string) (domain.Shift, error) {
	if !n.OpenFrom.IsZero() {
		return domain.NewPeriod(taskID, n.OpenFrom, n.EndsAt, n.Capacity)
	}
	return domain.NewShift(taskID, n.StartsAt, n.EndsAt, n.Capacity)
}

// CreateTask drafts an activity with its shifts. It returns ErrNotLeader,
// ErrTeamNotActive, or Invalid with the fields that are wrong.
func (a *App) CreateTask(ctx context.Context, n NewTask) (TaskView, error) {
	taskID, err := idempotency.Do(ctx, a.db, a.clock.Now(), "create_task", n, func(q postgres.Querier) (string, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return "", err
		}
		if err := a.mustPost(ctx, q, reader, n.TeamID, ErrNotLeader); err != nil {
			return "", err
		}
		if err := mustGoOn(ctx, q, n.ProgrammeID); err != nil {
			return "", err
		}
		task, err := domain.NewTask(n.TeamID, n.ProgrammeID, reader.VolunteerID, n.Details, a.clock.Now())
		if err != nil {
			return "", err
		}
		task.CampaignID = n.CampaignID
		if err := task.Replan(n.Plan, len(n.Shifts), false); err != nil {
			return "", err
		}
		shifts, err := newShifts(task.ID, n.Shifts)
		if err != nil {
			return "", err
		}
		if err := store.InsertTask(ctx, q, task); err != nil {
			return "", err
		}
		return task.ID, store.InsertShifts(ctx, q, shifts)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

func newShifts(taskID string, wanted []NewShift) ([]domain.Shift, error) {
	var (
		shifts []domain.Shift
		wrong  []apperr.Field
	)
	for i, w := range wanted {
		s, err := w.of(taskID)
		if err != nil {
			wrong = append(wrong, fieldOf(fmt.Sprintf("shifts[%d].ends_at", i), err))
			continue
		}
		shifts = append(shifts, s)
	}
	if len(wrong) > 0 {
		return nil, apperr.Together(wrong...)
	}
	return shifts, nil
}

// PublishTask opens a draft for signing up. It returns Invalid with every
// field that the law wants and that is missing.
func (a *App) PublishTask(ctx context.Context, taskID string) (TaskView, error) {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "publish_task", taskID, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		task, err := store.LockTask(ctx, q, taskID)
		if err != nil {
			return struct{}{}, err
		}
		if err := a.mustPost(ctx, q, reader, task.TeamID, store.ErrNoSuchTask); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.publish(ctx, q, task)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

// notPaused refuses what is to take place where and when everything is held back.
func notPaused(ctx context.Context, q postgres.Querier, teamID string, shifts []domain.Shift) error {
	for _, s := range shifts {
		pause, standing, err := store.FindStandingPause(ctx, q, teamID, s.StartsAt, s.EndsAt)
		if err != nil {
			return err
		}
		if standing {
			return apperr.For("shifts", domain.ErrRegionPaused.With("reason", pause.Reason))
		}
	}
	return nil
}

func (a *App) publish(ctx context.Context, q postgres.Querier, task domain.Task) error {
	shifts, err := store.ListTaskShifts(ctx, q, task.ID)
	if err != nil {
		return err
	}
	if err := notPaused(ctx, q, task.TeamID, shifts); err != nil {
		return err
	}
	if task.State == domain.TaskDraft {
		if err := mustGoOn(ctx, q, task.ProgrammeID); err != nil {
			return err
		}
	}
	setting, err := a.settingOf(ctx, q, task, shifts)
	if err != nil {
		return err
	}
	if err := setting.Meets(task); err != nil {
		return err
	}
	before := task.Version
	now := a.clock.Now()
	if err := task.Publish(shifts, now); err != nil || task.Version == before {
		return err
	}
	if err := store.UpdateTaskState(ctx, q, task); err != nil {
		return err
	}
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, tasksv1.TaskPublished{
		TaskID: task.ID, TeamID: task.TeamID, ProgrammeID: task.ProgrammeID,
		Title: task.Title, PublishedAt: task.PublishedAt, PublishedBy: p.VolunteerID, Version: task.Version,
	})
}
