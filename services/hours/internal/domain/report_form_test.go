package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestFormVersionDays(t *testing.T) {
	t.Parallel()
	november := Period{Kind: Month, Start: DayOn(2026, 11, 1)}
	year := Period{Kind: Year, Start: DayOn(2026, 1, 1)}
	for name, c := range map[string]struct {
		version           FormVersion
		period            Period
		span              string
		from, last, frozn string
	}{
		"a calendar month that is cut on its last day":      {FormVersion{}, november, "", "2026-11-01", "2026-11-30", "2026-11-30"},
		"a calendar month that is cut on the third after":   {FormVersion{CutOffDay: 3, CutOffNext: true}, november, "", "2026-11-01", "2026-11-30", "2026-12-03"},
		"from cut-off to cut-off, the days between are one": {FormVersion{CutOffDay: 25, CutToCut: true}, november, "", "2026-10-26", "2026-11-25", "2026-11-25"},
		"a year from cut-off to cut-off":                    {FormVersion{CutOffDay: 25, CutToCut: true}, year, "", "2025-12-26", "2026-12-25", "2026-12-25"},
		"a year to date begins where its first month does":  {FormVersion{CutOffDay: 25, CutToCut: true}, november, SpanYearToDate, "2025-12-26", "2026-11-25", "2026-11-25"},
		"the year to date of the calendar":                  {FormVersion{}, november, SpanYearToDate, "2026-01-01", "2026-11-30", "2026-11-30"},
		"last year's same month":                            {FormVersion{}, november, SpanLastYear, "2025-11-01", "2025-11-30", "2026-11-30"},
		"last year's year to date":                          {FormVersion{}, november, SpanLastYearToDate, "2025-01-01", "2025-11-30", "2026-11-30"},
		"a month of a yearly report":                        {FormVersion{}, year, "month:02", "2026-02-01", "2026-02-28", "2026-12-31"},
		"a month of a yearly report from cut-off to cut-off": {
			FormVersion{CutOffDay: 25, CutToCut: true}, year, "month:01", "2025-12-26", "2026-01-25", "2026-12-25",
		},
		"a quarter": {FormVersion{CutOffDay: 25, CutToCut: true}, Period{Kind: Quarter, Start: DayOn(2026, 10, 1)}, "", "2026-09-26", "2026-12-25", "2026-12-25"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, until := c.version.Span(Binding{Span: c.span}, c.period)
			got := []string{from.String(), (until - 1).String(), c.version.CutOff(c.period).String()}
			if diff := cmp.Diff([]string{c.from, c.last, c.frozn}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("twelve months from cut-off to cut-off are the year, no day twice and none missing", func(t *testing.T) {
		t.Parallel()
		v := FormVersion{CutOffDay: 25, CutToCut: true}
		next, end := v.Days(year)
		for m := range 12 {
			from, until := v.Days(Period{Kind: Month, Start: DayOn(2026, time.Month(m+1), 1)})
			if from != next {
				t.Errorf("month %d begins on %s, want %s", m+1, from, next)
			}
			next = until
		}
		if next != end {
			t.Errorf("the months end before %s, the year before %s", next, end)
		}
	})
}

func TestFormHistory(t *testing.T) {
	t.Parallel()
	h := FormHistory{
		{Version: 1, ValidFrom: DayOn(2026, 9, 1), CutOffDay: 25, CutToCut: true},
		{Version: 2, ValidFrom: DayOn(2026, 11, 1)},
		{Version: 3, ValidFrom: DayOn(2026, 10, 1), CutOffDay: 20, CutToCut: true},
	}
	for month, version := range map[time.Month]int{8: 0, 9: 1, 10: 3, 11: 2, 12: 2} {
		if v, _ := h.At(Period{Kind: Month, Start: DayOn(2026, month, 1)}); v.Version != version {
			t.Errorf("in month %d holds version %d, want %d", month, v.Version, version)
		}
	}
	due, current := h.Due(Month, DayOn(2026, 11, 30))
	if diff := cmp.Diff([]Period{{Kind: Month, Start: DayOn(2026, 9, 1)}, {Kind: Month, Start: DayOn(2026, 10, 1)}}, due); diff != "" || current.String() != "month:2026-11" {
		t.Error("on the cut-off day itself it still runs", current, diff)
	}
	if due, _ = h.Due(Month, DayOn(2026, 12, 1)); len(due) != 3 {
		t.Errorf("the day after it is due: %v", due)
	}
}

func TestNewFormVersion(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, clock.City)
	good := FormVersion{Name: "志愿服务月报", ValidFrom: DayOn(2026, 11, 1), Bindings: []Binding{{Sheet: "表", Cell: "B2", Indicator: "service_hours"}, {Sheet: "表", Cell: "B3", Text: TextPeriod}}}
	for name, c := range map[string]struct {
		change func(*FormVersion)
		want   error
	}{
		"valid":                                    {func(*FormVersion) {}, nil},
		"no name":                                  {func(v *FormVersion) { v.Name = " " }, ErrFormName},
		"the 29th is not in every month":           {func(v *FormVersion) { v.CutOffDay = 29 }, ErrFormCutOff},
		"cut to cut at a month's end":              {func(v *FormVersion) { v.CutToCut = true }, ErrFormCutToCut},
		"too long ago":                             {func(v *FormVersion) { v.ValidFrom = DayOn(2023, 12, 31) }, ErrFormFrom},
		"an indicator nobody knows":                {func(v *FormVersion) { v.Bindings[0].Indicator = "registered" }, ErrFormBinding},
		"a name in place of a code":                {func(v *FormVersion) { v.Bindings[0].Indicator = "服务时长" }, ErrFormBinding},
		"brigades have no programme":               {func(v *FormVersion) { v.Bindings[0].Indicator, v.Bindings[0].ProgrammeID = "brigades", "x" }, ErrFormBinding},
		"a thirteenth month":                       {func(v *FormVersion) { v.Bindings[0].Span = "month:13" }, ErrFormBinding},
		"both a text and a figure":                 {func(v *FormVersion) { v.Bindings[1].Indicator = "brigades" }, ErrFormBinding},
		"a cell that is bound twice":               {func(v *FormVersion) { v.Bindings[1].Cell = "B2" }, ErrFormTwice},
		"a month of the year, written as it is":    {func(v *FormVersion) { v.Bindings[0].Span = "month:07" }, nil},
		"a month of the year, written differently": {func(v *FormVersion) { v.Bindings[0].Span = "month:7" }, ErrFormBinding},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := good
			v.Bindings = append([]Binding{}, good.Bindings...)
			c.change(&v)
			if _, err := NewFormVersion(v, "by", now); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	day := DayOn(2026, 11, 5)
	lines := []Fact{
		{Kind: LineFacts, Account: ServiceAccount, Day: day, PersonID: "a", TeamID: "t", RegionPath: "4106/410611/", Verification: "A", Minutes: 120, Times: 1},
		{Kind: LineFacts, Account: ServiceAccount, Day: day, PersonID: "a", TeamID: "t", RegionPath: "4106/410611/", Verification: "A", Minutes: -120, Times: -1},
		{Kind: LineFacts, Account: ServiceAccount, Day: day, PersonID: "b", TeamID: "u", RegionPath: "4106/410621/", ProgrammeID: "p", Verification: "C", Minutes: 30, Times: 1},
		{Kind: LineFacts, Account: TrainingAccount, Day: day, PersonID: "c", TeamID: "u", RegionPath: "4106/410621/", Minutes: 45, Times: 1},
		{Kind: LineFacts, Account: ServiceAccount, Day: day - 30, PersonID: "d", TeamID: "u", RegionPath: "4106/410621/", Minutes: 10, Times: 1},
		{Kind: ActivityFacts, Account: ServiceAccount, Day: day, TaskID: "x", RegionPath: "4106/", Times: 1, Served: 40},
		{Kind: ActivityFacts, Account: ServiceAccount, Day: day, TaskID: "x", RegionPath: "4106/", Times: 1, Served: 2},
		{Kind: BrigadeFacts, Day: day - 400, RegionPath: "4106/"},
		{Kind: BrigadeFacts, Day: day, RegionPath: "4106/"},
		{Kind: BrigadeFacts, Day: day, Gone: day + 1, RegionPath: "4106/"},
		{Kind: BrigadeFacts, Day: day + 100, RegionPath: "4106/"},
	}
	november := Filter{From: DayOn(2026, 11, 1), Until: DayOn(2026, 12, 1), RegionPath: "4106/"}
	of := func(change func(*Filter)) Filter { f := november; change(&f); return f }
	for name, c := range map[string]struct {
		code   string
		filter Filter
		want   int64
	}{
		"minutes with what was undone taken away": {"service_hours", november, 30},
		"of a programme":       {"service_hours", of(func(f *Filter) { f.ProgrammeID = "p" }), 30},
		"of a county":          {"service_hours", of(func(f *Filter) { f.RegionPath = "4106/410611/" }), 0},
		"by how it was proved": {"service_times", of(func(f *Filter) { f.Verification = "C" }), 1},
		"who has nothing left is nobody who served":       {"volunteers", november, 1},
		"nor is their brigade one":                        {"brigades_active", november, 1},
		"training is apart":                               {"training_hours", november, 45},
		"two shifts of one activity":                      {"activities", november, 1},
		"are two shifts":                                  {"shifts", november, 2},
		"of whom leaders told":                            {"people_served", november, 42},
		"brigades at the end of the month":                {"brigades", november, 2},
		"new ones, those that went again too":             {"brigades_new", november, 2},
		"the month before had one brigade and no service": {"brigades", of(func(f *Filter) { f.From, f.Until = day-40, day-10 }), 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, ok := FindIndicator(c.code)
			tally := NewTally(i, c.filter)
			for _, x := range lines {
				tally.Add(x)
			}
			if got := tally.Value(); !ok || got != c.want {
				t.Errorf("%s = %d, want %d", c.code, got, c.want)
			}
		})
	}
}

func TestReportMaySign(t *testing.T) {
	t.Parallel()
	filled := Report{Signatures: []Signature{{Role: Filler, By: "a"}}}
	for name, c := range map[string]struct {
		report Report
		role   ReportRole
		self   Person
		want   error
	}{
		"the filler is first":                    {Report{}, Filler, NewPerson("a"), nil},
		"nobody reviews what was not filled":     {Report{}, Reviewer, NewPerson("a"), ErrSignedOut},
		"nobody reviews what they filled":        {filled, Reviewer, NewPerson("a"), ErrSamePerson},
		"nor what they filled by another record": {filled, Reviewer, NewPerson("b", "a"), ErrSamePerson},
		"another person reviews":                 {filled, Reviewer, NewPerson("b"), nil},
		"the head is last":                       {filled, Head, NewPerson("c"), ErrSignedOut},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := c.report.MaySign(c.role, c.self); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}
