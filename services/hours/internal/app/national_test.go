package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/peopletest"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// sender is a staff whose city sends records to the national system.
type sender struct {
	*staff
	register *peopletest.Teams
	honour   string
}

// newSender returns one in which I agreed and have two settled hours and an
// honour, and the deputy said nothing and has as much.
func newSender(t *testing.T) *sender {
	t.Helper()
	s := &sender{staff: newStaff(t), register: peopletest.Start(t), honour: id.New()}
	s.teams.records = s.register
	path := t.TempDir() + "/keys.json"
	s.must(vault.EnsureKeys(path))
	papers, err := vault.Load(path)
	s.must(err)
	s.SetPapers(papers, "")
	s.post(s.attendance(by(s.deputy, 120)))
	s.record(s.me, "李桂英", "HB2600000017", true)
	s.record(s.deputy, "张桂芳", "HB2600000025", false)
	s.clock.Leap(8 * 24 * time.Hour)
	return s
}

func (s *sender) record(volunteerID, name, number string, agreed bool, notes ...people.RecordNote) {
	if volunteerID == s.me {
		notes = append(notes, people.RecordNote{ID: s.honour, Group: people.HonourNote, Day: "2026-03-05", Values: map[string]string{"title": "=1+1 最美志愿者", "level": "city", "issuer": "鹤壁市妇联", "document_number": ""}})
	}
	s.register.Record(people.Record{
		VolunteerID: volunteerID, PersonID: volunteerID, Number: number, TeamID: s.team, Agreed: agreed, Notes: notes,
		Values: map[string]string{"name": name, "number": number, "sex": "female", "id_kind": "resident", "id_number": "410621196505201229", "birth": "1965-05-20", "phone": "13800005678", "region": "410611", "skills": ""},
	})
}

func (s *sender) sends(strong bool) context.Context {
	return idempotency.WithKey(auth.With(s.t.Context(), auth.Principal{VolunteerID: s.city, Strong: strong, Grants: []auth.Grant{{Role: "administrator", RegionPath: cityPath}}}), id.New())
}

// make makes a batch and returns its id, empty when there is nothing to send.
func (s *sender) make(again bool) string {
	s.t.Helper()
	batchID, err := s.MakeBatch(s.sends(true), app.NewBatch{NationalQuery: app.NationalQuery{Region: "4106"}, Purpose: "报市民政局", Again: again})
	if errors.Is(err, domain.ErrBatchEmpty) {
		return ""
	}
	s.must(err)
	return batchID
}

// take returns the file of a batch: each row's heading and cell, by sheet.
func (s *sender) take(batchID string) map[string][]map[string]string {
	s.t.Helper()
	file, _, err := s.TakeBatch(s.sends(true), batchID)
	s.must(err)
	book, err := excelize.OpenReader(bytes.NewReader(file))
	s.must(err)
	defer func() { _ = book.Close() }()
	sheets := map[string][]map[string]string{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		s.must(err)
		for _, row := range rows[1:] {
			cells := map[string]string{}
			for i, text := range row {
				cells[rows[0][i]] = text
			}
			sheets[name] = append(sheets[name], cells)
		}
	}
	return sheets
}

// sent makes and takes a batch, and says in short what is in it.
func (s *sender) sent(again bool) (batchID string, short []string) {
	s.t.Helper()
	if batchID = s.make(again); batchID == "" {
		return "", nil
	}
	for name, rows := range s.take(batchID) {
		for _, r := range rows {
			short = append(short, strings.TrimSpace(fmt.Sprint(name[:6], r["变更类型"], " ", r["姓名"], " ", r["服务时长（小时）"])))
		}
	}
	slices.Sort(short)
	return batchID, short
}

// answer sends back what came for rows: by their number a result, "成功" or why not.
func (s *sender) answer(batchID string, results map[string]string) *app.Reconciled {
	s.t.Helper()
	r, _, err := s.AnswerBatch(s.sends(false), batchID, "回执.csv", answerFile(results), false)
	s.must(err)
	return r
}

func answerFile(results map[string]string) []byte {
	var b strings.Builder
	b.WriteString("淇河行号,处理结果,失败原因\n")
	for _, number := range slices.Sorted(maps.Keys(results)) {
		if results[number] == "成功" {
			b.WriteString(number + ",成功,\n")
		} else {
			b.WriteString(number + ",失败," + results[number] + "\n")
		}
	}
	return []byte(b.String())
}

func (s *sender) same(want []string, got []string) {
	s.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Fatalf("sent (-want +got):\n%s", diff)
	}
}

