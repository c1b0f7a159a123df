package app

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// PerMemberQuery asks for the brigades of a region by hours per active member.
type PerMemberQuery struct {
	Region  string
	Period  string // as domain.ParsePeriod reads it
	Settled bool
}

// PerMemberBoard is what officers see of it.
type PerMemberBoard struct {
	boards.At
	Region  domain.Known
	Period  string
	Settled bool
	Ranked  int // brigades with enough active members
	Left    int // brigades with service, but too few of them
	Rows    []PerMemberRow
	Stars   StarCounts
}

// PerMemberRow is a brigade with its name.
type PerMemberRow struct {
	domain.PerMember
	Name, Detail string
}

// StarCounts says how many volunteers hold which star.
type StarCounts struct {
	Levels int // the highest that anybody there holds
	Whole  []int64
	Parts  []StarPart // divisions, in the order of their codes
}

// StarPart is a division's: its own code for who served in none below it.
type StarPart struct {
	Code, Name string
	Counts     []int64 // of one star, of two and so on
}

// PerMember is for officers of the region or of one above it, where it has
// boards; else it returns NotFound.
func (a *App) PerMember(ctx context.Context, query PerMemberQuery) (PerMemberBoard, error) {
	region, err := a.authorizeOverview(ctx, query.Region)
	if err != nil {
		return PerMemberBoard{}, err
	}
	today := domain.DayOf(a.clock.Now())
	period, err := domain.ParsePeriod(query.Period, today)
	if err != nil {
		return PerMemberBoard{}, apperr.For("period", domain.ErrPeriod)
	}
	if err := a.mayShow(boards.Region, region, today); err != nil {
		return PerMemberBoard{}, err
	}
	a.boards.Turn(today)
	answer := a.boards.Breakdown(boards.Question{Region: query.Region, Period: period, Before: period, ByTeam: true, Settled: query.Settled})
	teams := make([]domain.PerMember, len(answer.Parts))
	for i, p := range answer.Parts {
		teams[i] = domain.PerMember{TeamID: p.ID, Minutes: p.Figures.Minutes, Active: p.Figures.People}
	}
	ranked, left := domain.RankPerMember(teams)
	b := PerMemberBoard{At: answer.At, Region: region, Period: period.String(), Settled: query.Settled, Ranked: len(ranked), Left: left}
	for _, t := range ranked[:min(len(ranked), shown)] {
		b.Rows = append(b.Rows, PerMemberRow{t, a.names.name(domain.Team, t.TeamID), a.names.teamDetail(t.TeamID)})
	}
	b.Stars, err = a.countStars(ctx, region)
	return b, err
}

// countStars counts who holds a star where they last served: hours does not
// know where people live.
func (a *App) countStars(ctx context.Context, region domain.Known) (StarCounts, error) {
	merged := a.boards.Merged()
	levels := map[string]int{}
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		return store.EachStar(ctx, q, func(s domain.Star) {
			who := s.VolunteerID
			if survivor, ok := merged[who]; ok {
				who = survivor
			}
			levels[who] = max(levels[who], s.Level)
		})
	})
	if err != nil {
		return StarCounts{}, err
	}
	var stars StarCounts
	parts := map[string]*StarPart{}
	for who, level := range levels {
		team, _ := a.names.find(domain.Team, a.boards.LastTeam(who))
		rest, inside := strings.CutPrefix(team.RegionPath, region.RegionPath)
		if !inside || level == 0 {
			continue
		}
		code, _, _ := strings.Cut(rest, "/")
		if code == "" {
			code = region.ID
		}
		if parts[code] == nil {
			parts[code] = &StarPart{Code: code, Name: a.names.name(domain.Region, code)}
		}
		for _, counts := range []*[]int64{&stars.Whole, &parts[code].Counts} {
			for len(*counts) < level {
				*counts = append(*counts, 0)
			}
			(*counts)[level-1]++
		}
	}
	stars.Levels = len(stars.Whole)
	for _, p := range parts {
		for len(p.Counts) < stars.Levels {
			p.Counts = append(p.Counts, 0)
		}
		stars.Parts = append(stars.Parts, *p)
	}
	slices.SortFunc(stars.Parts, func(x, y StarPart) int { return strings.Compare(x.Code, y.Code) })
	return stars, nil
}

