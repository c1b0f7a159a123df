package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

var ofXun = auth.Grant{Role: "coordinator", RegionPath: "4106/410621/"}

const header = "姓名,手机号,身份证号,职务,服务队,区划\n"

// upload brings a roster in and lets it be judged.
func upload(t testing.TB, w *given.World, ctx context.Context, teamID, text string) app.ImportView { //nolint:revive // the context says on whose behalf, as in App
	t.Helper()
	i, err := w.App.UploadRoster(ctx, "名册.csv", teamID, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return worked(t, w, ctx, i.ID)
}

// worked lets everything that waits be done and returns where the import stands then.
func worked(t testing.TB, w *given.World, ctx context.Context, importID string) app.ImportView { //nolint:revive // as above
	t.Helper()
	if err := w.App.WorkOnImports(t.Context()); err != nil {
		t.Fatal(err)
	}
	i, err := w.App.FindImport(ctx, importID)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func apply(t testing.TB, w *given.World, ctx context.Context, importID string, usableOnly bool) app.ImportView { //nolint:revive // as above
	t.Helper()
	if _, err := w.App.ConfirmImport(ctx, importID, usableOnly); err != nil {
		t.Fatal(err)
	}
	return worked(t, w, ctx, importID)
}

const good = header +
	"王桂兰,13803920001,41062119700308002X,队长,善堂镇巾帼志愿服务队,浚县善堂镇\n" +
	"李秀英,13803920002,,队员,善堂镇巾帼志愿服务队,浚县善堂镇\n" +
	"李大山,13803920002,,队员,善堂镇巾帼志愿服务队,浚县善堂镇\n"

func TestImport(t *testing.T) {
	t.Parallel()
	t.Run("a roster is judged, confirmed, and there for everybody at once", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		i := upload(t, w, officer, "", good)
		if i.State != domain.ImportJudged || i.Report.Rows != 3 || i.Report.ToFix != 0 || i.Report.Changes != (roster.Changes{NewTeams: 1, NewPeople: 3, NewMembers: 3}) {
			t.Fatalf("%+v %+v", i.Import, i.Report)
		}
		if got := given.Value[int](t, w, `SELECT count(*) FROM teams`); got != 0 {
			t.Errorf("%d teams before it is confirmed", got)
		}
		i = apply(t, w, officer, i.ID, false)
		if i.State != domain.ImportDone {
			t.Fatalf("%+v", i.Import)
		}
		for query, want := range map[string]int{
			`SELECT count(*) FROM teams WHERE state = 'submitted' AND imported AND reporting_unit = '浚县' AND version = 1`:                       1,
			`SELECT count(*) FROM volunteers WHERE state = 'unclaimed' AND number ~ '^HB26'`:                                                    3,
			`SELECT count(*) FROM volunteers WHERE state = 'unclaimed' AND phone_index IS NOT NULL`:                                             2,
			`SELECT count(*) FROM volunteers WHERE id_kind = 'resident' AND sex = 'female'`:                                                     1,
			`SELECT count(*) FROM memberships WHERE role = 'leader'`:                                                                            1,
			`SELECT count(*) FROM memberships WHERE state = 'active'`:                                                                           3,
			`SELECT count(*) FROM imports WHERE file_sealed IS NOT NULL`:                                                                        0,
			`SELECT (SELECT count(*) FROM import_teams) + (SELECT count(*) FROM import_volunteers) + (SELECT count(*) FROM import_memberships)`: 0,
			`SELECT count(*) FROM audit_records WHERE act = 'roster.imported' AND reason LIKE 'SHA-256 %rows 3 of 3%'`:                          1,
			`SELECT count(*) FROM outbox WHERE subject = 'teams.v1.team.changed'`:                                                               1,
			`SELECT count(*) FROM outbox WHERE subject = 'teams.v1.membership.changed'`:                                                         3,
		} {
			if got := given.Value[int](t, w, query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
		for _, e := range w.Outbox(t) {
			if strings.Contains(string(e.Body), "桂兰") || strings.Contains(string(e.Body), "1380392") {
				t.Errorf("an event tells who: %s", e.Body)
			}
		}
	})
	t.Run("the same file twice changes nothing, a corrected one only what differs", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		apply(t, w, officer, upload(t, w, officer, "", good).ID, false)
		before := len(w.Outbox(t))
		again := upload(t, w, officer, "", good)
		if again.Report.Changes != (roster.Changes{}) {
			t.Errorf("%+v", again.Report)
		}
		if apply(t, w, officer, again.ID, false).State != domain.ImportDone || len(w.Outbox(t)) != before {
			t.Error("the second time something was told")
		}
		corrected := strings.Replace(strings.Replace(good, "13803920001", "13803920011", 1), "李秀英,13803920002,,队员", "李秀英,13803920002,,副队长", 1)
		i := upload(t, w, officer, "", corrected)
		if diff := cmp.Diff(roster.Changes{ChangedPeople: 1, ChangedMembers: 1}, i.Report.Changes); diff != "" {
			t.Fatal(diff)
		}
		if i = apply(t, w, officer, i.ID, false); i.State != domain.ImportDone {
			t.Fatalf("%+v", i.Import)
		}
		if got := upload(t, w, officer, "", corrected).Report.Changes; got != (roster.Changes{}) {
			t.Errorf("%+v", got)
		}
		if got := given.Value[int](t, w, `SELECT count(*) FROM volunteers WHERE state = 'unclaimed'`); got != 3 {
			t.Errorf("%d people", got)
		}
	})
	t.Run("with rows to put right it is applied only in part when that is asked for", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		i := upload(t, w, officer, "", good+"张玉梅,1380392,,队员,善堂镇巾帼志愿服务队,浚县善堂镇\n")
		if i.Report.Rows != 4 || i.Report.Usable != 3 || i.Report.ToFix != 1 {
			t.Fatalf("%+v", i.Report)
		}
		if _, err := w.App.ConfirmImport(officer, i.ID, false); !errors.Is(err, domain.ErrImportHasErrors) {
			t.Error(err)
		}
		apply(t, w, officer, i.ID, true)
		if got := given.Value[int](t, w, `SELECT count(*) FROM memberships`); got != 3 {
			t.Errorf("%d memberships", got)
		}
	})
	t.Run("what changed since it was confirmed sends it back to its uploader", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		i := upload(t, w, officer, "", good)
		w.Volunteer(t, func(v *domain.Volunteer) { v.Name, v.Phone = "李秀英", "13803920002" })
		i = apply(t, w, officer, i.ID, false)
		if i.State != domain.ImportJudged || !i.Outdated || i.Report.Changes.NewPeople != 2 {
			t.Fatalf("%+v %+v", i.Import, i.Report)
		}
		if i = apply(t, w, officer, i.ID, false); i.State != domain.ImportDone {
			t.Errorf("%+v", i.Import)
		}
	})
	t.Run("a file that cannot be read is refused with its sentence", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		if _, err := w.App.UploadRoster(officer, "a.pdf", "", []byte("%PDF-1.7")); !errors.Is(err, spreadsheet.ErrPDF) {
			t.Error(err)
		}
		i := upload(t, w, officer, "", "王桂兰,13803920001\n")
		if i.State != domain.ImportRefused || i.Refused != roster.ErrNoHeader.Code {
			t.Errorf("%+v", i.Import)
		}
		if got := given.Value[int](t, w, `SELECT count(*) FROM imports WHERE file_sealed IS NOT NULL`); got != 0 {
			t.Error("its file is still there")
		}
	})
	t.Run("a leader adds members to her own team, and nobody else", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		team, other, leader := w.Team(t), w.Team(t, func(team *domain.Team) { team.Name = "别的队" }), w.Volunteer(t)
		w.Member(t, team, leader, domain.RoleLeader)
		her := given.As(t, leader)
		if _, err := w.App.UploadRoster(her, "a.csv", "", []byte(good)); !errors.Is(err, domain.ErrMayNotImport) {
			t.Error(err)
		}
		if _, err := w.App.UploadRoster(her, "a.csv", other.ID, []byte(good)); !errors.Is(err, domain.ErrNoTeam) {
			t.Error(err)
		}
		i := upload(t, w, her, team.ID, "姓名,电话\n孙爱琴,13803920005\n周玉珍,\n")
		apply(t, w, her, i.ID, false)
		if got := given.Value[int](t, w, `SELECT count(*) FROM memberships WHERE team_id = $1`, team.ID); got != 3 {
			t.Errorf("%d members", got)
		}
	})
	t.Run("an import is its uploader's alone", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer, other := given.As(t, w.Volunteer(t), ofXun), given.As(t, w.Volunteer(t), ofXun)
		i := upload(t, w, officer, "", good)
		_, find := w.App.FindImport(other, i.ID)
		_, confirm := w.App.ConfirmImport(other, i.ID, false)
		_, _, mark := w.App.MarkedRoster(other, i.ID)
		for _, err := range []error{find, confirm, mark, w.App.DiscardImport(other, i.ID)} {
			if !errors.Is(err, domain.ErrNoImport) {
				t.Error(err)
			}
		}
	})
	t.Run("whose authority ended cannot confirm", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v := w.Volunteer(t)
		i := upload(t, w, given.As(t, v, ofXun), "", good)
		if _, err := w.App.ConfirmImport(given.As(t, v), i.ID, false); apperr.KindOf(err) != apperr.Forbidden {
			t.Error(err)
		}
	})
	t.Run("a dropped one, and one that nobody confirmed in a week, leave no file", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		officer := given.As(t, w.Volunteer(t), ofXun)
		dropped, forgotten := upload(t, w, officer, "", good), upload(t, w, officer, "", good)
		if err := w.App.DiscardImport(officer, dropped.ID); err != nil {
			t.Fatal(err)
		}
		w.Clock.Leap(8 * 24 * time.Hour)
		if err := w.App.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := given.Value[int](t, w, `SELECT count(*) FROM imports WHERE file_sealed IS NOT NULL OR state <> 'discarded'`); got != 0 {
			t.Errorf("%d are kept", got)
		}
		if _, err := w.App.ConfirmImport(officer, forgotten.ID, false); !errors.Is(err, domain.ErrImportNotJudged) {
			t.Error(err)
		}
	})
}

