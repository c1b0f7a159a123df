package app

import (
	"fmt"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

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
