package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RememberCorrections keeps which attendances' hours were corrected, for their rosters.
func (a *App) RememberCorrections(ctx context.Context, q postgres.Querier, events []hoursv1.EntryCorrected) error {
	var corrected []domain.Corrected
	for _, e := range events {
		if e.AttendanceID != "" {
			corrected = append(corrected, domain.Corrected{AttendanceID: e.AttendanceID, Minutes: e.Minutes, At: e.DecidedAt})
		}
	}
	return store.UpsertCorrected(ctx, q, corrected)
}
