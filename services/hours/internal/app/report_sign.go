package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SignReport signs a frozen report in a part: 填表人, then 审核人, who is another
// person, then 负责人. Any officer of the region fills; the others decide for it, to
// officers who do not it returns Forbidden. number is the version that the
// officer has seen.
func (a *App) SignReport(ctx context.Context, formID string, p domain.Period, number int, role domain.ReportRole) error {
	now := a.clock.Now()
	_, err := idempotency.Do(ctx, a.db, now, "sign_report", []any{formID, p.String(), number, role}, func(q postgres.Querier) (struct{}, error) {
		if err := store.LockReportForm(ctx, q, formID); err != nil {
			return struct{}{}, err
		}
		f, r, err := a.newestReport(ctx, q, formID, p, number)
		if err != nil {
			return struct{}{}, err
		}
		if role != domain.Filler && !f.mayDecide() {
			return struct{}{}, errNotDeciding
		}
		if err := r.MaySign(role, f.who.self); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.InsertReportSignature(ctx, q, r, f.who.VolunteerID, now)
	})
	return err
}
