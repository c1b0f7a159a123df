package app_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestMyFile(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	me := id.New()
	w.credit(w.attendance(by(me, 60), func(e *tasksv1.AttendanceConfirmed) { e.TaskTitle = "=1+1" }), w.attendance(by(id.New(), 90)))
	lines, _, err := w.MyEntries(w.as(me), "", 1)
	w.must(err)
	undo := lines[0].Entry
	undo.ID, undo.Kind, undo.Minutes, undo.SourceKind, undo.SourceID = id.New(), domain.Reversal, -60, "entry", lines[0].ID
	w.inTx(func(q postgres.Querier) error {
		_, err := store.InsertEntries(t.Context(), q, []domain.Entry{undo})
		return err
	})
	file, name, err := w.MyFile(w.as(me))
	w.must(err)
	if name != "我的志愿服务时长-20261124.xlsx" {
		t.Errorf("name = %s", name)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	w.must(err)
	if diff := cmp.Diff([]string{"时长明细", "没有计入的时长", "更正和异议", "星级", "证明申请", "证明"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	rows, err := book.GetRows("时长明细")
	w.must(err)
	if len(rows) != 3 || rows[1][7] != "冲销" || rows[1][14] != lines[0].ID || rows[2][4] != "=1+1" || rows[2][9] != "扫码核实" || rows[2][12] != "已更正" {
		t.Errorf("rows = %q", rows)
	}
	if formula, err := book.GetCellFormula("时长明细", "E3"); err != nil || formula != "" {
		t.Errorf("a title became the formula %q, %v", formula, err)
	}
}

func TestTeamHours(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	me, neighbour := id.New(), id.New()
	w.teams.add(people.Person{VolunteerID: me, Name: "李桂英", Version: 1})
	w.credit(w.attendance(by(me, 60)), w.attendance(by(neighbour, 30)), w.attendance(by(me, 90), at(w.clock.Now().Add(-40*24*time.Hour))),
		w.attendance(by(me, 45), func(e *tasksv1.AttendanceConfirmed) { e.TeamID = w.other }))
	w.inTx(func(q postgres.Querier) error {
		return w.LearnMemberships(t.Context(), q, []teamsv1.MembershipChanged{{MembershipID: id.New(), TeamID: w.team, VolunteerID: w.leader, Role: "deputy", State: "active", Version: 1}})
	})
	h, err := w.TeamHours(w.as(w.leader), w.team)
	w.must(err)
	if h.Month.Minutes != 90 || h.Month.Subjects != 2 || h.Year.Minutes != 180 || h.Year.Services != 3 || h.Open.Lines != 3 || h.Questions != 0 || h.Detail != "淇滨区" {
		t.Errorf("hours = %+v", h)
	}
	i := slices.IndexFunc(h.Members, func(m app.MemberHours) bool { return m.VolunteerID == me })
	if len(h.Members) != 2 || i < 0 || h.Members[i].Name != "李桂英" || h.Members[i].Month != 60 || h.Members[i].Year != 150 {
		t.Errorf("members = %+v", h.Members)
	}
	_, err = w.TeamHours(w.as(me), w.team)
	if e := new(apperr.Error); !errors.As(err, &e) || e.Kind != apperr.NotFound {
		t.Errorf("a member: error = %v, want NotFound", err)
	}
}
