package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/picture"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// archive is a staff whose brigade has a paper register.
type archive struct {
	*staff
	namesake, other string
	page            []byte
}

const list = "姓名,手机后四位,日期,活动,时长,页码\n李桂英,,2019-5-1,清理河道,2.5小时,1\n王秀英,,2019-5-1,清理河道,2小时30分,1\n"

func newArchive(t testing.TB) *archive {
	t.Helper()
	a := &archive{staff: newStaff(t), namesake: id.New(), other: id.New()}
	path := t.TempDir() + "/keys.json"
	a.must(vault.EnsureKeys(path))
	papers, err := vault.Load(path)
	a.must(err)
	a.SetPapers(papers, "https://qihe.example")
	for volunteerID, m := range map[string]people.Member{
		a.me: {Person: people.Person{Name: "李桂英", PhoneMasked: "138****0001"}}, a.leader: {Person: people.Person{Name: "王秀英"}},
		a.namesake: {Person: people.Person{Name: "李桂英", PhoneMasked: "138****0002"}, Former: true}, a.deputy: {Person: people.Person{Name: "张桂芳"}},
	} {
		m.VolunteerID = volunteerID
		a.teams.enrol(m)
	}
	var page bytes.Buffer
	a.must(jpeg.Encode(&page, image.NewGray(image.Rect(0, 0, 60, 40)), nil))
	a.page = page.Bytes()
	return a
}

// begun is an import of the leader's with this list and a picture.
func (a *archive) begun(as context.Context, list string) string {
	a.t.Helper()
	importID, err := a.OpenHistory(as, a.team)
	a.must(err)
	a.must(a.UploadHistory(as, importID, "登记.csv", []byte(list)))
	a.must(a.AddHistoryPage(as, importID, id.New(), a.page))
	return importID
}

// handedIn is a whole import that waits.
func (a *archive) handedIn(list string) string {
	a.t.Helper()
	importID := a.begun(a.as(a.leader), list)
	a.must(a.SubmitHistory(a.as(a.leader), importID))
	return importID
}

// rows says how the rows of an import stand.
func (a *archive) rows(as context.Context, importID string) (rows []string) {
	a.t.Helper()
	v, err := a.FindHistory(as, importID)
	a.must(err)
	for _, l := range v.Lines {
		var kinds []string
		for _, f := range l.Findings {
			kinds = append(kinds, string(f.Kind))
		}
		rows = append(rows, strings.TrimSpace(fmt.Sprintln(l.Name, l.Day, l.Title, l.Minutes, l.Page, kinds)))
	}
	return rows
}

// imported returns the minutes out of registers and of service that somebody has.
func (a *archive) imported(volunteerID string) (imported, service int) {
	a.t.Helper()
	s, err := a.MySummary(a.as(volunteerID))
	a.must(err)
	return s.Imported, s.Total
}

var approved = app.HistoryDecision{Approve: true}

// unique is a good list with another activity.
func unique(title string) string {
	return "姓名,手机后四位,日期,活动,时长,页码\n李桂英,0001,2019-5-1," + title + ",2.5小时,1\n王秀英,,2019-5-1," + title + ",2小时30分,1\n"
}

