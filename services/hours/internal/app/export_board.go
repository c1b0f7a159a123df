package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// ExportBoard returns a board as a workbook, and the file's name: what the page
// shows, no more, names as there. It is for officers of the board's region, of a
// programme's for any officer; others get NotFound. Who took it out, and what
// for, is recorded in the same transaction.
func (a *App) ExportBoard(ctx context.Context, query BoardQuery, purpose string) (file []byte, name string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	key, thing, err := a.boardKey(query)
	if err != nil {
		return nil, "", err
	}
	if len(who.Grants) == 0 || thing.RegionPath != "" && !who.Covers(thing.RegionPath) {
		return nil, "", errNoBoard
	}
	page := BoardPage{Page: a.boards.Page(key, shown), Subject: key.Subject, ScopeName: thing.Name, Period: key.Period.String(), Settled: key.Settled}
	page.Rows = a.withNames(ctx, page.Page.Rows, key.Subject)
	e, err := domain.NewBoardExport(domain.BoardExport{
		Subject: string(key.Subject), Scope: query.Scope, Period: page.Period, Settled: key.Settled, Position: page.Position, Lines: len(page.Rows), Purpose: purpose,
	}, who.VolunteerID, a.clock.Now())
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	if err := writeBoard(page, e, &out); err != nil {
		return nil, "", err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error { return store.InsertBoardExport(ctx, q, e) })
	return out.Bytes(), fmt.Sprintf("排行榜-%s-%s.xlsx", thing.Name, strings.ReplaceAll(page.Period, ":", "-")), err
}

// onlyToEncourage stands on every board that leaves the house.
const onlyToEncourage = "仅供激励，不作考核依据"

// whatStands names the columns of a board: who stands on it, and what is said of them.
var whatStands = map[boards.Subject][2]string{
	boards.Volunteers: {"志愿者", "服务队"},
	boards.Teams:      {"服务队", "所在地"},
	boards.Programmes: {"项目", "说明"},
	boards.Counties:   {"县区", "上级"},
	boards.Townships:  {"乡镇、街道", "上级"},
}

func writeBoard(p BoardPage, e domain.BoardExport, out *bytes.Buffer) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	of := whatStands[p.Subject]
	if err := book.Sheet("排行榜", []string{"名次", of[0], of[1], "时长（分钟）"}, 8, 36, 36, 14); err != nil {
		return err
	}
	for _, r := range p.Rows {
		if err := book.Row(r.Rank, r.Name, r.Detail, r.Minutes); err != nil {
			return err
		}
	}
	if err := book.Row(onlyToEncourage); err != nil {
		return err
	}
	if err := book.Sheet("说明", []string{"项目", "说明"}, 16, 80); err != nil {
		return err
	}
	for _, line := range aboutBoard(p, e) {
		if err := book.Row(line[0], line[1]); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(out)
	return err
}

func aboutBoard(p BoardPage, e domain.BoardExport) [][2]string {
	basis := "已公布：队长确认了就算，包括还在公示、可能更正的"
	if p.Settled {
		basis = "已生效：截至 " + p.Day.String() + " 公示期满、没有异议的才算"
	}
	return [][2]string{
		{"范围", p.ScopeName}, {"时段", p.Period}, {"算哪些时长", basis}, {"截至", fmt.Sprintf("第 %d 条时长记录", p.Position)},
		{"列出", fmt.Sprintf("前 %d 名，共 %d 个有时长；时长相同名次相同", shown, p.Subjects)},
		{"姓名", "本人同意公开才写全，未成年人不写全（《志愿服务条例》第二十条）"},
		{"导出时间", clock.Minute(e.At)}, {"用途", e.Purpose}, {"使用", onlyToEncourage + "。导出已记录。"},
	}
}
