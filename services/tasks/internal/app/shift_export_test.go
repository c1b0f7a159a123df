package app_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// rows opens a workbook and returns the rows of a sheet.
func rows(t *testing.T, file []byte, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestExportShifts(t *testing.T) {
	t.Parallel()
	t.Run("a line says what a shift came to, who confirmed by office only, and the export is recorded", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(func(n *app.NewTask) { n.Details.Title = "=HYPERLINK(\"http://x\")" })
		v := w.signUp(shift)
		w.signUp(shift) // and does not come
		tap := func(kind domain.ClaimKind, at time.Time) {
			w.clock.SetTo(at)
			_, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, VolunteerID: v})
			w.must(err)
		}
		tap(domain.ClaimIn, shift.StartsAt.Add(-time.Minute))
		tap(domain.ClaimOut, shift.EndsAt)
		_, err := w.ConfirmShift(w.as(w.deputy), shift.ID, app.Confirmation{PeopleServed: 40})
		w.must(err)

		file, name, err := w.ExportShifts(w.as(w.leader), domain.ShiftExport{TeamID: w.team, First: "2026-11-01", Last: "2026-11-30", Purpose: "月度台账"})
		w.must(err)
		want := []string{
			"2026-11-23", "09:00", "11:30", "桂鹤社区巾帼志愿服务队", "保护淇河", "=HYPERLINK(\"http://x\")", "淇水湾东门", "已确认",
			"2", "1", "150", "40", "0", "1", "0", "0", "副队长", "2026-11-23 11:30",
		}
		if diff := cmp.Diff([][]string{want}, rows(t, file, "活动")[1:]); diff != "" || name != "活动台账-2026-11-01至2026-11-30.xlsx" {
			t.Errorf("%s: %s", name, diff)
		}
		if about := rows(t, file, "说明"); about[1][1] != "桂鹤社区巾帼志愿服务队" || about[4][1] != "月度台账" {
			t.Errorf("it says of itself %v", about)
		}
		var recorded []string
		w.must(w.db.Owner(t).Select(&recorded, `SELECT exported_by || ' ' || purpose || ' ' || lines FROM exports`))
		if diff := cmp.Diff([]string{w.leader + " 月度台账 1"}, recorded); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody sees more than they may", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		w.held()
		ask := func(ctx context.Context, e domain.ShiftExport) (int, error) {
			e.First, e.Last, e.Purpose = "2026-11-01", "2026-11-30", "月度台账"
			file, _, err := w.ExportShifts(ctx, e)
			if err != nil {
				return 0, err
			}
			return len(rows(t, file, "活动")) - 1, nil
		}
		for name, c := range map[string]struct {
			ctx  context.Context
			e    domain.ShiftExport
			want int
			err  error
		}{
			"the county, of the city":           {w.coordinator("4106/410611/"), domain.ShiftExport{Region: "4106"}, 1, nil},
			"the county, of its team":           {w.coordinator("4106/410611/"), domain.ShiftExport{TeamID: w.team}, 1, nil},
			"another county, of this one":       {w.coordinator("4106/410621/"), domain.ShiftExport{Region: "410611"}, 0, nil},
			"another county, of this team":      {w.coordinator("4106/410621/"), domain.ShiftExport{TeamID: w.team}, 0, domain.ErrNoSuchTeam},
			"a volunteer":                       {w.as(id.New()), domain.ShiftExport{TeamID: w.team}, 0, domain.ErrNoSuchTeam},
			"the leader, of the whole county":   {w.as(w.leader), domain.ShiftExport{Region: "410611"}, 0, app.ErrNoExporter},
			"the leader, of both and thus none": {w.as(w.leader), domain.ShiftExport{Region: "410611", TeamID: w.team}, 0, domain.ErrExportOf},
		} {
			got, err := ask(c.ctx, c.e)
			if got != c.want || codeOf(err) != codeOf(c.err) {
				t.Errorf("%s: %d lines, %v", name, got, err)
			}
		}
	})
}

// BenchmarkExportShifts is the year of a city: a hundred thousand shifts with
// four people each.
func BenchmarkExportShifts(b *testing.B) {
	w := newTown(b)
	shift := w.givenShift(nil)
	for _, sql := range []string{
		`INSERT INTO shifts (id, task_id, starts_at, ends_at, capacity, taken, waiting, key, state, people_served, confirmed_at, reason, version)
			SELECT gen_random_uuid(), task_id, starts_at - n * interval '4 minutes', ends_at - n * interval '4 minutes', 10, 4, 0, key, 'confirmed', 30, ends_at, '', 1
			FROM shifts, generate_series(1, 100000) n`,
		`INSERT INTO attendances (id, shift_id, volunteer_id, state, checked_in_at, in_method, checked_out_at, out_method, verification, minutes, confirmed_by, confirmed_at, reason, version)
			SELECT gen_random_uuid(), s.id, gen_random_uuid(), 'confirmed', s.starts_at, 'link', s.ends_at, 'link', 'A', 150, '` + w.leader + `', s.ends_at, '', 1 FROM shifts s, generate_series(1, 4) n WHERE s.id <> '` + shift.ID + `'`,
		`ANALYZE`,
	} {
		if _, err := w.db.Owner(b).Exec(sql); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		file, _, err := w.ExportShifts(w.coordinator("4106/"), domain.ShiftExport{Region: "4106", First: "2026-01-01", Last: "2026-12-31", Purpose: "年度台账"})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(file))/1e6, "MB/file")
	}
}

// codeOf returns an error's stable code; of none an empty one.
func codeOf(err error) string {
	var known *apperr.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}