func TestNationalBatch(t *testing.T) {
	t.Parallel()
	t.Run("who agreed is sent once, nobody else ever, and each reading is recorded", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		c, err := s.CheckNational(s.sends(false), app.NationalQuery{Region: "4106"})
		s.must(err)
		if len(s.register.Sent()) != 0 {
			t.Error("a check reads identities")
		}
		if c.Rows != 3 || len(c.Problems) != 1 || c.Problems[0].Code != "no_consent" || c.Names[s.deputy] != "张桂芳" || c.Counts[1].Held != 1 {
			t.Errorf("%+v", c)
		}
		batchID := s.make(false)
		sheets := s.take(batchID)
		want := []map[string]string{{
			"志愿者编号": "HB2600000017", "姓名": "李桂英", "证件类型": "居民身份证", "证件号码": "410621196505201229", "性别": "女", "出生日期": "1965-05-20", "联系电话": "13800005678",
			"所在区域": "鹤壁市淇滨区", "服务技能": "", "变更类型": "新增", "淇河行号": "1-B1",
		}}
		if diff := cmp.Diff(want, sheets["个人基本信息"]); diff != "" {
			t.Errorf("basic (-want +got):\n%s", diff)
		}
		if l := sheets["志愿服务情况"]; len(l) != 1 || l[0]["服务时长（小时）"] != "2" || l[0]["服务日期"] != "2026-11-24" || l[0]["淇河行号"] != "1-S1" {
			t.Errorf("service %v", l)
		}
		if h := sheets["表彰奖励情况"]; len(h) != 1 || h[0]["表彰级别"] != "市级" || h[0]["表彰名称"] != "=1+1 最美志愿者" {
			t.Errorf("honours %v", h)
		}
		if diff := cmp.Diff([]string{s.me}, s.register.Sent()); diff != "" {
			t.Errorf("read (-want +got):\n%s", diff)
		}
		if again := s.make(false); again != "" {
			t.Error("something is sent twice")
		}
		var takings int
		s.must(s.db.Owner(t).Get(&takings, `SELECT count(*) FROM national_takings WHERE batch_id = $1 AND taken_by = $2 AND lines = 3`, batchID, s.city))
		if takings != 1 {
			t.Errorf("%d takings recorded", takings)
		}
	})
	t.Run("a correction goes as a change when it has settled, a line that is undone is taken back", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		_, first := s.sent(false)
		s.same([]string{"个人新增 李桂英", "志愿新增 李桂英 2", "表彰新增 李桂英"}, first)
		correct := func(line domain.Entry, to domain.Served) {
			v := s.ask(auth.With(t.Context(), auth.Principal{VolunteerID: s.leader}), line, to)
			s.must(s.DecideCorrection(s.officer(s.county, countyPath), v.ID, app.CorrectionDecision{Accept: true, To: &to, Reason: "看了签到表"}))
		}
		correct(s.line, later(s.line))
		if s.make(false) != "" {
			t.Error("a correction is sent before it has settled")
		}
		s.clock.Leap(8 * 24 * time.Hour)
		_, second := s.sent(false)
		s.same([]string{"志愿更正 李桂英 2.5"}, second)
		var newest string
		s.must(s.db.Owner(t).Get(&newest, `SELECT id FROM entries WHERE kind = 'adjustment'`))
		e := s.line
		e.ID = newest
		correct(e, domain.Served{From: e.From, To: e.To})
		_, third := s.sent(false)
		s.same([]string{"志愿撤销 李桂英"}, third)
		s.same(nil, func() []string { _, none := s.sent(false); return none }())
	})
	t.Run("what is refused goes again when it was mended, what is missing at once", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		batchID, _ := s.sent(false)
		r := s.answer(batchID, map[string]string{"1-B1": "姓名与证件不符 410621196505201229", "1-S1": "成功", "1-H9": "成功", "1-T1": "成功"})
		if r.Accepted != 1 || r.Refused != 1 || r.Unknown != 2 || r.Missing != 0 {
			t.Errorf("%+v", r)
		}
		var kept string
		s.must(s.db.Owner(t).Get(&kept, `SELECT encode(reason, 'escape') FROM national_rows WHERE state = 'refused'`))
		if strings.Contains(kept, "410621196505201229") {
			t.Error("a number lies open")
		}
		c, err := s.CheckNational(s.sends(false), app.NationalQuery{Region: "4106"})
		s.must(err)
		if !slices.ContainsFunc(c.Problems, func(p app.NationalProblem) bool {
			return p.Code == "refused" && p.Words() == "上次被退回，还没有改：姓名与证件不符 410621196505201229"
		}) {
			t.Errorf("%+v", c.Problems)
		}
		s.same(nil, func() []string { _, none := s.sent(false); return none }())
		s.record(s.me, "李桂瑛", "HB2600000017", true)
		_, mended := s.sent(false)
		s.same([]string{"个人新增 李桂瑛"}, mended)
		again := s.answer(batchID, map[string]string{"1-B1": "姓名与证件不符", "1-S1": "成功", "1-H1": "重复"})
		if again.Refused != 2 {
			t.Errorf("%+v", again)
		}
		if _, none := s.sent(false); none != nil {
			t.Error(none)
		}
		if _, forced := s.sent(true); !slices.Equal(forced, []string{"表彰新增 李桂瑛"}) {
			t.Error(forced)
		}
	})
	t.Run("rows of which nothing came back go again, those of other sheets wait", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		s.record(s.deputy, "张桂芳", "HB2600000025", true)
		batchID, first := s.sent(false)
		if len(first) != 5 {
			t.Fatal(first)
		}
		if r := s.answer(batchID, map[string]string{"1-S1": "成功"}); r.Missing != 1 {
			t.Errorf("%+v", r)
		}
		if _, second := s.sent(false); len(second) != 1 || !strings.HasPrefix(second[0], "志愿新增") {
			t.Error(second)
		}
	})
	t.Run("a batch that nobody took in time does not count; nor does a row that is not what was promised", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		batchID := s.make(false)
		s.clock.Leap(domain.NationalFileDays * 24 * time.Hour)
		if _, _, err := s.TakeBatch(s.sends(true), batchID); !errors.Is(err, domain.ErrBatchExpired) {
			t.Error(err)
		}
		second := s.make(false)
		s.record(s.me, "李桂瑛", "HB2600000017", true)
		if rows := s.take(second)["个人基本信息"]; len(rows) != 0 {
			t.Error(rows)
		}
		_, third := s.sent(false)
		s.same([]string{"个人新增 李桂瑛"}, third)
	})
	t.Run("an erased person is in no file any more, and of a merged record the old number is taken back", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		s.record(s.deputy, "张桂芳", "HB2600000025", true)
		s.sent(false)
		s.inTx(func(q postgres.Querier) error {
			return s.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: s.deputy, MergedInto: s.me, Version: 2}})
		})
		s.register.Record(people.Record{VolunteerID: s.deputy, PersonID: s.me, Number: "HB2600000017", OwnNumber: "HB2600000025", Agreed: true, Values: map[string]string{
			"name": "李桂英", "number": "HB2600000017", "sex": "female", "id_kind": "resident", "id_number": "410621196505201229"}})
		batchID := s.make(false)
		sheets := s.take(batchID)
		if b := sheets["个人基本信息"]; len(b) != 1 || b[0]["变更类型"] != "撤销" || b[0]["志愿者编号"] != "HB2600000025" {
			t.Error(b)
		}
		if l := sheets["志愿服务情况"]; len(l) != 1 || l[0]["变更类型"] != "更正" || l[0]["志愿者编号"] != "HB2600000017" {
			t.Error(l)
		}
		s.register.Forget(s.me)
		if again := s.make(true); again != "" {
			t.Error("something of an erased person is sent")
		}
		for name, rows := range s.take(batchID) {
			if len(rows) > 0 {
				t.Errorf("%s still says %v", name, rows)
			}
		}
	})
	t.Run("only by an administrator of the city, with a second factor and a purpose", func(t *testing.T) {
		t.Parallel()
		s := newSender(t)
		query := app.NationalQuery{Region: "410611"}
		if _, err := s.MakeBatch(s.officer(s.county, countyPath), app.NewBatch{NationalQuery: query, Purpose: "报市民政局"}); err == nil {
			t.Error("a county makes a batch")
		}
		if _, err := s.MakeBatch(s.sends(false), app.NewBatch{NationalQuery: query, Purpose: "报市民政局"}); !errors.Is(err, auth.ErrSecondFactor) {
			t.Error(err)
		}
		if _, err := s.MakeBatch(s.sends(true), app.NewBatch{NationalQuery: query, Purpose: "报"}); err == nil {
			t.Error("a batch for no purpose")
		}
		batchID := s.make(false)
		if _, _, err := s.TakeBatch(s.sends(false), batchID); !errors.Is(err, auth.ErrSecondFactor) {
			t.Error(err)
		}
		if _, _, err := s.AnswerBatch(s.sends(false), batchID, "回执.csv", answerFile(map[string]string{"1-B1": "成功"}), false); !errors.Is(err, domain.ErrBatchUnanswered) {
			t.Error(err)
		}
		if _, err := s.CheckNational(s.officer(s.county, countyPath), query); err != nil {
			t.Error(err)
		}
	})
}
