package app_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
)

// printed prints the sheet of a shift and returns its rows.
func (w *town) printed(s app.ShiftView) []app.SheetRow {
	w.t.Helper()
	for _, u := range w.seated(s) {
		w.names.Know(people.Person{VolunteerID: u, Name: "王桂兰", Number: "HB260000018", Version: 1})
	}
	pdf, name, err := w.PrintSheet(w.as(w.leader), s.ID)
	w.must(err)
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || name != "签到表-淇河岸边捡拾垃圾-1123.pdf" {
		w.t.Errorf("%d bytes called %s", len(pdf), name)
	}
	view, err := w.FindSheet(w.as(w.leader), s.ID)
	w.must(err)
	return view.Rows
}

func (w *town) seated(s app.ShiftView) (ids []string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Select(&ids, `SELECT volunteer_id FROM sign_ups WHERE shift_id = $1 AND state = 'confirmed' ORDER BY signed_up_at, id`, s.ID))
	return ids
}

// signed is a row as it stands on the paper: from the beginning to the end.
func (w *town) signed(s app.ShiftView, code string) app.PaperRow {
	return app.PaperRow{Code: code, Period: w.period(s, 0, s.EndsAt.Sub(s.StartsAt))}
}

func becameOf(rows []app.TypedRow) (all []string) {
	for _, r := range rows {
		one := string(r.Outcome)
		if r.ZH != "" {
			one += ": " + r.ZH
		}
		all = append(all, one)
	}
	return all
}

func TestEnterSheet(t *testing.T) {
	t.Parallel()
	t.Run("a sheet typed in twice counts once, as grade C, and each hour leads back to its row and the print", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		first, second := w.signUp(shift), w.signUp(shift)
		rows := w.printed(shift)
		w.leapTo(shift.EndsAt.Add(3 * time.Hour))
		walkIn := w.member()
		sheet := []app.PaperRow{w.signed(shift, rows[0].Code), w.signed(shift, " "+rows[1].Code), w.signed(shift, rows[2].Code)}
		sheet[1].Period = w.period(shift, 30*time.Minute, time.Hour)
		sheet[2].VolunteerID = walkIn

		key := idempotency.WithKey(w.as(w.leader), id.New())
		typed, err := w.EnterSheet(key, shift.ID, slices.Clone(sheet))
		w.must(err)
		if diff := cmp.Diff([]string{"entered", "entered", "entered"}, becameOf(typed)); diff != "" {
			t.Fatal(diff)
		}
		again, err := w.EnterSheet(key, shift.ID, slices.Clone(sheet)) // the answer was lost
		w.must(err)
		if diff := cmp.Diff(typed, again); diff != "" {
			t.Error(diff)
		}
		twice, err := w.EnterSheet(w.as(w.deputy), shift.ID, sheet) // and somebody else types it too
		w.must(err)
		if diff := cmp.Diff([]string{"known", "known", "known"}, becameOf(twice)); diff != "" {
			t.Error(diff)
		}
		if n := w.count(`SELECT count(*) FROM claims c JOIN sheet_claims s ON s.claim_id = c.id JOIN sheet_lines l ON l.shift_id = s.shift_id AND l.code = s.code JOIN sheets p ON p.id = l.sheet_id
			WHERE c.method = 'paper' AND c.actor_id = $1 AND p.printed_by = $1`, w.leader); n != 6 {
			t.Errorf("%d claims lead back to a print, want both ends of three", n)
		}
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{PeopleServed: 4})
		w.must(err)
		minutes := map[string]int{}
		for _, l := range roster.Lines {
			minutes[l.VolunteerID] = l.Attendance.Minutes
			if l.Attendance.Verification != domain.VerificationC || l.RowCode == "" {
				t.Errorf("grade %s, row %q", l.Attendance.Verification, l.RowCode)
			}
		}
		if diff := cmp.Diff(map[string]int{first: 150, second: 60, walkIn: 150}, minutes); diff != "" {
			t.Error(diff)
		}
		if n := count(w.told(), "tasks.v1.attendance.confirmed"); n != 3 {
			t.Errorf("%d confirmed", n)
		}
		if typed, err = w.EnterSheet(w.as(w.leader), shift.ID, []app.PaperRow{w.signed(shift, rows[3].Code)}); err != nil || typed[0].Outcome != app.PaperRefused {
			t.Errorf("after confirming: %v, %v", becameOf(typed), err)
		}
	})
	t.Run("a mistyped row, one of another shift's sheet and an empty one without a name are refused with words, alone", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		w.signUp(shift)
		rows := w.printed(shift)
		other := w.givenShift(func(n *app.NewTask) { n.Details.Title = "慰问老人" })
		view := w.printedAnyhow(other)
		w.leapTo(shift.EndsAt)
		wrong := "2" + rows[0].Code[1:]
		if rows[0].Code[0] == '2' {
			wrong = "3" + rows[0].Code[1:]
		}
		typed, err := w.EnterSheet(w.as(w.leader), shift.ID, []app.PaperRow{
			w.signed(shift, wrong), w.signed(shift, view.Rows[0].Code), w.signed(shift, rows[1].Code), w.signed(shift, rows[0].Code),
		})
		w.must(err)
		if diff := cmp.Diff([]string{
			"refused: 行码 " + wrong + " 抄错了，请再看一眼纸上的这一行。",
			"refused: 行码 " + view.Rows[0].Code + " 不在这一场的签到表上，请核对纸上写的活动和时间。",
			"refused: 行码 " + rows[1].Code + " 是空行，请选一下签字的是谁。",
			"entered",
		}, becameOf(typed)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("who types is not believed for herself: it is her word, which another accepts", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		_, err := w.SignUp(w.as(w.leader), shift.ID)
		w.must(err)
		rows := w.printed(shift)
		w.leapTo(shift.EndsAt)
		typed, err := w.EnterSheet(w.as(w.leader), shift.ID, []app.PaperRow{w.signed(shift, rows[0].Code)})
		w.must(err)
		if typed[0].Outcome != app.PaperOwn || count(w.told(), "tasks.v1.notice.due") != 1 {
			t.Errorf("%v, told %v", becameOf(typed), w.told())
		}
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		at := roster.Lines[0].Attendance
		if at.State != domain.AttendanceDeclared {
			t.Fatalf("by herself: %s", at.State)
		}
		roster, err = w.ConfirmShift(w.as(w.deputy), shift.ID, app.Confirmation{Decisions: []app.Decision{{AttendanceID: at.ID, Verdict: app.VerdictAccept}}})
		w.must(err)
		if got := roster.Lines[0].Attendance; got.Verification != domain.VerificationD || got.Minutes != 150 {
			t.Errorf("accepted: %s, %d", got.Verification, got.Minutes)
		}
	})
	t.Run("what a scan proved stays; paper only says when they left, and keeps grade B", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		v := w.signUp(shift)
		rows := w.printed(shift)
		w.leapTo(shift.StartsAt.Add(10 * time.Minute))
		_, err := w.scan(v, shift, domain.ClaimIn)
		w.must(err)
		w.leapTo(shift.EndsAt.Add(time.Hour))
		w.must(w.DoDuties(t.Context()))
		typed, err := w.EnterSheet(w.as(w.deputy), shift.ID, []app.PaperRow{w.signed(shift, rows[0].Code)})
		w.must(err)
		roster, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{})
		w.must(err)
		if at := roster.Lines[0].Attendance; typed[0].Outcome != app.PaperEntered || at.Verification != domain.VerificationB || at.Minutes != 140 {
			t.Errorf("%v, %+v", becameOf(typed), at)
		}
	})
	t.Run("an empty row is one member's; strangers, other leaders and a second person are refused", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		row := w.printedAnyhow(shift).Rows[0]
		w.leapTo(shift.EndsAt)
		by := func(actor, volunteer string) ([]app.TypedRow, error) {
			r := w.signed(shift, row.Code)
			r.VolunteerID = volunteer
			return w.EnterSheet(w.as(actor), shift.ID, []app.PaperRow{r})
		}
		if _, err := by(w.leader, id.New()); !errors.Is(err, domain.ErrNotOfTeam) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := by(w.member(), w.member()); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("by a member: %v", err)
		}
		one := w.member()
		typed, err := by(w.leader, one)
		if err != nil || typed[0].Outcome != app.PaperEntered {
			t.Errorf("%v, %v", becameOf(typed), err)
		}
		if typed, err = by(w.deputy, w.member()); err != nil || typed[0].Outcome != app.PaperRefused {
			t.Errorf("a second person: %v, %v", becameOf(typed), err)
		}
	})
}

