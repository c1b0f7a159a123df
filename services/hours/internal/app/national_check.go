package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// NationalQuery says of which region and days; zero days: from the beginning, until today.
type NationalQuery struct {
	Region      string
	First, Last domain.Day
}

// NationalCheck is what stands in the way of a batch, before it is made.
type NationalCheck struct {
	RegionCode, RegionName string
	First, Last            domain.Day
	MappingVersion         int
	Counts                 []NationalCounts // by group, in their order
	Rows                   int              // that a batch would have now; with more than domain.MostNationalRows it takes several
	Codes                  []NationalCode   // in a fixed order
	Teams                  []NationalTeam   // who has most first
	Problems               []NationalProblem
	All                    int // problems that can be listed; Problems are the first of them
	Names                  map[string]string
}

// NationalCode counts records that are kept back for a reason.
type NationalCode struct {
	Code    string
	Records int
}

// NationalTeam is a brigade with records that are kept back.
type NationalTeam struct {
	TeamID, TeamName string
	Codes            []NationalCode
	Records          int
}

// shownProblems is how many problems a page lists; a workbook lists all.
const shownProblems = 300

// CheckNational compares what there is with what was sent. It is for who decides for
// the region, since people are named; to other officers of it it returns Forbidden, to
// others NotFound.
func (a *App) CheckNational(ctx context.Context, query NationalQuery) (*NationalCheck, error) {
	return a.checkNational(ctx, query, shownProblems)
}

func (a *App) checkNational(ctx context.Context, query NationalQuery, listed int) (*NationalCheck, error) {
	scope, region, err := a.nationalScope(ctx, query)
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, scope, false)
	if err != nil {
		return nil, err
	}
	c := &NationalCheck{
		RegionCode: region.ID, RegionName: region.Name, First: scope.First, Last: scope.Last, MappingVersion: j.mapping.Version, Rows: j.total(),
		Codes: codes(j.byCode), Problems: j.problems[:min(len(j.problems), listed)], All: len(j.problems), Names: map[string]string{},
	}
	for _, g := range domain.NationalGroups {
		c.Counts = append(c.Counts, *j.counts[g])
	}
	for _, team := range domain.SortedCodes(j.byTeam) {
		t := NationalTeam{TeamID: team, Codes: codes(j.byTeam[team])}
		if team != "" {
			t.TeamName = a.names.name(domain.Team, team)
		}
		for _, code := range t.Codes {
			t.Records += code.Records
		}
		c.Teams = append(c.Teams, t)
	}
	slices.SortStableFunc(c.Teams, func(x, y NationalTeam) int { return y.Records - x.Records })
	ids := make([]string, len(c.Problems))
	for i, p := range c.Problems {
		ids[i] = p.VolunteerID
		if p.TeamID != "" {
			c.Problems[i].TeamName = a.names.name(domain.Team, p.TeamID)
		}
	}
	for id, p := range a.people.Find(ctx, ids) {
		c.Names[id] = p.FullName()
	}
	return c, nil
}

func codes(counted map[string]int) []NationalCode {
	list := []NationalCode{}
	for _, code := range domain.SortedCodes(counted) {
		list = append(list, NationalCode{code, counted[code]})
	}
	return list
}

// nationalScope says what a query is about, to who decides for its region.
func (a *App) nationalScope(ctx context.Context, query NationalQuery) (s store.NationalScope, region domain.Known, err error) {
	if region, err = a.authorizeOverview(ctx, query.Region); err != nil {
		return s, region, err
	}
	who, err := auth.From(ctx)
	if err != nil {
		return s, region, err
	}
	if !who.Decides(region.RegionPath) {
		return s, region, errNotDeciding
	}
	now := a.clock.Now()
	s = store.NationalScope{RegionPath: region.RegionPath, First: query.First, Last: cmp.Or(query.Last, domain.DayOf(now)), Today: domain.DayOf(now), Now: now}
	if s.Last < s.First || s.Last > s.Today {
		return s, region, apperr.For("to", domain.ErrBatchDays)
	}
	return s, region, nil
}

// nationalWords say in Chinese why a record is kept back.
var nationalWords = map[string]string{
	noConsent: "本人没有同意报送", noGuardian: "未成年人，监护人还没有同意登记", lacksField: "缺", wrongField: "不对", notSettled: "还在公示期",
	inQuestion: "有异议，正在核实", ofPerson: "本人基本信息不完整", wasRefused: "上次被退回，还没有改", cannotTell: "报过之后有变动，但本人已收回同意",
}

// Words says the problem in Chinese.
func (p NationalProblem) Words() string {
	word := nationalWords[p.Code]
	if f, ok := domain.NationalFieldOf(p.Group, p.Field); ok {
		if p.Code == wrongField {
			return f.Zh + word
		}
		word += f.Zh
	}
	if p.Reason != "" {
		word += "：" + p.Reason
	}
	return word
}

// ExportCheck returns the check as a workbook, with every problem, and the file's name.
func (a *App) ExportCheck(ctx context.Context, query NationalQuery) (file []byte, name string, err error) {
	c, err := a.checkNational(ctx, query, mostProblems)
	if err != nil {
		return nil, "", err
	}
	book, err := workbook.New()
	if err != nil {
		return nil, "", err
	}
	defer book.Close()
	if err := c.write(book, a); err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	_, err = book.WriteTo(&out)
	return out.Bytes(), fmt.Sprintf("全国系统报送检查-%s-%s.xlsx", c.RegionName, a.clock.Now().In(clock.City).Format("20060102")), err
}

func (c *NationalCheck) write(book *workbook.Book, a *App) error {
	if err := book.Sheet("汇总", []string{"记录", "共有", "新增", "更正", "撤销", "已报没变", "报不了"}, 24, 10); err != nil {
		return err
	}
	for _, n := range c.Counts {
		if err := book.Row(domain.NationalSheetNames[n.Group], n.Total, n.New, n.Changed, n.Withdrawn, n.As, n.Held); err != nil {
			return err
		}
	}
	if err := book.Row(fmt.Sprintf("%s，%s 到 %s，第 %d 版映射", c.RegionName, c.from(), c.Last, c.MappingVersion)); err != nil {
		return err
	}
	if err := book.Sheet("按队伍", []string{"服务队", "报不了的记录", "原因"}, 36, 14, 80); err != nil {
		return err
	}
	for _, t := range c.Teams {
		var parts []string
		for _, code := range t.Codes {
			parts = append(parts, fmt.Sprintf("%s %d", nationalWords[code.Code], code.Records))
		}
		if err := book.Row(t.TeamName, t.Records, strings.Join(parts, "，")); err != nil {
			return err
		}
	}
	if err := book.Sheet("逐条", []string{"服务队", "志愿者编号", "姓名", "哪一类", "哪一条", "日期", "为什么报不了"}, 32, 16, 12, 18, 32, 12, 50); err != nil {
		return err
	}
	for _, p := range c.Problems {
		if err := book.Row(p.TeamName, p.Number, c.Names[p.VolunteerID], domain.NationalSheetNames[p.Group], p.About, p.Day, p.Words()); err != nil {
			return err
		}
	}
	return nil
}

func (c *NationalCheck) from() string {
	if c.First == 0 {
		return "最早"
	}
	return c.First.String()
}
