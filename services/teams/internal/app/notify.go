package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// notify puts notices into inboxes, in the transaction that does what they
// tell: nobody is told of what did not happen. A use case calls it once, with
// everybody concerned. Without notices it does nothing.
func (a *App) notify(ctx context.Context, q postgres.Querier, notices ...domain.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	for _, n := range notices {
		if err := n.Check(); err != nil {
			return err
		}
	}
	_, err := store.InsertNotices(ctx, q, notices)
	return err
}

// toAll returns the same notice to each of these people, for notify.
func toAll(volunteerIDs []string, notice func(volunteerID string) domain.Notice) []domain.Notice {
	notices := make([]domain.Notice, len(volunteerIDs))
	for i, volunteerID := range volunteerIDs {
		notices[i] = notice(volunteerID)
	}
	return notices
}
