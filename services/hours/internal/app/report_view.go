package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
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
		narrowed = append(narrowed, proofNames[b.Verification])
	}
	c.Narrowed = strings.Join(narrowed, " · ")
	return c
}

var proofNames = map[string]string{"A": "扫码核实", "B": "现场核实", "C": "事后补录", "D": "本人申报"}

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

// draw fills the form for the page.
func (r *ReportView) draw() error {
	book, err := r.fill()
	if err != nil {
		return err
	}
	defer book.Close()
	r.Sheets, err = book.Sheets()
	return err
}

// fill returns the form's workbook with texts and figures in it. Close it.
func (r *ReportView) fill() (*form.Book, error) {
	book, err := form.Open(r.book)
	if err != nil {
		return nil, err
	}
	values := map[form.At]form.Value{}
	for i := range r.Cells {
		c := &r.Cells[i]
		at := form.At{Sheet: c.Sheet, Cell: c.Cell}
		if c.Binding.Text != "" {
			c.Text = r.text(c.Binding.Text)
			values[at] = form.Value{Text: c.Text, IsText: true}
			continue
		}
		values[at] = form.Value{Number: Shown(c.Value, c.Hours)}
	}
	if err := book.Fill(values); err != nil {
		book.Close()
		return nil, err
	}
	return book, nil
}

// Shown returns a figure as it is shown: minutes as hours to a tenth.
func Shown(value int64, hours bool) float64 {
	if !hours {
		return float64(value)
	}
	tenths := value * 10 / 60
	if rest := value * 10 % 60; rest >= 30 {
		tenths++
	} else if rest < -30 {
		tenths--
	}
	return float64(tenths) / 10
}

func (r *ReportView) text(t domain.FormText) string {
	switch t {
	case domain.TextPeriod:
		return r.PeriodName()
	case domain.TextOffice:
		return r.RegionName
	case domain.TextAddressee:
		return r.Version.Addressee
	case domain.TextDate:
		return r.date()
	}
	for _, s := range r.signatures() {
		if string(s.Role) == string(t) {
			return r.Names[s.By]
		}
	}
	return ""
}

func (r *ReportView) signatures() []domain.Signature {
	if r.Report == nil {
		return nil
	}
	return r.Report.Signatures
}

// date is when it was filled: signed by the filler, else frozen, else today's is left open.
func (r *ReportView) date() string {
	if r.Report == nil {
		return ""
	}
	at := r.Report.FrozenAt
	if len(r.Report.Signatures) > 0 {
		at = r.Report.Signatures[0].At
	}
	return at.In(clock.City).Format("2006年1月2日")
}

// PeriodName is the period in Chinese, with its days where they are not the calendar's.
func (r *ReportView) PeriodName() string {
	start := r.Period.Start.Date()
	name := fmt.Sprintf("%d年", start.Year())
	switch r.Period.Kind {
	case domain.Month:
		name += fmt.Sprintf("%d月", int(start.Month()))
	case domain.Quarter:
		name += fmt.Sprintf("第%d季度", (int(start.Month())+2)/3)
	}
	if r.Version.CutToCut {
		name += fmt.Sprintf("（%s至%s）", r.From.Date().Format("1月2日"), r.Last.Date().Format("1月2日"))
	}
	return name
}
