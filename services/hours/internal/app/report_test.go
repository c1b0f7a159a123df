package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

// reporting is a town whose county reports.
type reporting struct {
	*staff
	form string
}

var november = domain.Period{Kind: domain.Month, Start: domain.DayOn(2026, 11, 1)}

// newReporting returns a county with the sample form for months, cut on the 25th,
// from the 26th of the month before on.
func newReporting(t testing.TB) *reporting {
	t.Helper()
	o := &reporting{staff: newStaff(t)}
	o.count(o.App)
	sample, err := o.SampleForm(o.decider())
	o.must(err)
	up, err := o.UploadForm(o.decider(), app.Upload{Region: "410611", Kind: domain.Month, Name: "志愿服务月报", FileName: "月报.xlsx", Content: sample})
	o.must(err)
	if len(up.Wrong) > 0 || up.Bound != 42 {
		t.Fatalf("uploaded: %+v", up)
	}
	o.form = up.FormID
	o.set(func(v *domain.FormVersion) {
		v.CutOffDay, v.CutToCut, v.Addressee = 25, true, "鹤壁市妇女联合会"
	})
	return o
}

func (o *reporting) decider() context.Context { return o.officer(o.county, countyPath) }

// set adds a version with a change to the newest.
func (o *reporting) set(change func(*domain.FormVersion)) {
	o.t.Helper()
	f, err := o.FindReportForm(o.decider(), o.form)
	o.must(err)
	change(&f.Version)
	o.must(o.SetForm(o.decider(), o.form, f.Version))
}

// log brings all lines into the ledger's log, as the service does every second.
func (o *reporting) log() {
	o.t.Helper()
	wait.Until(o.t, "the log to hold all lines", func() bool {
		_, err := o.LogLines(o.t.Context())
		o.must(err)
		var waits int
		o.must(o.db.Owner(o.t).Get(&waits, "SELECT (SELECT count(*) FROM entries) - (SELECT count(*) FROM log_leaves)"))
		return waits == 0
	})
}

func (o *reporting) onThe(day int) {
	o.clock.SetTo(time.Date(2026, time.November, day, 0, 0, 5, 0, clock.City))
}

func (o *reporting) report(version int) app.ReportView {
	o.t.Helper()
	r, err := o.FindReport(o.decider(), o.form, november, version)
	o.must(err)
	return r
}

func (o *reporting) cell(r app.ReportView, at string) app.ReportCell {
	o.t.Helper()
	for _, c := range r.Cells {
		if c.Cell == at {
			return c
		}
	}
	o.t.Fatalf("no cell %s", at)
	return app.ReportCell{}
}

