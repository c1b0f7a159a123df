package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReportView is a report as an officer sees it: its form filled, frozen or, before
// the cut-off day, with what there is now.
type ReportView struct {
	Form       domain.ReportForm
	RegionName string
	Version    domain.FormVersion
	Period     domain.Period
	CutOff     domain.Day
	From, Last domain.Day      // days that are counted
	Report     *domain.Report  // nil: not frozen yet
	Versions   []domain.Report // all frozen ones, the oldest first
	Names      map[string]string
	Cells      []ReportCell
	Sheets     []form.Sheet // filled
	MayDecide  bool
	Next       domain.ReportRole // who signs next; empty: nobody
	MayNot     error             // why the reader does not; nil: they do
	book       []byte
}

// ReportCell is a bound cell of a report.
type ReportCell struct {
	domain.Binding
	Name, EnglishName string // of the indicator
	Says, EnglishSays string
	Narrowed          string // programme, region and what else narrows it, in words
	Hours             bool
	From, Last        domain.Day
	Value             int64
	Now               int64 // as it would be counted now
	Text              string
	Differences       []store.Difference // why Now is another
}

// Changed reports whether the figure would be another now.
func (c ReportCell) Changed() bool { return c.Binding.Text == "" && c.Value != c.Now }

// FindReport returns a period's report: of version number, the newest frozen one
// when number is 0, or what there is now when none is frozen. It is for officers
// of the form's region; others get domain.ErrNoForm.
func (a *App) FindReport(ctx context.Context, formID string, p domain.Period, number int) (ReportView, error) {
	var r ReportView
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		f, err := a.reportForm(ctx, q, formID)
		if err != nil {
			return err
		}
		if r, err = a.chooseReport(ctx, q, f, p, number); err != nil {
			return err
		}
		if err := a.fillCells(ctx, q, &r); err != nil {
			return err
		}
		r.book, err = store.FindReportFile(ctx, q, r.Version.FileID)
		if err != nil {
			return err
		}
		offices, err := store.ListOfficeNames(ctx, q, []string{r.Form.RegionPath})
		r.RegionName = offices[r.Form.RegionPath]
		return err
	})
	if err != nil {
		return r, err
	}
	if r.RegionName == "" {
		r.RegionName = a.names.regionName(r.Form.RegionPath)
	}
	a.nameReport(ctx, &r)
	return r, r.draw()
}

// chooseReport returns which report it is, without its cells.
func (a *App) chooseReport(ctx context.Context, q postgres.Querier, f ownForm, p domain.Period, number int) (ReportView, error) {
	r := ReportView{Form: f.ReportForm, Period: p, MayDecide: f.mayDecide()}
	if p.Kind != f.PeriodKind {
		return r, domain.ErrNoReport
	}
	reports, err := store.ListReports(ctx, q, f.ID)
	if err != nil {
		return r, err
	}
	for _, other := range reports {
		if other.Period == p {
			r.Versions = append(r.Versions, other)
		}
	}
	if number > len(r.Versions) || number < 0 {
		return r, domain.ErrNoReport
	}
	if number == 0 {
		number = len(r.Versions)
	}
	v, ok := f.history.At(p)
	if number > 0 {
		r.Report = &r.Versions[number-1]
		v, ok = f.history[r.Report.FormVersion-1], true
	}
	_, current := f.history.Due(f.PeriodKind, domain.DayOf(a.clock.Now()))
	if !ok || r.Report == nil && p.Start > current.Start {
		return r, domain.ErrNoReport
	}
	r.Version, r.CutOff = v, v.CutOff(p)
	r.From, r.Last = v.Days(p)
	r.Last--
	if r.Report != nil && number == len(r.Versions) && len(r.Report.Signatures) < len(domain.ReportRoles) {
		r.Next = domain.ReportRoles[len(r.Report.Signatures)]
		if r.MayNot = r.Report.MaySign(r.Next, f.who.self); r.MayNot == nil && r.Next != domain.Filler && !r.MayDecide {
			r.MayNot = errNotDeciding
		}
	}
	return r, nil
}

// fillCells counts the cells as of now and puts beside it what was frozen.
func (a *App) fillCells(ctx context.Context, q postgres.Querier, r *ReportView) error {
	now, err := a.countReport(ctx, q, r.Form, r.Version, r.Period, a.live())
	if err != nil {
		return err
	}
	frozen := now
	if r.Report != nil {
		if frozen, err = store.FindFigures(ctx, q, r.Report.ID); err != nil {
			return err
		}
	}
	values := map[form.At][2]int64{}
	for _, f := range frozen {
		values[form.At{Sheet: f.Sheet, Cell: f.Cell}] = [2]int64{f.Value, f.Value}
	}
	for _, f := range now {
		at := form.At{Sheet: f.Sheet, Cell: f.Cell}
		values[at] = [2]int64{values[at][0], f.Value}
	}
	for _, b := range r.Version.Bindings {
		c := a.cellOf(r, b)
		both := values[form.At{Sheet: b.Sheet, Cell: b.Cell}]
		c.Value, c.Now = both[0], both[1]
		if c.Changed() {
			if c.Differences, err = a.differences(ctx, q, r, b); err != nil {
				return err
			}
		}
		r.Cells = append(r.Cells, c)
	}
	return nil
}

func (a *App) cellOf(r *ReportView, b domain.Binding) ReportCell {
	c := ReportCell{Binding: b}
	if b.Text != "" {
		c.Name = domain.FormTexts[b.Text]
		return c
	}
	i, _ := domain.FindIndicator(b.Indicator)
	c.Name, c.EnglishName, c.Says, c.EnglishSays, c.Hours = i.Name, i.NameEnglish, i.Says, i.SaysEnglish, i.Hours()
	c.From, c.Last = r.Version.Span(b, r.Period)
	c.Last--
	var narrowed []string
	if b.RegionCode != "" {
		narrowed = append(narrowed, a.names.name(domain.Region, b.RegionCode))
	}
	if b.ProgrammeID != "" {
		narrowed = append(narrowed, a.names.name(domain.Programme, b.ProgrammeID))
	}
	if b.Unit != "" {
		narrowed = append(narrowed, b.Unit)
	}
	if b.Verification != "" {
		narrowed = append(narrowed, domain.ProofWords[b.Verification])
	}
	c.Narrowed = strings.Join(narrowed, " · ")
	return c
}

// nameReport looks up who signed and who sent back.
func (a *App) nameReport(ctx context.Context, r *ReportView) {
	var ids []string
	for _, v := range r.Versions {
		if v.MadeBy != "" {
			ids = append(ids, v.MadeBy)
		}
		for _, s := range v.Signatures {
			ids = append(ids, s.By)
		}
	}
	r.Names = map[string]string{}
	for id, p := range a.people.Find(ctx, ids) {
		r.Names[id] = p.FullName()
	}
}