func TestHistory(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	leader, county := a.as(a.leader), a.officer(a.county, countyPath)
	importID := a.begun(leader, list)

	t.Run("a dry run says what is wrong, and nothing counts", func(t *testing.T) {
		want := []string{"2019-05-01 清理河道 150 1 [same_name]", "王秀英 2019-05-01 清理河道 150 1 []"}
		if diff := cmp.Diff(want, a.rows(leader, importID)); diff != "" {
			t.Error(diff)
		}
		if again, err := a.OpenHistory(leader, a.team); err != nil || again != importID {
			t.Errorf("it is not gone on with: %s, %v", again, err)
		}
		if err := a.SubmitHistory(leader, importID); !errors.Is(err, domain.ErrHistoryToFix) {
			t.Errorf("handed in with a red row: %v", err)
		}
		marked, name, err := a.MarkedHistory(leader, importID)
		if err != nil || name != "登记（已标注）.xlsx" || !bytes.HasPrefix(marked, []byte("PK")) {
			t.Errorf("%d bytes, %s, %v", len(marked), name, err)
		}
		var seen string
		a.must(a.db.Owner(t).Get(&seen, `SELECT string_agg(d::text, '') FROM history_drafts d`))
		if strings.Contains(seen, "王秀英") || strings.Contains(seen, fmt.Sprintf("%x", "王秀英")) {
			t.Error("names are in the clear")
		}
		for name, as := range map[string]context.Context{"another's": a.as(a.deputy), "an officer's": county} {
			if _, err := a.FindHistory(as, importID); !errors.Is(err, domain.ErrNoHistory) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := a.OpenHistory(a.as(a.me), a.team); err == nil || err.Error() == "" {
			t.Error("a member opened one")
		}
	})
	t.Run("a red row is put right by hand, and the whole is handed in", func(t *testing.T) {
		a.must(a.EnterHistory(leader, importID, []domain.EnteredRow{
			{Place: 1, VolunteerID: a.me, Day: domain.DayOn(2019, time.May, 1), Title: "清理河道", Minutes: 150, Page: 1},
			{Place: 9, VolunteerID: a.namesake, Day: domain.DayOn(2019, time.May, 2), Title: "慰问老人", Minutes: 60},
		}))
		a.must(a.SubmitHistory(leader, importID))
		want := []string{"李桂英 2019-05-01 清理河道 150 1 []", "王秀英 2019-05-01 清理河道 150 1 []", "志愿者 2019-05-02 慰问老人 60 1 []"}
		if diff := cmp.Diff(want, a.rows(leader, importID)); diff != "" {
			t.Error(diff)
		}
		if err := a.EnterHistory(leader, importID, nil); !errors.Is(err, domain.ErrHistoryNotOpen) {
			t.Errorf("changed after it was handed in: %v", err)
		}
	})
	t.Run("pages are the uploader's and officers', whose looks are recorded", func(t *testing.T) {
		v, err := a.FindHistory(county, importID)
		a.must(err)
		for name, as := range map[string]context.Context{"a member": a.as(a.me), "a deputy": a.as(a.deputy), "another county": a.officer(id.New(), "4106/410621/"), "a viewer": a.as(id.New(), countyPath)} {
			if _, _, err := a.ReadHistoryPage(as, v.Register[0].ID); !errors.Is(err, domain.ErrNoHistoryPage) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, as := range []context.Context{leader, county} {
			page, kind, err := a.ReadHistoryPage(as, v.Register[0].ID)
			if err != nil || kind != domain.HistoryJPEG || !bytes.HasPrefix(page, []byte("\xff\xd8")) {
				t.Errorf("%d bytes of %s, %v", len(page), kind, err)
			}
		}
		var looks []string
		a.must(a.db.Owner(t).Select(&looks, `SELECT read_by FROM history_reads`))
		if diff := cmp.Diff([]string{a.county}, looks); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("another person sends it back, or strikes a row and approves", func(t *testing.T) {
		if err := a.DecideHistory(county, importID, app.HistoryDecision{}); !errors.Is(err, domain.ErrHistoryReason) {
			t.Errorf("sent back without a reason: %v", err)
		}
		a.must(a.DecideHistory(county, importID, app.HistoryDecision{Reason: "第 1 页看不清"}))
		v, err := a.FindHistory(leader, importID)
		a.must(err)
		if v.State != domain.HistoryReturned || v.Reason != "第 1 页看不清" || len(v.Lines) != 3 {
			t.Errorf("%+v", v)
		}
		a.must(a.SubmitHistory(leader, importID))
		v, err = a.FindHistory(county, importID)
		a.must(err)
		d := app.HistoryDecision{Approve: true, Struck: []app.StruckRow{{RowID: v.Lines[2].ID, Reason: "登记簿上没有"}}}
		a.must(a.DecideHistory(county, importID, d))
		a.count(a.App)
		a.agree(a.App, 3)
		for who, want := range map[string]int{a.me: 150, a.leader: 150, a.namesake: 0} {
			if got, _ := a.imported(who); got != want {
				t.Errorf("%d minutes out of the register, want %d", got, want)
			}
		}
		if _, service := a.imported(a.me); service != 120 {
			t.Errorf("%d minutes of service", service)
		}
		if err := a.DecideHistory(county, importID, d); !errors.Is(err, domain.ErrHistoryNotWaiting) {
			t.Errorf("decided twice: %v", err)
		}
		var left int
		a.must(a.db.Owner(t).Get(&left, `SELECT count(*) FROM history_drafts`))
		if _, _, err := a.ReadHistoryPage(leader, v.Register[0].ID); left != 0 || !errors.Is(err, domain.ErrNoHistoryPage) {
			t.Errorf("%d drafts are left; the uploader reads on: %v", left, err)
		}
	})
	t.Run("the volunteer reads how it was proved, and is told once", func(t *testing.T) {
		entries, _, err := a.MyEntries(a.as(a.me), "", 10)
		a.must(err)
		e := entries[0]
		want := app.RegisterProof{Page: 1, EnteredBy: "王秀英", ApprovedBy: "赵敏"}
		if e.Kind != domain.Import || e.Verification != "C" || e.Register == nil || *e.Register != want || e.Settling != domain.InPublicity {
			t.Errorf("%+v, %+v", e, e.Register)
		}
		var told []string
		a.must(a.db.Owner(t).Select(&told, `SELECT concat_ws(' ', body::jsonb->>'kind', body::jsonb->'words'->>'count', body::jsonb->'words'->>'minutes') FROM outbox
			WHERE subject = 'hours.v1.notice.due' AND body::jsonb->>'kind' LIKE 'history%' AND body::jsonb->>'volunteer_id' IN ($1, $2, $3) ORDER BY tx, id`, a.me, a.leader, a.county))
		if diff := cmp.Diff([]string{"history.submitted 3", "history.returned", "history.submitted 3", "history.approved 2", "history.credited 1 150", "history.credited 1 150"}, told); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the same list again changes nothing", func(t *testing.T) {
		again := a.begun(leader, strings.Replace(list, "李桂英,", "李桂英,0001", 1))
		want := []string{"李桂英 2019-05-01 清理河道 150 1 [in_ledger]", "王秀英 2019-05-01 清理河道 150 1 [in_ledger]"}
		if diff := cmp.Diff(want, a.rows(leader, again)); diff != "" {
			t.Error(diff)
		}
		a.must(a.DiscardHistory(leader, again))
		if _, err := a.FindHistory(leader, again); !errors.Is(err, domain.ErrNoHistory) {
			t.Errorf("still there: %v", err)
		}
	})
	t.Run("a question about it lies with the office, and its day is corrected", func(t *testing.T) {
		entries, _, err := a.MyEntries(a.as(a.me), "", 1)
		a.must(err)
		e := entries[0].Entry
		day := domain.DayOn(2019, time.May, 3)
		c := a.ask(a.as(a.me), e, domain.Served{From: day.Start().Add(9 * time.Hour), To: day.Start().Add(12 * time.Hour), Minutes: 180})
		if c.Place.Turn != domain.TurnOffice {
			t.Errorf("it lies with %+v", c.Place)
		}
		a.must(a.DecideCorrection(county, c.ID, app.CorrectionDecision{Accept: true, Reason: "登记簿上是 5 月 3 日"}))
		a.count(a.App)
		a.agree(a.App, 5)
		entries, _, err = a.MyEntries(a.as(a.me), "", 2)
		a.must(err)
		for _, e := range entries { // the reversal, and what took its place
			if e.Account != domain.ImportAccount || e.Register == nil || e.Register.Page != 1 {
				t.Errorf("%+v", e)
			}
		}
		if got, service := a.imported(a.me); got != 180 || service != 120 {
			t.Errorf("%d minutes out of the register, %d of service", got, service)
		}
		var taken int
		a.must(a.db.Owner(t).Get(&taken, `SELECT count(*) FROM credited_intervals i JOIN entries e ON e.id = i.entry_id WHERE e.account = 'import'`))
		if taken != 0 {
			t.Errorf("%d lines of history take time from others", taken)
		}
	})
	t.Run("the log takes it, and an auditor accepts it", func(t *testing.T) {
		b := &book{town: a.town, owner: a.db.Owner(t)}
		b.log(a.App)
		if report := b.check(); len(report.Findings) > 0 || report.Lines != 5 {
			t.Errorf("%+v", report)
		}
	})
}

func TestHistoryTakesTwoPersons(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	other := id.New()
	a.inTx(func(q postgres.Querier) error { // the leader has another record, and so have I: both are officers
		return a.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: other, MergedInto: a.leader, Version: 2}, {VolunteerID: a.other, MergedInto: a.me, Version: 2}})
	})
	importID := a.handedIn(unique("清理河道"))
	county := a.officer(a.county, countyPath)
	for name, c := range map[string]struct {
		as   context.Context
		want error
	}{
		"the uploader":              {a.officer(a.leader, countyPath), domain.ErrHistoryOwn},
		"the uploader's old record": {a.officer(other, countyPath), domain.ErrHistoryOwn},
		"who is in it":              {a.officer(a.me, countyPath), domain.ErrHistorySelf},
		"who is in it, long ago":    {a.officer(a.other, countyPath), domain.ErrHistorySelf},
		"another county":            {a.officer(id.New(), "4106/410621/"), domain.ErrNoHistory},
	} {
		if err := a.DecideHistory(c.as, importID, approved); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := a.DecideHistory(a.as(a.deputy), importID, approved); err == nil {
		t.Error("a deputy approved")
	}
	for _, by := range []string{a.leader, other, a.me, a.other} { // the database's own rule, whatever the program thinks
		_, err := a.db.Owner(t).Exec(`UPDATE history_imports SET state = 'approved', decided_by = $1, decided_at = now() WHERE id = $2`, by, importID)
		if !postgres.Violated(err, "history_imports_own_check") && !postgres.Violated(err, "history_imports_self_check") {
			t.Errorf("the database took it: %v", err)
		}
	}
	if _, err := a.db.Owner(t).Exec(`INSERT INTO entries (id, volunteer_id, team_id, programme_id, region_path, reporting_unit, kind, account, verification, minutes,
			started_at, ended_at, source_kind, source_id, title, confirmed_by, confirmed_at, recorded_at)
		SELECT gen_random_uuid(), volunteer_id, $1, $1, '4106/', '', 'import', 'import', 'C', minutes, day, day + 1, 'import', id, title, $2, now(), now() FROM history_rows`, a.team, a.county); !postgres.Violated(err, "entries_import_check") {
		t.Errorf("a line without an approved row: %v", err)
	}

	var wg sync.WaitGroup // two who approve at once
	results := make([]error, 2)
	for i, as := range []context.Context{county, a.officer(a.city, cityPath)} {
		wg.Go(func() { results[i] = a.DecideHistory(as, importID, approved) })
	}
	wg.Wait()
	if first, second := results[0] == nil, results[1] == nil; first == second {
		t.Errorf("%v", results)
	}
	a.count(a.App)
	a.agree(a.App, 3)
	if _, err := a.db.Owner(t).Exec(`UPDATE history_rows SET minutes = 1`); !postgres.Violated(err, "history_stays_check") {
		t.Errorf("an approved row was changed: %v", err)
	}
}

func TestHistoryBounds(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	leader, county := a.as(a.leader), a.officer(a.county, countyPath)
	t.Run("a day has 24 hours, with what is credited meanwhile", func(t *testing.T) {
		day := a.line.From.Add(-24 * time.Hour).Format("2006-1-2")
		importID := a.handedIn("姓名,手机后四位,日期,活动,时长\n李桂英,0001," + day + ",值守,23小时\n")
		a.post(a.attendance(by(a.me, 120))) // on that very day
		if diff := cmp.Diff([]string{"李桂英 " + a.line.From.AddDate(0, 0, -1).Format(time.DateOnly) + " 值守 1380 1 [day_full]"}, a.rows(county, importID)); diff != "" {
			t.Error(diff)
		}
		if err := a.DecideHistory(county, importID, approved); !errors.Is(err, domain.ErrHistoryRows) {
			t.Errorf("error = %v", err)
		}
		a.must(a.DecideHistory(county, importID, app.HistoryDecision{Reason: "超过一天"}))
		a.must(a.DiscardHistory(leader, importID))
	})
	t.Run("what waits already is not handed in twice, by whichever file", func(t *testing.T) {
		waits := a.handedIn(unique("值守"))
		second := a.begun(leader, unique("值守"))
		if err := a.SubmitHistory(leader, second); !errors.Is(err, domain.ErrHistoryToFix) {
			t.Errorf("error = %v", err)
		}
		a.must(a.DecideHistory(county, waits, approved))
		a.must(a.DiscardHistory(leader, second))
	})
	t.Run("without a page, or a row, nothing is handed in", func(t *testing.T) {
		importID, err := a.OpenHistory(leader, a.team)
		a.must(err)
		if err := a.SubmitHistory(leader, importID); !errors.Is(err, domain.ErrHistoryEmpty) {
			t.Errorf("error = %v", err)
		}
		a.must(a.UploadHistory(leader, importID, "a.csv", []byte(unique("慰问"))))
		if err := a.SubmitHistory(leader, importID); !errors.Is(err, domain.ErrHistoryNoPage) {
			t.Errorf("error = %v", err)
		}
		for name, file := range map[string][]byte{"GIF": []byte("GIF89a"), "half a picture": a.page[:20]} {
			if err := a.AddHistoryPage(leader, importID, id.New(), file); !errors.Is(err, picture.ErrFormat) && !errors.Is(err, picture.ErrBroken) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, bad := range []string{"%PDF-1.4 cut", "%PDF-1.4 /Encrypt %%EOF", "%PDF-1.4 /JavaScript %%EOF"} {
			if err := a.AddHistoryPage(leader, importID, id.New(), []byte(bad)); err == nil {
				t.Errorf("%q was taken", bad)
			}
		}
		page := id.New()
		a.must(a.AddHistoryPage(leader, importID, page, []byte("%PDF-1.4 a scan %%EOF")))
		a.must(a.AddHistoryPage(leader, importID, page, []byte("%PDF-1.4 a scan %%EOF"))) // sent again
		v, err := a.FindHistory(leader, importID)
		a.must(err)
		if len(v.Register) != 1 || v.Register[0].Kind != domain.HistoryPDF {
			t.Errorf("%+v", v.Register)
		}
		a.must(a.DropHistoryPage(leader, page))
		if err := a.DropHistoryPage(county, page); !errors.Is(err, domain.ErrNoHistoryPage) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a draft that nobody touches for a month is dropped with its names", func(t *testing.T) {
		a.clock.Leap(31 * 24 * time.Hour)
		a.must(a.DoDuties(t.Context()))
		var left int
		a.must(a.db.Owner(t).Get(&left, `SELECT (SELECT count(*) FROM history_drafts) + (SELECT count(*) FROM history_imports WHERE state = 'draft')`))
		if left != 0 {
			t.Errorf("%d are left", left)
		}
	})
}

// A thousand rows are posted in one transaction, a few statements for all.
func TestHistoryOfAThousandRows(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	var list strings.Builder
	list.WriteString("姓名,手机后四位,日期,活动,时长\n")
	day := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 1000 {
		fmt.Fprintf(&list, "%s,%s,%s,清理河道,2\n", []string{"李桂英", "王秀英"}[i%2], []string{"0001", ""}[i%2], day.AddDate(0, 0, i).Format(time.DateOnly))
	}
	importID := a.handedIn(list.String())
	start := time.Now()
	a.must(a.DecideHistory(a.officer(a.county, countyPath), importID, approved))
	t.Logf("a thousand rows posted in %v", time.Since(start).Round(time.Millisecond))
	if got, _ := a.imported(a.me); got != 500*120 {
		t.Errorf("%d minutes", got)
	}
}