func TestFreezeReports(t *testing.T) {
	t.Parallel()
	o := newReporting(t)
	o.credit(o.attendance(by(id.New(), 90)))
	o.inTx(func(q postgres.Querier) error {
		return o.LearnActivities(t.Context(), q, []tasksv1.ShiftConfirmed{{
			ShiftID: id.New(), TaskID: id.New(), TeamID: o.team, ProgrammeID: o.programme, RegionPath: countyPath, TaskTitle: "护河", PeopleServed: 40, Confirmed: 2, StartsAt: o.clock.Now(), Version: 3,
		}})
	})
	o.must(o.DoDuties(t.Context()))
	if r := o.report(0); r.Report != nil || o.cell(r, "B5").Value != 210 || r.CutOff != domain.DayOn(2026, 11, 25) {
		t.Errorf("before the cut-off day it shows what there is: %+v", r.Cells)
	}
	o.onThe(25)
	o.must(o.DoDuties(t.Context()))
	if r := o.report(0); r.Report != nil {
		t.Error("frozen on the cut-off day itself")
	}
	o.onThe(26)
	o.must(o.DoDuties(t.Context()))
	if r := o.report(0); r.Report != nil {
		t.Error("frozen although the log has not taken in all lines yet")
	}
	o.log()
	replicas := []*app.App{o.App, o.replica(), o.replica()} // the third was started anew after the cut-off day
	var all sync.WaitGroup
	for _, replica := range replicas {
		o.must(replica.Load(t.Context()))
		all.Go(func() {
			for range 2 {
				if err := replica.DoDuties(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	r := o.report(0)
	if r.Report == nil || len(r.Versions) != 1 || r.State() != "上报版" {
		t.Fatalf("%d reports", len(r.Versions))
	}
	got := map[string]int64{}
	for _, at := range []string{"B5", "B7", "B8", "B9", "B10", "B11"} {
		got[at] = o.cell(r, at).Value
	}
	want := map[string]int64{"B5": 210, "B7": 2, "B8": 2, "B9": 1, "B10": 1, "B11": 40}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	t.Run("nobody changes a frozen report, not even the owner of the table", func(t *testing.T) {
		for _, query := range []string{"UPDATE report_figures SET value = 1", "DELETE FROM reports", "UPDATE report_form_versions SET cut_off_day = 1", "DELETE FROM report_signatures", "TRUNCATE known_activities"} {
			if _, err := o.db.Owner(t).Exec(query); err == nil {
				t.Errorf("%s went through", query)
			}
			if err := o.db.InTx(t.Context(), func(q postgres.Querier) error { _, err := q.ExecContext(t.Context(), query); return err }); err == nil {
				t.Errorf("%s went through as the service", query)
			}
		}
	})
	t.Run("the next period runs from the day after on", func(t *testing.T) {
		next, err := o.FindReport(o.decider(), o.form, domain.Period{Kind: domain.Month, Start: domain.DayOn(2026, 12, 1)}, 0)
		o.must(err)
		if next.From != domain.DayOn(2026, 11, 26) || o.cell(next, "B5").Value != 0 {
			t.Errorf("from %s: %+v", next.From, o.cell(next, "B5"))
		}
	})
}

func TestReportDifferences(t *testing.T) {
	t.Parallel()
	o := newReporting(t)
	o.onThe(26)
	o.log()
	o.must(o.DoDuties(t.Context()))
	if r := o.report(0); r.Report == nil || o.cell(r, "B5").Changed() {
		t.Fatal("it is frozen and nothing differs")
	}
	asked, err := o.AskCorrection(o.as(o.me), o.line.ID, "少算了半小时", later(o.line))
	o.must(err)
	o.must(o.DecideCorrection(o.as(o.deputy), asked.ID, app.CorrectionDecision{Accept: true, Reason: "签到表上是十一点半"}))
	o.credit(o.attendance(at(time.Date(2026, time.November, 20, 9, 0, 0, 0, clock.City)), by(id.New(), 60)))
	r := o.report(0)
	c := o.cell(r, "B5")
	if c.Value != 120 || c.Now != 210 {
		t.Errorf("%d, now %d", c.Value, c.Now)
	}
	var why []string
	for _, d := range c.Differences {
		why = append(why, fmt.Sprint(d.Why, " ", d.Reason, " ", d.Lines, " ", d.Minutes))
	}
	if diff := cmp.Diff([]string{"late  1 60", "corrected 签到表上是十一点半 2 30"}, why); diff != "" {
		t.Error(diff)
	}
	t.Run("the lines that make the difference are listed, and come to it", func(t *testing.T) {
		lines := o.entries(t, "B5", 1, true)
		if sum := minutesOf(lines); sum != c.Now-c.Value || len(lines) != 3 {
			t.Errorf("%d lines come to %d", len(lines), sum)
		}
		if sum := minutesOf(o.entries(t, "B5", 1, false)); sum != c.Value {
			t.Errorf("those that were frozen come to %d", sum)
		}
	})
	t.Run("sent back with a reason it is frozen anew, and the older stays", func(t *testing.T) {
		o.log()
		_, err := o.SendReportBack(o.decider(), o.form, november, 1, "漏")
		if !isKind(err, apperr.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		version, err := o.SendReportBack(o.decider(), o.form, november, 1, "更正之后重新报送")
		if err != nil || version != 2 {
			t.Fatal(version, err)
		}
		if _, err := o.SendReportBack(o.decider(), o.form, november, 1, "更正之后重新报送"); !errors.Is(err, domain.ErrOldVersion) {
			t.Errorf("the older again: %v", err)
		}
		if first, second := o.report(1), o.report(2); o.cell(first, "B5").Value != 120 || o.cell(second, "B5").Value != 210 || o.cell(second, "B5").Changed() {
			t.Errorf("%+v, then %+v", o.cell(first, "B5"), o.cell(second, "B5"))
		}
	})
	t.Run("taken out, the form holds numbers, the page says why, and it is recorded", func(t *testing.T) {
		file, name, err := o.ExportReport(o.decider(), o.form, november, 1, app.FormatXLSX, "报送市妇联")
		o.must(err)
		book, err := excelize.OpenReader(bytes.NewReader(file))
		o.must(err)
		if got, _ := book.GetCellValue("月报", "B5"); got != "2" || name != "志愿服务月报-2026年11月-上报版.xlsx" {
			t.Errorf("B5 is %q in %s", got, name)
		}
		page, _, err := o.ExportReport(o.decider(), o.form, november, 1, app.FormatPDF, "报送市妇联")
		if err != nil || !bytes.HasPrefix(page, []byte("%PDF-")) {
			t.Error(err)
		}
		var taken []string
		o.must(o.db.Owner(t).Select(&taken, "SELECT format || ' ' || version || ' ' || purpose FROM report_exports WHERE exported_by = $1 ORDER BY format", o.county))
		if diff := cmp.Diff([]string{"pdf 1 报送市妇联", "xlsx 1 报送市妇联"}, taken); diff != "" {
			t.Error(diff)
		}
	})
}

func isKind(err error, kind apperr.Kind) bool { return err != nil && apperr.KindOf(err) == kind }

// entries returns all pages behind a cell.
func (o *reporting) entries(t testing.TB, cell string, version int, since bool) (all []app.ReportEntry) {
	t.Helper()
	query := app.ReportEntriesQuery{FormID: o.form, Period: november, Version: version, Sheet: "月报", Cell: cell, Since: since, Limit: 7}
	for {
		page, err := o.ListReportEntries(o.decider(), query)
		o.must(err)
		all = append(all, page.Items...)
		if query.After = page.Next; page.Next == "" {
			return all
		}
	}
}

func minutesOf(lines []app.ReportEntry) (sum int64) {
	for _, l := range lines {
		sum += int64(l.Minutes)
	}
	return sum
}

func TestSignReport(t *testing.T) {
	t.Parallel()
	o := newReporting(t)
	o.onThe(26)
	o.log()
	o.must(o.DoDuties(t.Context()))
	filler, head, other := id.New(), id.New(), id.New()
	o.inTx(func(q postgres.Querier) error {
		return o.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: other, MergedInto: filler, Version: 2}})
	})
	viewer := o.as(filler, countyPath)
	sign := func(as context.Context, version int, role domain.ReportRole, want error) {
		t.Helper()
		if err := o.SignReport(as, o.form, november, version, role); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", role, err, want)
		}
	}
	sign(o.decider(), 1, domain.Reviewer, domain.ErrSignedOut)
	sign(viewer, 2, domain.Filler, domain.ErrNoReport)
	sign(o.as(id.New(), "4106/410621/"), 1, domain.Filler, domain.ErrNoForm)
	sign(viewer, 1, domain.Filler, nil)
	sign(o.decider(), 1, domain.Filler, domain.ErrSignedOut)
	if err := o.SignReport(viewer, o.form, november, 1, domain.Reviewer); !isKind(err, apperr.Forbidden) {
		t.Errorf("who only looks does not review: %v", err)
	}
	sign(o.officer(filler, countyPath), 1, domain.Reviewer, domain.ErrSamePerson)
	sign(o.officer(other, countyPath), 1, domain.Reviewer, domain.ErrSamePerson)
	sign(o.decider(), 1, domain.Reviewer, nil)
	sign(o.officer(head, cityPath), 1, domain.Head, nil)
	sign(o.officer(head, cityPath), 1, domain.Head, domain.ErrSignedOut)
	r := o.report(0)
	if got := o.cell(r, "B19").Text; got != r.Names[filler] {
		t.Errorf("the form names %q", got)
	}
	if r.Next != "" || len(r.Report.Signatures) != 3 {
		t.Errorf("%+v", r.Report.Signatures)
	}
	t.Run("the database knows that nobody reviews what they filled", func(t *testing.T) {
		_, err := o.db.Owner(t).Exec(`INSERT INTO report_signatures (report_id, place, signed_by, signed_at, before_by) SELECT id, 2, $1, now(), $1 FROM reports`, filler)
		if err == nil || !strings.Contains(err.Error(), "report_signatures_own_check") {
			t.Errorf("%v", err)
		}
	})
	t.Run("a county's report is there for its own officers and those above", func(t *testing.T) {
		for path, want := range map[string]error{countyPath: nil, cityPath: nil, "4106/410621/": domain.ErrNoForm, "4106/410611/410611001/": domain.ErrNoForm} {
			as := o.as(id.New(), path)
			_, err := o.FindReport(as, o.form, november, 0)
			_, formErr := o.FindReportForm(as, o.form)
			_, listErr := o.ListReportEntries(as, app.ReportEntriesQuery{FormID: o.form, Period: november, Sheet: "月报", Cell: "B5", Limit: 5})
			_, _, exportErr := o.ExportReport(as, o.form, november, 0, app.FormatXLSX, "看一看能不能")
			for _, err := range []error{err, formErr, listErr, exportErr} {
				if !errors.Is(err, want) {
					t.Errorf("%s: %v, want %v", path, err, want)
				}
			}
			if err := o.SetForm(as, o.form, r.Version); want == nil && !isKind(err, apperr.Forbidden) || want != nil && !errors.Is(err, want) {
				t.Errorf("%s sets it: %v", path, err)
			}
		}
	})
}

// Every indicator with random filters: counted in memory, summed by the database,
// and added up from its entries, it is the same; frozen and worked out again too.
func TestFiguresAreSumsOfTheirEntries(t *testing.T) {
	t.Parallel()
	o := newReporting(t)
	random := rand.New(rand.NewPCG(26, 11))
	pick := func(some ...string) string { return some[random.IntN(len(some))] }
	var events []tasksv1.AttendanceConfirmed
	var people []string
	for range 9 {
		people = append(people, id.New())
	}
	other := id.New()
	for n := range 60 {
		from := time.Date(2026, time.October, 20+n/2, 6+random.IntN(3)*5, 0, 0, 0, clock.City)
		events = append(events, tasksv1.AttendanceConfirmed{
			AttendanceID: id.New(), TaskTitle: "护河", TeamID: pick(o.team, o.other), RegionPath: pick(countyPath, countyPath+"410611001/", "4106/410621/"), ReportingUnit: pick("淇滨区", "市直单位"),
			ProgrammeID: pick(o.programme, other), Kind: pick("service", "training"), VolunteerID: people[n%len(people)], Verification: pick("A", "B", "C", "D"),
			From: from, To: from.Add(2 * time.Hour), Minutes: 30 + random.IntN(90), ConfirmedBy: o.leader, ConfirmedAt: o.clock.Now(), Version: 1,
		})
	}
	o.credit(events...)
	o.inTx(func(q postgres.Querier) error {
		var shifts []tasksv1.ShiftConfirmed
		for n := range 20 {
			shifts = append(shifts, tasksv1.ShiftConfirmed{
				ShiftID: id.New(), TaskID: people[n%5], TeamID: o.team, ProgrammeID: pick(o.programme, other), RegionPath: pick(countyPath, "4106/410621/"), ReportingUnit: pick("淇滨区", "市直单位"),
				Kind: pick("service", "training"), TaskTitle: "护河", PeopleServed: random.IntN(50), Confirmed: random.IntN(3), StartsAt: time.Date(2026, time.October, 20+n, 9, 0, 0, 0, clock.City), Version: 1,
			})
		}
		if err := o.LearnActivities(t.Context(), q, append(shifts, shifts[0], func() tasksv1.ShiftConfirmed { s := shifts[1]; s.PeopleServed, s.Version = 7, 2; return s }())); err != nil {
			return err
		}
		var brigades []teamsv1.TeamChanged
		for n := range 12 {
			brigades = append(brigades, teamsv1.TeamChanged{
				TeamID: id.New(), Name: "队", RegionPath: pick(countyPath, "4106/410621/"), ReportingUnit: pick("淇滨区", "市直单位"), State: pick("active", "draft", "suspended", "dissolved"),
				FoundedAt: time.Date(2026, time.October, 15+3*n, 9, 0, 0, 0, clock.City), StateSince: time.Date(2026, time.November, 20+n, 9, 0, 0, 0, clock.City), Version: 1,
			})
		}
		return o.LearnTeams(t.Context(), q, brigades)
	})
	o.set(func(v *domain.FormVersion) {
		v.Bindings = nil
		for n := range 4 * len(domain.Indicators) {
			i := domain.Indicators[n%len(domain.Indicators)]
			b := domain.Binding{Sheet: "月报", Cell: fmt.Sprintf("F%d", n+1), Indicator: i.Code, Span: pick("", domain.SpanYearToDate, "month:11", "month:10"), Unit: pick("", "", "淇滨区"), RegionCode: pick("", "410611")}
			if i.ByProgramme {
				b.ProgrammeID = pick("", o.programme)
			}
			if i.ByProof {
				b.Verification = pick("", "", "A", "C")
			}
			v.Bindings = append(v.Bindings, b)
		}
	})
	o.onThe(26)
	o.log()
	o.must(o.DoDuties(t.Context()))
	o.credit(o.attendance(at(time.Date(2026, time.November, 20, 20, 0, 0, 0, clock.City)), by(people[0], 60))) // afterwards: no figure moves
	r := o.report(1)
	for _, c := range r.Cells {
		i, _ := domain.FindIndicator(c.Indicator)
		if got := o.sum(t, r, c, i); got != c.Value {
			t.Errorf("%s %s = %d, the database says %d", c.Cell, c.Indicator, c.Value, got)
		}
		if got := addUp(i, o.entries(t, c.Cell, 1, false)); got != c.Value {
			t.Errorf("%s %s = %d, its entries come to %d", c.Cell, c.Indicator, c.Value, got)
		}
	}
}

// addUp returns what entries come to.
func addUp(i domain.Indicator, entries []app.ReportEntry) (sum int64) {
	left := map[string]int{}
	for _, e := range entries {
		switch i.Measure {
		case domain.Minutes:
			sum += int64(e.Minutes)
		case domain.Guests:
			sum += int64(e.Served)
		case domain.People:
			left[e.PersonID] += e.Minutes
		case domain.Teams:
			left[e.Team] += e.Minutes
		case domain.Tasks:
			left[e.TaskID]++
		default:
			sum += int64(e.Times)
		}
	}
	for _, minutes := range left {
		if minutes > 0 {
			sum++
		}
	}
	return sum
}

// sum works a figure out in plain SQL, from the tables and the report's place alone.
func (o *reporting) sum(t testing.TB, r app.ReportView, c app.ReportCell, i domain.Indicator) (value int64) {
	t.Helper()
	what := map[domain.Measure]string{
		domain.Minutes: "COALESCE(sum(minutes), 0)", domain.Times: "COALESCE(sum(times), 0)", domain.People: "count(DISTINCT volunteer_id)", domain.Teams: "count(DISTINCT team_id)",
		domain.Tasks: "count(DISTINCT task_id)", domain.Guests: "COALESCE(sum(people_served), 0)", domain.Founded: "count(*)", domain.Existing: "count(*)",
	}[i.Measure]
	region := countyPath
	where := fmt.Sprintf("starts_with(region_path, '%s') AND ('%s' IN ('', reporting_unit))", region, c.Unit)
	span := fmt.Sprintf(" AND day BETWEEN '%s' AND '%s'", c.From, c.Last)
	if c.ProgrammeID != "" {
		where += " AND programme_id = '" + c.ProgrammeID + "'"
	}
	if c.Verification != "" {
		where += " AND verification = '" + c.Verification + "'"
	}
	place := r.Report.Place
	from := map[domain.FactKind]string{
		domain.LineFacts:    fmt.Sprintf(`(SELECT e.*, CASE kind WHEN 'reversal' THEN -1 ELSE 1 END AS times FROM entries e JOIN log_leaves ON entry_id = id WHERE index < %d AND account = '%s') e WHERE %s`, place.LogSize, i.Account, where+span),
		domain.SettledFacts: fmt.Sprintf(`(SELECT e.*, 1 AS times FROM entries e WHERE settles_on <= '%s' AND account = '%s') e WHERE %s`, place.SettledOn, i.Account, where+span),
		domain.ActivityFacts: fmt.Sprintf(`(SELECT a.*, 1 AS times FROM known_activities a WHERE seq <= %d AND version = (SELECT max(version) FROM known_activities b WHERE b.shift_id = a.shift_id AND seq <= %d)) a
			WHERE confirmed > 0 AND kind = '%s' AND %s`, place.ActivitySeq, place.ActivitySeq, i.Account, where+span),
		domain.BrigadeFacts: fmt.Sprintf(`known_brigades WHERE seq <= %d AND state NOT IN ('draft', 'submitted') AND %s`, place.BrigadeSeq, where),
	}[i.Kind]
	switch i.Measure {
	case domain.Founded:
		from += fmt.Sprintf(" AND founded_on BETWEEN '%s' AND '%s'", c.From, c.Last)
	case domain.Existing:
		from += fmt.Sprintf(" AND founded_on <= '%s' AND (state <> 'dissolved' OR state_since > '%s')", c.Last, c.Last)
	}
	o.must(o.db.Owner(t).Get(&value, "SELECT "+what+" FROM "+from))
	return value
}
