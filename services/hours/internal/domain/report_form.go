package domain

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ReportForm is a form that an office fills for every period: the province's own
// workbook, with what each of its cells is to show.
type ReportForm struct {
	ID         string
	RegionPath string // whose report it is; all figures are of this region and below
	PeriodKind PeriodKind
	CreatedBy  string
	CreatedAt  time.Time
}

// FormVersion is how a form is filled, for periods from ValidFrom on. Versions
// are only added; reports that were frozen keep theirs.
type FormVersion struct {
	FormID     string
	Version    int
	Name       string
	Addressee  string // to whom it is reported
	CutOffDay  int    // of the month in which the period ends; 0: its last day
	CutOffNext bool   // of the month after
	CutToCut   bool   // counts from the cut-off day before to this one, not by the calendar
	ValidFrom  Day
	FileID     string
	FileName   string
	Bindings   []Binding
	SetBy      string
	SetAt      time.Time
}

// Binding says what a cell shows: a text of the report, or a figure.
type Binding struct {
	Sheet        string   `json:"sheet"`
	Cell         string   `json:"cell"`
	Text         FormText `json:"text,omitempty"`
	Indicator    string   `json:"indicator,omitempty"`
	ProgrammeID  string   `json:"programme_id,omitempty"`
	RegionCode   string   `json:"region_code,omitempty"` // empty: the form's own
	Unit         string   `json:"reporting_unit,omitempty"`
	Verification string   `json:"verification,omitempty"`
	Span         string   `json:"span,omitempty"` // empty: the period; else as in Spans, or month:01 to month:12
}

// FormText is a text that a report knows of itself.
type FormText string

// The texts.
const (
	TextPeriod    FormText = "period"
	TextOffice    FormText = "office"
	TextAddressee FormText = "addressee"
	TextFiller    FormText = "filler"
	TextReviewer  FormText = "reviewer"
	TextHead      FormText = "head"
	TextDate      FormText = "date"
)

// FormTexts are all texts with the words that stand for them in a form.
var FormTexts = map[FormText]string{
	TextPeriod: "报告期", TextOffice: "填报单位", TextAddressee: "报送单位", TextFiller: "填表人", TextReviewer: "审核人", TextHead: "负责人", TextDate: "填报日期",
}

// The spans besides the period itself, with the words that stand for them in a form.
const (
	SpanPeriod         = ""
	SpanYearToDate     = "year_to_date"
	SpanLastYear       = "last_year"
	SpanLastYearToDate = "last_year_to_date"
)

// Spans are the spans by the words that stand for them in a form.
var Spans = map[string]string{"本期": SpanPeriod, "本年累计": SpanYearToDate, "上年同期": SpanLastYear, "上年累计": SpanLastYearToDate}

// What can be wrong with a form.
var (
	ErrNoForm        = apperr.New(apperr.NotFound, "no_such_form", "没有这张报表，或者不在您的管辖范围内。", "There is no such form, or it is not one of yours.")
	ErrFormName      = apperr.New(apperr.Invalid, "form_name", "请写报表名称，60 字以内。", "Please give the form a name, in 60 characters at most.")
	ErrFormAddressee = apperr.New(apperr.Invalid, "form_addressee", "报送单位不超过 60 字。", "The addressee has 60 characters at most.")
	ErrFormCutOff    = apperr.New(apperr.Invalid, "form_cut_off", "截数日是 1 到 28 日，或者月末。", "The cut-off day is from the 1st to the 28th, or the month's last.")
	ErrFormCutToCut  = apperr.New(apperr.Invalid, "form_cut_to_cut", "按“上次截数到这次截数”统计时，截数日要在本期的月份里，并且不是月末。", "From cut-off to cut-off needs a cut-off day within the period's month that is not its last.")
	ErrFormFrom      = apperr.New(apperr.Invalid, "form_from", "从哪天起用，要在前年 1 月 1 日到明年底之间。", "It begins between the start of the year before last and the end of next year.")
	ErrFormKind      = apperr.New(apperr.Invalid, "form_kind", "报表按月、按季或按年。", "A form is for months, quarters or years.")
	ErrFormBinding   = apperr.New(apperr.Invalid, "form_binding", "有一个单元格的绑定看不懂，请重新选择指标。", "What a cell is bound to cannot be read; please choose again.")
	ErrFormTwice     = apperr.New(apperr.Invalid, "form_twice", "同一个单元格绑定了两次。", "One cell is bound twice.")
)

// NewReportForm returns an empty form of a region.
func NewReportForm(regionPath string, kind PeriodKind, by string, now time.Time) (ReportForm, error) {
	if kind != Month && kind != Quarter && kind != Year {
		return ReportForm{}, apperr.For("period_kind", ErrFormKind)
	}
	return ReportForm{ID: id.New(), RegionPath: regionPath, PeriodKind: kind, CreatedBy: by, CreatedAt: now}, nil
}

