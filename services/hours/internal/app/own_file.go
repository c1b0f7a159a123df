package app

import (
	"bytes"
	"context"
	"fmt"
	"math"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// own is everything that hours holds about somebody.
type own struct {
	lines        []MyEntry
	cuts         []domain.Cut
	held         []domain.HeldCredit
	questions    []domain.Correction
	stars        []domain.StarChange
	requests     []domain.CertificateRequest
	certificates []domain.Certificate
}

// MyFile returns everything that hours holds about the person who asks (PIPL
// art. 45) as a workbook, and the file's name. It is made on demand and kept
// nowhere. Who somebody is lies with teams, whose file says it.
func (a *App) MyFile(ctx context.Context) (file []byte, name string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	o, err := a.readOwn(ctx, who.VolunteerID)
	if err != nil {
		return nil, "", err
	}
	var out bytes.Buffer
	err = o.write(&out)
	return out.Bytes(), "我的志愿服务时长-" + a.clock.Now().In(clock.City).Format("20060102") + ".xlsx", err
}

func (a *App) readOwn(ctx context.Context, volunteerID string) (o own, err error) {
	var entries []domain.Entry
	var happened happenings
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		self, err := person(ctx, q, volunteerID)
		if err != nil {
			return err
		}
		records := self.IDs()
		if entries, err = store.ListEntries(ctx, q, records, math.MaxInt64, math.MaxInt32); err != nil {
			return err
		}
		if happened, err = readHappenings(ctx, q, entries); err != nil {
			return err
		}
		if o.cuts, err = store.ListCuts(ctx, q, records); err != nil {
			return err
		}
		if o.held, err = store.ListHeldOf(ctx, q, records); err != nil {
			return err
		}
		if o.questions, err = store.ListCorrectionsOf(ctx, q, self, store.CorrectionsPage{}); err != nil {
			return err
		}
		if o.stars, err = store.ListStarChanges(ctx, q, records); err != nil {
			return err
		}
		if o.requests, err = store.ListRequestsOf(ctx, q, a.papers, self); err != nil {
			return err
		}
		o.certificates, err = store.ListCertificatesOf(ctx, q, a.papers, self)
		return err
	})
	o.lines = a.described(ctx, entries, happened)
	return o, err
}

// What is written in a database in one word, and means in a file in another.
var (
	kindWords = map[domain.Kind]string{
		domain.Service: "服务", domain.Training: "培训", domain.Adjustment: "更正", domain.Reversal: "冲销", domain.Import: "历史时长",
	}
	settlingWords = map[domain.Settling]string{domain.InPublicity: "公示中", domain.InQuestion: "有异议，正在核实", domain.HasSettled: "已生效", domain.TakenBack: "已更正"}
	questionWords = map[domain.CorrectionState]string{
		domain.CorrectionOpen: "等待决定", domain.CorrectionAccepted: "已更正", domain.CorrectionRefused: "维持不变", domain.CorrectionWithdrawn: "已撤回",
	}
)

func (o own) write(out *bytes.Buffer) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	for _, s := range []struct {
		name   string
		header []string
		rows   [][]any
	}{
		{"时长明细", []string{"编号", "日期", "开始", "结束", "活动", "服务队", "项目", "类别", "分钟", "核实方式", "确认人", "确认时间", "状态", "哪天生效", "冲销的明细"}, o.lineRows()},
		{"没有计入的时长", []string{"日期", "活动", "确认的分钟", "计入的分钟", "情况"}, o.uncountedRows()},
		{"更正和异议", []string{"编号", "明细编号", "提出时间", "理由", "结果", "决定时间", "决定的理由"}, o.questionRows()},
		{"星级", []string{"从哪天起", "星级", "原来", "已生效的分钟", "需要的分钟"}, o.starRows()},
		{"证明申请", []string{"申请时间", "从", "到", "用途", "证件号码写全"}, o.requestRows()},
		{"证明", []string{"编号", "查验码", "出具时间", "分钟", "从", "到", "状态", "原因"}, o.certificateRows()},
	} {
		if err := book.Sheet(s.name, s.header, 18); err != nil {
			return err
		}
		for _, row := range s.rows {
			if err := book.Row(row...); err != nil {
				return err
			}
		}
	}
	_, err = book.WriteTo(out)
	return err
}

func (o own) lineRows() (rows [][]any) {
	for _, e := range o.lines {
		undone, state := "", settlingWords[e.Settling]
		if e.Kind == domain.Reversal {
			undone, state = e.SourceID, ""
		}
		settles := ""
		if e.SettlesOn != 0 {
			settles = e.SettlesOn.String()
		}
		rows = append(rows, []any{
			e.ID, e.Day().String(), clock.Minute(e.From), clock.Minute(e.To), e.Title, e.TeamName, e.ProgrammeName, kindWords[e.Kind], e.Minutes,
			domain.ProofWords[e.Verification], e.ConfirmedBy, clock.Minute(e.ConfirmedAt), state, settles, undone,
		})
	}
	return rows
}

func (o own) uncountedRows() (rows [][]any) {
	why := map[domain.CutRule]string{domain.CutOverlap: "和别的时长重叠", domain.CutDay: "超过一天的上限", domain.CutProgramme: "超过项目的上限"}
	for _, c := range o.cuts {
		rows = append(rows, []any{c.Day.String(), c.Title, c.Confirmed, c.Credited, why[c.Rule]})
	}
	for _, h := range o.held {
		state := "时间重叠，等待核实"
		if h.State == domain.HeldClosed {
			state = "没有计入：" + h.Reason
		}
		rows = append(rows, []any{h.Entry.Day().String(), h.Entry.Title, h.Entry.Minutes, 0, state})
	}
	return rows
}

func (o own) questionRows() (rows [][]any) {
	for _, c := range o.questions {
		rows = append(rows, []any{c.ID, c.EntryID, clock.Minute(c.AskedAt), c.Reason, questionWords[c.State], clock.Minute(c.DecidedAt), c.Decision})
	}
	return rows
}

func (o own) starRows() (rows [][]any) {
	for _, s := range o.stars {
		rows = append(rows, []any{s.Since.String(), fmt.Sprintf("%d 星", s.Level), fmt.Sprintf("%d 星", s.Was), s.Minutes, s.Needed})
	}
	return rows
}

func (o own) requestRows() (rows [][]any) {
	for _, r := range o.requests {
		rows = append(rows, []any{clock.Minute(r.AskedAt), dayOrEmpty(r.Asked.First), dayOrEmpty(r.Asked.Last), r.Note, map[bool]string{true: "是", false: "否"}[r.Whole]})
	}
	return rows
}

func (o own) certificateRows() (rows [][]any) {
	for _, c := range o.certificates {
		state, reason := "有效", ""
		if c.End != nil {
			state, reason = map[string]string{domain.Replaced: "已更换", domain.Revoked: "已撤销"}[c.End.State], c.End.Reason
		}
		rows = append(rows, []any{c.Number(), c.Code, clock.Minute(c.IssuedAt), c.Minutes, dayOrEmpty(c.Span.First), dayOrEmpty(c.Span.Last), state, reason})
	}
	return rows
}

func dayOrEmpty(d domain.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}