// ExportPerMember returns the same as a workbook, and the file's name. Who took
// it out, and what for, is recorded in the same transaction.
func (a *App) ExportPerMember(ctx context.Context, query PerMemberQuery, purpose string) (file []byte, name string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	b, err := a.PerMember(ctx, query)
	if err != nil {
		return nil, "", err
	}
	e, err := domain.NewBoardExport(domain.BoardExport{
		Subject: "team_per_member", Scope: "region:" + query.Region, Period: b.Period, Settled: b.Settled, Position: b.Position, Lines: len(b.Rows), Purpose: purpose,
	}, who.VolunteerID, a.clock.Now())
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	if err := writePerMember(b, e, &out); err != nil {
		return nil, "", err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error { return store.InsertBoardExport(ctx, q, e) })
	return out.Bytes(), fmt.Sprintf("队伍人均-%s-%s.xlsx", b.Region.Name, strings.ReplaceAll(b.Period, ":", "-")), err
}

func writePerMember(b PerMemberBoard, e domain.BoardExport, out *bytes.Buffer) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.Sheet("队伍人均", []string{"名次", "服务队", "所在地", "人均（分钟）", "有时长的人数", "时长（分钟）"}, 8, 36, 24, 14, 14, 14); err != nil {
		return err
	}
	for _, r := range b.Rows {
		if err := book.Row(r.Rank, r.Name, r.Detail, int(r.Each()), int(r.Active), int(r.Minutes)); err != nil {
			return err
		}
	}
	if err := book.Row(onlyToEncourage); err != nil {
		return err
	}
	if err := writeStars(book, b.Stars); err != nil {
		return err
	}
	if err := book.Sheet("说明", []string{"项目", "说明"}, 16, 80); err != nil {
		return err
	}
	basis := "已公布：队长确认了就算，包括还在公示、可能更正的"
	if b.Settled {
		basis = "已生效：截至 " + b.Day.String() + " 公示期满、没有异议的才算"
	}
	for _, line := range [][2]string{
		{"范围", b.Region.Name}, {"时段", b.Period}, {"算哪些时长", basis}, {"截至", fmt.Sprintf("第 %d 条时长记录", b.Position)},
		{"人均", fmt.Sprintf("时段内时长 ÷ 时段内有时长的人数；不到 %d 人的队伍不列，共 %d 支", domain.FewestActive, b.Left)},
		{"列出", fmt.Sprintf("前 %d 名，共 %d 支；人均相同名次相同", shown, b.Ranked)},
		{"星级", "现在的星级，只看已生效的时长；按最近一次服务所在队伍的区划归属"},
		{"导出时间", clock.Minute(e.At)}, {"用途", e.Purpose}, {"使用", onlyToEncourage + "。导出已记录。"},
	} {
		if err := book.Row(line[0], line[1]); err != nil {
			return err
		}
	}
	_, err = book.WriteTo(out)
	return err
}

func writeStars(book *workbook.Book, stars StarCounts) error {
	header, widths := []string{"区划"}, []float64{24}
	for level := range stars.Levels {
		header, widths = append(header, fmt.Sprintf("%d 星（人）", level+1)), append(widths, 12)
	}
	if err := book.Sheet("星级人数", header, widths...); err != nil {
		return err
	}
	for _, p := range append(slices.Clone(stars.Parts), StarPart{Name: "合计", Counts: stars.Whole}) {
		row := []any{p.Name}
		for _, n := range p.Counts {
			row = append(row, int(n))
		}
		if err := book.Row(row...); err != nil {
			return err
		}
	}
	return nil
}