// NewFormVersion returns v as a version that is set now.
func NewFormVersion(v FormVersion, by string, now time.Time) (FormVersion, error) {
	v.Name, v.Addressee = strings.TrimSpace(v.Name), strings.TrimSpace(v.Addressee)
	year := DayOf(now).Date().Year()
	switch {
	case v.Name == "" || utf8.RuneCountInString(v.Name) > 60:
		return v, apperr.For("name", ErrFormName)
	case utf8.RuneCountInString(v.Addressee) > 60:
		return v, apperr.For("addressee", ErrFormAddressee)
	case v.CutOffDay < 0 || v.CutOffDay > 28:
		return v, apperr.For("cut_off_day", ErrFormCutOff)
	case v.CutToCut && (v.CutOffNext || v.CutOffDay == 0):
		return v, apperr.For("cut_to_cut", ErrFormCutToCut)
	case v.ValidFrom < DayOn(year-2, 1, 1) || v.ValidFrom >= DayOn(year+2, 1, 1):
		return v, apperr.For("valid_from", ErrFormFrom)
	}
	seen := map[[2]string]bool{}
	for _, b := range v.Bindings {
		if err := b.check(); err != nil {
			return v, apperr.For("bindings", err)
		}
		at := [2]string{b.Sheet, b.Cell}
		if seen[at] {
			return v, apperr.For("bindings", ErrFormTwice)
		}
		seen[at] = true
	}
	v.SetBy, v.SetAt = by, now
	return v, nil
}

func (b Binding) check() *apperr.Error {
	if b.Text != "" {
		if _, ok := FormTexts[b.Text]; !ok || b.Indicator != "" {
			return ErrFormBinding
		}
		return nil
	}
	i, ok := FindIndicator(b.Indicator)
	month, isMonth := b.month()
	known := b.Span == SpanPeriod || b.Span == SpanYearToDate || b.Span == SpanLastYear || b.Span == SpanLastYearToDate || isMonth && month >= 1 && month <= 12
	if !ok || i.Code != b.Indicator || !known || b.ProgrammeID != "" && !i.ByProgramme || b.Verification != "" && !i.ByProof {
		return ErrFormBinding
	}
	return nil
}

func (b Binding) month() (month int, ok bool) {
	n, err := fmt.Sscanf(b.Span, "month:%02d", &month)
	return month, err == nil && n == 1 && b.Span == fmt.Sprintf("month:%02d", month)
}

// CutOff returns the last day before the figures of a period are frozen.
func (v FormVersion) CutOff(p Period) Day {
	_, until := p.Days()
	month := (until - 1).FirstOfMonth(0)
	if v.CutOffNext {
		month = month.FirstOfMonth(1)
	}
	if v.CutOffDay == 0 {
		return month.FirstOfMonth(1) - 1
	}
	return month + Day(v.CutOffDay-1)
}

// Days returns which days the figures of a period are of: the first, and the day
// after the last.
func (v FormVersion) Days(p Period) (from, until Day) {
	from, until = p.Days()
	if v.CutToCut {
		until = v.CutOff(p) + 1
		from = from.FirstOfMonth(-1) + Day(v.CutOffDay)
	}
	return from, until
}

// Span returns which days a binding of a period's report is of.
func (v FormVersion) Span(b Binding, p Period) (from, until Day) {
	year := p.Start.Date().Year()
	firstOf := func(p Period, year int) Day {
		from, _ := v.Days(Period{Kind: p.Kind, Start: DayOn(year, 1, 1)})
		return from
	}
	before := Period{Kind: p.Kind, Start: DayOn(year-1, p.Start.Date().Month(), 1)}
	switch month, isMonth := b.month(); {
	case isMonth:
		return v.Days(Period{Kind: Month, Start: DayOn(year, time.Month(month), 1)})
	case b.Span == SpanYearToDate:
		_, until = v.Days(p)
		return firstOf(p, year), until
	case b.Span == SpanLastYear:
		return v.Days(before)
	case b.Span == SpanLastYearToDate:
		_, until = v.Days(before)
		return firstOf(p, year-1), until
	}
	return v.Days(p)
}

// FormHistory is all versions of a form, the oldest first.
type FormHistory []FormVersion

// At returns the version that holds for a period: of those that begin by its last
// day the one that begins last, and of these the newest.
func (h FormHistory) At(p Period) (v FormVersion, ok bool) {
	_, until := p.Days()
	for _, other := range h {
		if other.ValidFrom < until && (!ok || other.ValidFrom >= v.ValidFrom) {
			v, ok = other, true
		}
	}
	return v, ok
}

// Newest returns the version that was set last.
func (h FormHistory) Newest() FormVersion { return h[len(h)-1] }

// Due returns the periods whose cut-off day is over, the earliest first, and the
// one after them. They begin with that in which the earliest version does.
func (h FormHistory) Due(kind PeriodKind, today Day) (due []Period, current Period) {
	first := h[0].ValidFrom
	for _, v := range h {
		first = min(first, v.ValidFrom)
	}
	for p := PeriodOf(kind, first); ; {
		if v, ok := h.At(p); !ok || v.CutOff(p) >= today {
			return due, p
		}
		due = append(due, p)
		_, until := p.Days()
		p = PeriodOf(kind, until)
	}
}
