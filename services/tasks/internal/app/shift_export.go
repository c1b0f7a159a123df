package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// ErrNoExporter refuses a division's list to somebody who holds no office.
var ErrNoExporter = apperr.New(apperr.Forbidden, "no_exporter", "只有管这个区划的妇联干部可以导出。", "Only officers of the division may export this.")

// ExportShifts returns the shifts of a team or a division as a workbook, and the
// file's name. It is for those who lead the team and for officers, as far as
// their grants reach; others get NotFound, or ErrNoExporter. Every export is recorded in the
// same transaction. One is made at a time in a process.
func (a *App) ExportShifts(ctx context.Context, e domain.ShiftExport) (file []byte, name string, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if e, err = domain.NewShiftExport(e, p.VolunteerID, a.clock.Now()); err != nil {
		return nil, "", err
	}
	done, err := a.exports.take(ctx)
	if err != nil {
		return nil, "", err
	}
	defer done()
	var out bytes.Buffer
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		scope, err := a.exportScope(ctx, q, &e)
		if err != nil {
			return err
		}
		lines, err := writeShifts(ctx, q, e, scope, &out)
		if err != nil {
			return err
		}
		return store.InsertExport(ctx, q, e, lines)
	})
	return out.Bytes(), fmt.Sprintf("活动台账-%s至%s.xlsx", e.First, e.Last), err
}

// exportScope says in words what an export covers, and bounds it to what whoever asks may see.
func (a *App) exportScope(ctx context.Context, q postgres.Querier, e *domain.ShiftExport) (string, error) {
	reader, err := a.crewOf(ctx, q)
	if err != nil {
		return "", err
	}
	e.Within = append(e.Within, reader.Regions()...)
	if e.Region != "" {
		if len(e.Within) == 0 {
			return "", ErrNoExporter
		}
		return "区划 " + e.Region + "（以导出人的授权范围为限）", nil
	}
	e.Within = nil
	name, path, err := store.FindTeamPlace(ctx, q, e.TeamID)
	if err == nil && (name == "" || !reader.leads(e.TeamID) && !reader.Covers(path)) {
		err = domain.ErrNoSuchTeam
	}
	return name, err
}

var shiftHeader = []string{
	"日期", "开始", "结束", "服务队", "项目", "活动", "地点", "状态", "报名人数", "到场人数", "确认时长（分钟）", "服务人次",
	"扫码核实", "现场核实", "事后补录", "本人申报", "确认人", "确认时间",
}

var (
	stateWords = map[domain.ShiftState]string{domain.ShiftOpen: "待确认", domain.ShiftPaused: "已暂停", domain.ShiftCancelled: "已取消", domain.ShiftConfirmed: "已确认"}
	roleWords  = map[string]string{"leader": "队长", "deputy": "副队长", "member": "队员", "office": "妇联"}
)

// definitions says what the columns mean, for whoever gets the file without asking.
var definitions = [][2]string{
	{"日期、开始、结束", "场次原定的时间，北京时间"},
	{"状态", "已确认：每个人的时长都有了结论；待确认：还有人没有结论；已取消、已暂停：没有举行"},
	{"报名人数", "报了名、有名额的人，没有来的也算；候补和退出的不算"},
	{"到场人数", "时长已经确认的人"},
	{"确认时长（分钟）", "这些人的时长合计；没有确认的不算"},
	{"服务人次", "确认时填的，服务对象的人次"},
	{"扫码核实", "来和走都扫了现场的码、队长已确认的人数"},
	{"现场核实", "离线扫码、只扫了一头，或队长在现场点名、扫卡的人数"},
	{"事后补录", "队长事后补录或按纸质签到表录入的人数"},
	{"本人申报", "本人申报、事后由别人确认的人数"},
	{"确认人", "只写身份，不写姓名；按导出时的身份"},
}

func writeShifts(ctx context.Context, q postgres.Querier, e domain.ShiftExport, scope string, out *bytes.Buffer) (lines int, err error) {
	book, err := workbook.New()
	if err != nil {
		return 0, err
	}
	defer book.Close()
	if err := book.Sheet("活动", shiftHeader, 12, 8, 8, 30, 18, 30, 30, 10, 10); err != nil {
		return 0, err
	}
	if err := store.ScanShiftLines(ctx, q, e, func(l domain.ShiftLine) error {
		lines++
		return book.Row(cellsOf(l)...)
	}); err != nil {
		return 0, err
	}
	if err := book.Sheet("说明", []string{"项目", "说明"}, 22, 80); err != nil {
		return 0, err
	}
	about := append([][2]string{
		{"范围", scope}, {"期间", e.First + " 至 " + e.Last + "，按场次开始的日期；还没开始的不算"},
		{"导出时间", clock.Minute(e.At)}, {"用途", e.Purpose}, {"行数", fmt.Sprint(lines)},
	}, definitions...)
	for _, line := range append(about, [2]string{"使用", "仅供激励，不作考核依据。导出已记录。"}) {
		if err := book.Row(line[0], line[1]); err != nil {
			return 0, err
		}
	}
	_, err = book.WriteTo(out)
	return lines, err
}

func cellsOf(l domain.ShiftLine) []any {
	starts, ends := l.StartsAt.In(clock.City), l.EndsAt.In(clock.City)
	roles := make([]string, len(l.ConfirmedBy))
	for i, role := range l.ConfirmedBy {
		roles[i] = roleWords[role]
	}
	confirmed := ""
	if !l.ConfirmedAt.IsZero() {
		confirmed = clock.Minute(l.ConfirmedAt)
	}
	return []any{
		starts.Format(time.DateOnly), starts.Format("15:04"), ends.Format("15:04"), l.TeamName, l.ProgrammeName, l.Title, l.Place, stateWords[l.State],
		l.SignedUp, l.Came, l.Minutes, l.PeopleServed, l.ByGrade[0], l.ByGrade[1], l.ByGrade[2], l.ByGrade[3], strings.Join(roles, "、"), confirmed,
	}
}
