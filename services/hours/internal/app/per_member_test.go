package app_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestPerMember(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	busy := id.New()
	far := func(e *tasksv1.AttendanceConfirmed) { e.TeamID, e.RegionPath = w.other, "4106/410621/" }
	w.credit(w.attendance(by(id.New(), 60)), w.attendance(by(id.New(), 90)), w.attendance(by(id.New(), 30)), w.attendance(by(busy, 120)),
		w.attendance(by(busy, 120), far), w.attendance(by(id.New(), 120), far))
	w.inTx(func(q postgres.Querier) error { // as the judge of stars would write it
		_, err := q.ExecContext(t.Context(), `
			INSERT INTO star_changes (volunteer_id, on_day, level, was, minutes, needed, rule_id, made_at)
			SELECT $1, '2026-11-24', 2, 0, 20000, 18000, id, '2026-11-24' FROM star_rules LIMIT 1`, busy)
		return err
	})
	query := app.PerMemberQuery{Region: "4106", Period: "this-month"}
	b, err := w.PerMember(w.as(w.leader, "4106/"), query)
	w.must(err)
	if len(b.Rows) != 1 || b.Rows[0].TeamID != w.team || b.Rows[0].Active != 4 || b.Rows[0].Each() != 75 || b.Ranked != 1 || b.Left != 1 {
		t.Errorf("board = %+v", b)
	}
	if diff := cmp.Diff([]int64{0, 1}, b.Stars.Whole); diff != "" || len(b.Stars.Parts) != 1 {
		t.Errorf("stars = %+v", b.Stars)
	}
	t.Run("the workbook says the rule, and that it was taken is recorded", func(t *testing.T) {
		file, _, err := w.ExportPerMember(w.as(w.leader, "4106/"), query, "年终小结用")
		w.must(err)
		book, err := excelize.OpenReader(bytes.NewReader(file))
		w.must(err)
		rows, err := book.GetRows("队伍人均")
		w.must(err)
		if diff := cmp.Diff([]string{"1", "桂鹤社区巾帼志愿服务队", "淇滨区", "75", "4", "300"}, rows[1]); diff != "" {
			t.Error(diff)
		}
		stars, err := book.GetRows("星级人数")
		w.must(err)
		if got := stars[len(stars)-1]; cmp.Diff([]string{"合计", "0", "1"}, got) != "" {
			t.Errorf("stars = %v", got)
		}
		var n int
		w.must(w.db.Owner(t).Get(&n, "SELECT count(*) FROM board_exports WHERE subject = 'team_per_member' AND exported_by = $1", w.leader))
		if n != 1 {
			t.Errorf("%d exports are recorded, want 1", n)
		}
	})
	t.Run("it is not there for others", func(t *testing.T) {
		_, err := w.PerMember(w.as(busy), query)
		if e := new(apperr.Error); !errors.As(err, &e) || e.Kind != apperr.NotFound {
			t.Errorf("error = %v, want NotFound", err)
		}
	})
}