// printedAnyhow prints a sheet that may have no names on it.
func (w *town) printedAnyhow(s app.ShiftView) app.SheetView {
	w.t.Helper()
	_, _, err := w.PrintSheet(w.as(w.deputy), s.ID)
	w.must(err)
	view, err := w.FindSheet(w.as(w.leader), s.ID)
	w.must(err)
	return view
}

func TestPrintSheet(t *testing.T) {
	t.Parallel()
	t.Run("a person keeps the row code on every print; who signed up meanwhile is added, and empty rows stay last", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		w.signUp(shift)
		before := w.printed(shift)
		later := w.signUp(shift)
		after := w.printed(shift)
		if after[0].Code != before[0].Code || after[1].Holder != later || after[2].Code != before[1].Code || len(after) != len(before)+1 {
			t.Errorf("%+v\n%+v", before, after)
		}
		if n := w.count(`SELECT count(*) FROM sheets`); n != 2 {
			t.Errorf("%d prints are kept", n)
		}
		if _, _, err := w.PrintSheet(w.as(later), shift.ID); !errors.Is(err, domain.ErrNotPublished) {
			t.Errorf("by a volunteer: %v", err)
		}
	})
	t.Run("nobody can be named: no sheet that nobody finds themself on", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		w.signUp(shift)
		if _, _, err := w.PrintSheet(w.as(w.leader), shift.ID); !errors.Is(err, app.ErrNamesAway) {
			t.Error(err)
		}
	})
	t.Run("what was printed and typed is changed by nobody", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		for _, table := range []string{"sheets", "sheet_lines", "sheet_claims"} {
			if n := w.count(`SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'tasks' AND table_name = $1 AND privilege_type IN ('UPDATE', 'DELETE')`, table); n != 0 {
				t.Errorf("%s can be changed", table)
			}
		}
	})
}
