package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/reportpaper"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// The formats of an export.
const (
	FormatXLSX = "xlsx" // the form itself, filled
	FormatPDF  = "pdf"  // A4, with what differs and three lines to sign on
)

// ExportReport returns a report as a file, and the file's name, under the same
// rules as FindReport. Who took it out, and what for, is recorded in the same
// transaction.
func (a *App) ExportReport(ctx context.Context, formID string, p domain.Period, number int, format, purpose string) (file []byte, name string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	r, err := a.FindReport(ctx, formID, p, number)
	if err != nil {
		return nil, "", err
	}
	e := domain.ReportExport{FormID: formID, Period: p.String(), Format: format, Purpose: purpose}
	if r.Report != nil {
		e.Version, e.Position = r.Report.Version, r.Report.Place.LogSize
	}
	if e, err = domain.NewReportExport(e, who.VolunteerID, a.clock.Now()); err != nil {
		return nil, "", err
	}
	if format == FormatPDF {
		file, err = reportpaper.PDF(r.paper(e, a.people.Find(ctx, []string{who.VolunteerID})[who.VolunteerID].FullName()))
	} else {
		file, err = r.workbook()
	}
	if err != nil {
		return nil, "", err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error { return store.InsertReportExport(ctx, q, e) })
	return file, fmt.Sprintf("%s-%s-%s.%s", r.Version.Name, strings.Split(r.PeriodName(), "（")[0], r.State(), format), err
}

func (r *ReportView) workbook() ([]byte, error) {
	book, err := r.fill()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	return book.Bytes()
}

// State says which version it is: 上报版, 上报版第2版 or 预览.
func (r *ReportView) State() string {
	switch {
	case r.Report == nil:
		return "预览"
	case r.Report.Version == 1:
		return "上报版"
	}
	return fmt.Sprintf("上报版第%d版", r.Report.Version)
}

var roleNames = map[domain.ReportRole]string{domain.Filler: "填表人", domain.Reviewer: "审核人", domain.Head: "负责人"}

func (r *ReportView) paper(e domain.ReportExport, taker string) reportpaper.Report {
	d := reportpaper.Report{
		Title: r.Version.Name, Office: r.RegionName, Addressee: r.Version.Addressee, Period: r.PeriodName(), State: r.State(),
		AsOf:          "未到截数日，数字还会变。",
		NoDifferences: "未到截数日，没有上报版可比。",
		Taken:         fmt.Sprintf("%s 由 %s 导出，用途：%s。导出已记录。", clock.Minute(e.At), taker, e.Purpose),
	}
	if r.Report != nil {
		d.AsOf = fmt.Sprintf("%s 定稿，账本第 %d 条为止；每个数字都能按这个位置从账本重新算出。", clock.Minute(r.Report.FrozenAt), r.Report.Place.LogSize)
		d.NoDifferences = "到导出时，没有差异。"
		if r.Report.Reason != "" {
			d.State += "（退回原因：" + r.Report.Reason + "）"
		}
	}
	for i, role := range domain.ReportRoles {
		d.Signatures[i].Role = roleNames[role]
	}
	for i, s := range r.signatures() {
		d.Signatures[i].Name, d.Signatures[i].On = r.Names[s.By], s.At.In(clock.City).Format("2006-01-02 15:04 确认")
	}
	for _, s := range r.Sheets {
		d.Sheets = append(d.Sheets, paperSheet(s))
	}
	for _, c := range r.Cells {
		if c.Changed() {
			d.Differences = append(d.Differences, reportpaper.Difference{
				Cell: c.Cell, Name: strings.TrimSuffix(c.Name+"（"+c.Narrowed+"）", "（）"), Frozen: spellFigure(c.Value, c.Hours), Now: spellFigure(c.Now, c.Hours), Why: c.why(),
			})
		}
	}
	return d
}

// why says the differences of a cell in words.
func (c ReportCell) why() string {
	var parts []string
	for _, d := range c.Differences {
		text := differenceWords[d.Why]
		if d.Reason != "" {
			text += "（" + d.Reason + "）"
		}
		if d.Lines > 0 {
			text += fmt.Sprintf(" %d 条", d.Lines)
		}
		if c.Hours {
			text += " " + signed(d.Minutes) + " 小时"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "；")
}

func signed(minutes int64) string {
	text := spellFigure(minutes, true)
	if minutes >= 0 {
		text = "+" + text
	}
	return text
}

var differenceWords = map[string]string{
	store.WhyLate: "截数日之后才确认", store.WhyCorrected: "更正", store.WhySettled: "截数日之后公示期满", store.WhyHeld: "异议处理中或已处理",
	store.WhyActivity: "截数日之后确认或重新确认的场次", store.WhyBrigade: "截数日之后变动的队伍", store.WhyRecords: "同一人的记录合并，或队伍、场次信息变动",
}

func spellFigure(value int64, hours bool) string {
	return strconv.FormatFloat(Shown(value, hours), 'f', -1, 64)
}
