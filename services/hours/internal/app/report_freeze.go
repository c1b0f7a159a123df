package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// errLogWaits says that lines of the period are not in the ledger's log yet.
var errLogWaits = apperr.New(apperr.Unavailable, "log_waits", "账本正在登记最新的时长，请过一分钟再试。", "The ledger is still taking in its newest lines; please try again in a minute.")

// freezeReports freezes the figures of every period whose cut-off day is over, one
// in a transaction that writes only at its end; of several replicas that do so at
// once the first one's stays.
func (a *App) freezeReports(ctx context.Context) error {
	due, err := a.dueReports(ctx)
	if err != nil {
		return err
	}
	for _, d := range due {
		err := a.db.InTx(ctx, func(q postgres.Querier) error {
			r, err := a.frozen(ctx, q, d, domain.Report{}, "", "")
			if err != nil {
				return err
			}
			_, err = store.InsertReport(ctx, q, r)
			return err
		})
		if err != nil && !errors.Is(err, errLogWaits) { // the log is a second behind: the next time
			return err
		}
	}
	return nil
}

type dueReport struct {
	form    domain.ReportForm
	version domain.FormVersion
	period  domain.Period
}

// dueReports returns what is to be frozen and is not.
func (a *App) dueReports(ctx context.Context) (due []dueReport, err error) {
	today := domain.DayOf(a.clock.Now())
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		forms, err := store.ListReportForms(ctx, q, "")
		if err != nil || len(forms) == 0 {
			return err
		}
		ids := formIDs(forms)
		histories, err := store.FindFormHistories(ctx, q, ids...)
		if err != nil {
			return err
		}
		reports, err := store.ListReports(ctx, q, ids...)
		if err != nil {
			return err
		}
		done := map[[2]string]bool{}
		for _, r := range reports {
			done[[2]string{r.FormID, r.Period.String()}] = true
		}
		for _, f := range forms {
			history := histories[f.ID]
			if len(history) == 0 {
				continue
			}
			periods, _ := history.Due(f.PeriodKind, today)
			for _, p := range periods {
				if v, ok := history.At(p); ok && !done[[2]string{f.ID, p.String()}] {
					due = append(due, dueReport{f, v, p})
				}
			}
		}
		return nil
	})
	return due, err
}

func formIDs(forms []domain.ReportForm) []string {
	ids := make([]string, len(forms))
	for i, f := range forms {
		ids[i] = f.ID
	}
	return ids
}

// frozen returns a period's report as it is to be kept, after the one before. It
// writes nothing. It returns errLogWaits while lines recorded before today are
// not in the log. No snapshot is needed: the place bounds what is counted.
func (a *App) frozen(ctx context.Context, q postgres.Querier, d dueReport, before domain.Report, by, reason string) (domain.Report, error) {
	now := a.clock.Now()
	r, err := domain.Frozen(domain.Report{FormID: d.form.ID, Period: d.period, Version: before.Version, FormVersion: d.version.Version}, by, reason, now)
	if err != nil {
		return r, err
	}
	today := domain.DayOf(now)
	if r.Place, err = store.FindReportPlace(ctx, q, today-1); err != nil {
		return r, err
	}
	from, until := d.version.Days(d.period)
	waits, err := store.HasUnlogged(ctx, q, from, until, today)
	if err != nil {
		return r, err
	}
	if waits {
		return r, errLogWaits
	}
	r.Figures, err = a.countReport(ctx, q, d.form, d.version, d.period, r.Place)
	return r, err
}

// SendReportBack freezes a report anew, with a reason, as a further version, and
// returns its number; the one before stays, with whoever signed it. It is for who
// decides for the form's region, to officers who do not it returns Forbidden.
// number is the version that the officer has seen.
func (a *App) SendReportBack(ctx context.Context, formID string, p domain.Period, number int, reason string) (version int, err error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "send_report_back", []any{formID, p.String(), number, reason}, func(q postgres.Querier) (int, error) {
		f, r, err := a.newestReport(ctx, q, formID, p, number)
		if err != nil {
			return 0, err
		}
		if !f.mayDecide() {
			return 0, errNotDeciding
		}
		v, ok := f.history.At(p)
		if !ok {
			return 0, domain.ErrNoReport
		}
		anew, err := a.frozen(ctx, q, dueReport{f.ReportForm, v, p}, r, f.who.VolunteerID, reason)
		if err != nil {
			return 0, err
		}
		made, err := store.InsertReport(ctx, q, anew)
		if err == nil && !made {
			err = domain.ErrOldVersion
		}
		return anew.Version, err
	})
}

// newestReport returns the newest frozen report of a period. It returns
// domain.ErrNoReport when there is none, or not number, and domain.ErrOldVersion
// when there is a newer one.
func (a *App) newestReport(ctx context.Context, q postgres.Querier, formID string, p domain.Period, number int) (ownForm, domain.Report, error) {
	f, err := a.reportForm(ctx, q, formID)
	if err != nil {
		return f, domain.Report{}, err
	}
	reports, err := store.ListReports(ctx, q, formID)
	if err != nil {
		return f, domain.Report{}, err
	}
	var newest domain.Report
	for _, r := range reports {
		if r.Period == p {
			newest = r
		}
	}
	switch {
	case number < 1 || newest.Version < number:
		return f, newest, domain.ErrNoReport
	case newest.Version > number:
		return f, newest, domain.ErrOldVersion
	}
	return f, newest, nil
}
