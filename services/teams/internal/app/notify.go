package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// noticesEach is how many notices one statement writes.
const noticesEach = 5000

// notify puts notices into inboxes, in the transaction that does what they
// tell: nobody is told of what did not happen. Those that matter now are queued
// as text messages too. A use case calls it once, with everybody concerned.
// Without notices it does nothing.
func (a *App) notify(ctx context.Context, q postgres.Querier, notices ...domain.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	for _, n := range notices {
		if err := n.Check(); err != nil {
			return err
		}
	}
	for chunk := range slices.Chunk(notices, noticesEach) {
		if err := a.putIn(ctx, q, chunk); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) putIn(ctx context.Context, q postgres.Querier, notices []domain.Notice) error {
	fresh, err := store.InsertNotices(ctx, q, notices)
	if err != nil {
		return err
	}
	urgent := slices.DeleteFunc(slices.Clone(notices), func(n domain.Notice) bool { return !n.Urgent || !slices.Contains(fresh, n.ID) })
	return a.queueTexts(ctx, q, urgent)
}

// queueTexts queues the text messages of notices, to those who want them. A new
// device is news for phones of officers only: others would pay with their
// patience for what endangers nobody else.
func (a *App) queueTexts(ctx context.Context, q postgres.Querier, notices []domain.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	preferences, err := store.FindNoticePreferences(ctx, q, recipients(notices))
	if err != nil {
		return err
	}
	officers, err := store.ListOfficersAmong(ctx, q, recipients(notices), a.clock.Now())
	if err != nil {
		return err
	}
	for _, n := range notices { // those of one task: a few dozen
		if n.Kind == domain.NoticeNewDevice && !slices.Contains(officers, n.VolunteerID) {
			continue
		}
		m, ok := domain.NewTextMessage(n, preferences[n.VolunteerID])
		if !ok {
			continue
		}
		if err := store.UpsertTextMessage(ctx, q, m); err != nil {
			return err
		}
	}
	return nil
}

func recipients(notices []domain.Notice) []string {
	ids := make([]string, len(notices))
	for i, n := range notices {
		ids[i] = n.VolunteerID
	}
	return ids
}

// toAll returns the same notice to each of these people, for notify.
func toAll(volunteerIDs []string, notice func(volunteerID string) domain.Notice) []domain.Notice {
	notices := make([]domain.Notice, len(volunteerIDs))
	for i, volunteerID := range volunteerIDs {
		notices[i] = notice(volunteerID)
	}
	return notices
}
