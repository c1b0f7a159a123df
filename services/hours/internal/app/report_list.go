package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// mostPeriods is how many periods of a form are listed.
const mostPeriods = 24

// ListedForm is a form with its periods, the newest first.
type ListedForm struct {
	domain.ReportForm
	Version    domain.FormVersion
	RegionName string
	Periods    []ListedPeriod
}

// ListedPeriod is how a period's report stands.
type ListedPeriod struct {
	Period  domain.Period
	CutOff  domain.Day
	Version int // of the newest frozen report; 0: none, the cut-off day is to come or was today
	Signed  int // by how many
}

// ListedForms is what an office reports.
type ListedForms struct {
	MaySet bool // a form of the region itself
	Items  []ListedForm
}

// ListReportForms returns the forms of a region and of those below it, as far as
// the officer's grants reach; NotFound to others.
func (a *App) ListReportForms(ctx context.Context, code string) (all ListedForms, err error) {
	region, err := a.authorizeOverview(ctx, code)
	if err != nil {
		return all, err
	}
	today := domain.DayOf(a.clock.Now())
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		who, err := officerOf(ctx, q)
		if err != nil {
			return err
		}
		all.MaySet = who.Principal.Decides(region.RegionPath)
		forms, err := store.ListReportForms(ctx, q, region.RegionPath)
		if err != nil {
			return err
		}
		histories, err := store.FindFormHistories(ctx, q, formIDs(forms)...)
		if err != nil {
			return err
		}
		reports, err := store.ListReports(ctx, q, formIDs(forms)...)
		if err != nil {
			return err
		}
		newest := map[[2]string]domain.Report{}
		for _, r := range reports {
			newest[[2]string{r.FormID, r.Period.String()}] = r
		}
		for _, f := range forms {
			if history := histories[f.ID]; len(history) > 0 {
				all.Items = append(all.Items, a.listed(f, history, newest, today))
			}
		}
		return nil
	})
	return all, err
}

func (a *App) listed(f domain.ReportForm, history domain.FormHistory, newest map[[2]string]domain.Report, today domain.Day) ListedForm {
	l := ListedForm{ReportForm: f, Version: history.Newest(), RegionName: a.names.regionName(f.RegionPath)}
	periods, current := history.Due(f.PeriodKind, today)
	periods = append(periods, current)
	for i := len(periods) - 1; i >= 0 && len(l.Periods) < mostPeriods; i-- {
		v, ok := history.At(periods[i])
		if !ok {
			continue // the form begins later
		}
		r := newest[[2]string{f.ID, periods[i].String()}]
		l.Periods = append(l.Periods, ListedPeriod{Period: periods[i], CutOff: v.CutOff(periods[i]), Version: r.Version, Signed: len(r.Signatures)})
	}
	return l
}

// FormView is a form as it is set up.
type FormView struct {
	domain.ReportForm
	Version    domain.FormVersion // the newest
	RegionName string
	MaySet     bool
	Sheets     []form.Sheet // not filled
	Programmes []domain.Known
	Regions    []domain.Known // of the form's and below, down to townships
	Units      []string
}

// FindReportForm returns a form to officers of its region; domain.ErrNoForm to others.
func (a *App) FindReportForm(ctx context.Context, formID string) (v FormView, err error) {
	var content []byte
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		f, err := a.reportForm(ctx, q, formID)
		if err != nil {
			return err
		}
		v.ReportForm, v.Version, v.MaySet, v.RegionName = f.ReportForm, f.history.Newest(), f.mayDecide(), a.names.regionName(f.RegionPath)
		if v.Units, err = store.ListReportingUnits(ctx, q, f.RegionPath); err != nil {
			return err
		}
		content, err = store.FindReportFile(ctx, q, v.Version.FileID)
		return err
	})
	if err != nil {
		return v, err
	}
	v.Programmes = a.names.all(domain.Programme, "")
	for _, r := range a.names.all(domain.Region, v.RegionPath) {
		if len(codesOf(r.RegionPath)) <= 3 {
			v.Regions = append(v.Regions, r)
		}
	}
	book, err := form.Open(content)
	if err != nil {
		return v, err
	}
	defer book.Close()
	v.Sheets, err = book.Sheets()
	return v, err
}