func TestImportThatIsStopped(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	officer := given.As(t, w.Volunteer(t), ofXun)
	i := upload(t, w, officer, "", good)
	if _, err := w.App.ConfirmImport(officer, i.ID, false); err != nil {
		t.Fatal(err)
	}
	// The program stops between being true and being told: the outbox refuses.
	exec := func(query string) {
		t.Helper()
		if _, err := w.DB.Owner(t).ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	exec(`ALTER TABLE outbox ADD CONSTRAINT stopped CHECK (subject <> 'teams.v1.membership.changed')`)
	for range 5 { // however often: what everybody sees is not given up
		_ = w.App.WorkOnImports(t.Context())
		w.Clock.Leap(2 * time.Minute)
	}
	if i, err := w.App.FindImport(officer, i.ID); err != nil || i.State != domain.ImportApplied {
		t.Fatal(i.State, err)
	}
	exec(`ALTER TABLE outbox DROP CONSTRAINT stopped`)
	if i := worked(t, w, officer, i.ID); i.State != domain.ImportDone {
		t.Fatal(i.State)
	}
	subjects := map[string]int{}
	for _, e := range w.Outbox(t) {
		subjects[e.Subject]++
	}
	if diff := cmp.Diff(map[string]int{"teams.v1.team.changed": 1, "teams.v1.membership.changed": 3}, subjects); diff != "" {
		t.Error(diff)
	}
}

// cityRoster is a workbook of teams, each with its members, like the whole city's.
func cityRoster(t testing.TB, teams, members int) []byte {
	t.Helper()
	f := excelize.NewFile()
	write := func(sheet string, rows func(add func(...any))) {
		s, err := f.NewStreamWriter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		rows(func(cells ...any) {
			n++
			if err := s.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
				t.Fatal(err)
			}
		})
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	name := func(n int) string { return fmt.Sprintf("善堂镇第%d巾帼志愿服务队", n) }
	surnames, given1, given2 := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("桂秀玉凤爱春丽淑红秋金素美兰月翠"), []rune("兰英梅莲琴珍芳霞华荣芝云香玲萍娥")
	_, _ = f.NewSheet("队员")
	write("Sheet1", func(add func(...any)) {
		add("服务队名称", "区划", "统计单位", "成立时间", "人数")
		for n := range teams {
			add(name(n), "浚县善堂镇", "浚县", "2021.3", members/teams)
		}
	})
	write("队员", func(add func(...any)) {
		add("姓名", "性别", "手机号", "身份证号", "职务", "服务队", "入队时间")
		for n := range members {
			who := string([]rune{surnames[n%20], given1[n/20%16], given2[n/320%16]})
			role := "队员"
			if n < teams {
				role = "队长"
			}
			add(who, "女", fmt.Sprintf("139%08d", n), number(n), role, name(n%teams), "2022-5-1")
		}
	})
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// number is the identity number of the nth woman.
func number(n int) string {
	day := time.Date(1955, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n/450)
	digits := "410621" + day.Format("20060102") + fmt.Sprintf("%03d", n%450*2+2)
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (1 << (17 - i) % 11)
	}
	return digits + string("10X98765432"[sum%11])
}

// importWhole takes a roster through and returns how long what took.
func importWhole(t testing.TB, teams, members int) map[string]time.Duration {
	t.Helper()
	w := given.New(t)
	officer := given.As(t, w.Volunteer(t), ofXun)
	file := cityRoster(t, teams, members)
	took := map[string]time.Duration{}
	last := time.Now()
	lap := func(what string) { took[what], last = time.Since(last), time.Now() }
	i, err := w.App.UploadRoster(officer, "全市名册.xlsx", "", file)
	if err != nil {
		t.Fatal(err)
	}
	lap("uploaded")
	i = worked(t, w, officer, i.ID)
	lap("judged")
	if i.Report == nil || i.Report.ToFix != 0 || i.Report.Rows != teams+members {
		t.Fatalf("%+v %+v", i.Import, i.Report)
	}
	i = apply(t, w, officer, i.ID, false)
	lap("applied and told")
	if i.State != domain.ImportDone || given.Value[int](t, w, `SELECT count(*) FROM memberships`) != members || given.Value[int](t, w, `SELECT count(*) FROM outbox`) != teams+members {
		t.Fatalf("%+v", i.Import)
	}
	again := worked(t, w, officer, func() string {
		i, err := w.App.UploadRoster(officer, "全市名册.xlsx", "", file)
		if err != nil {
			t.Fatal(err)
		}
		return i.ID
	}())
	lap("judged again")
	if again.Report.Changes != (roster.Changes{}) {
		t.Errorf("the same file twice changes %+v", again.Report.Changes)
	}
	return took
}

func TestImportOfTenThousandRows(t *testing.T) {
	t.Parallel()
	t.Log(importWhole(t, 300, 10_000))
}

// BenchmarkImportCity takes the whole city's roster from upload to told.
func BenchmarkImportCity(b *testing.B) {
	for b.Loop() {
		b.Log(importWhole(b, 1676, 60_000))
	}
}
