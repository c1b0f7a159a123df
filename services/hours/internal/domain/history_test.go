package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestMatchHistory(t *testing.T) {
	t.Parallel()
	roll := NewRoll([]RollMember{
		{ID: "a", Name: "王桂兰", Number: "HB1", Phone: "138****5678"},
		{ID: "b", Name: "李秀英", Number: "HB2", Phone: "139****0012"},
		{ID: "c", Name: "李秀英", Number: "HB3", Phone: "137****0001", Former: true},
		{ID: "d", Name: "赵敏", Number: "HB4", Former: true}, {ID: "d", Name: "赵敏", Number: "HB4"}, // two records of one person
	})
	for name, c := range map[string]struct {
		who  WrittenPerson
		want string
	}{
		"one with the name":           {WrittenPerson{Name: "王 桂兰"}, "a []"},
		"the name and the number":     {WrittenPerson{Name: "王桂兰", Number: "hb1"}, "a []"},
		"the number alone":            {WrittenPerson{Number: "HB2"}, "b []"},
		"another's number":            {WrittenPerson{Name: "王桂兰", Number: "HB2"}, " [number_is]"},
		"a number of nobody":          {WrittenPerson{Name: "王桂兰", Number: "HB9"}, " [number_is]"},
		"two with the name":           {WrittenPerson{Name: "李秀英"}, " [same_name]"},
		"two, and the phone says who": {WrittenPerson{Name: "李秀英", Phone: "13812340001"}, "c [former]"},
		"two, and noughts were lost":  {WrittenPerson{Name: "李秀英", Phone: "12"}, "b []"},
		"a phone of neither":          {WrittenPerson{Name: "李秀英", Phone: "9999"}, " [phone_is]"},
		"nobody, but somebody alike":  {WrittenPerson{Name: "王桂蓝"}, " [unknown（王桂兰？）]"},
		"nobody":                      {WrittenPerson{Name: "钱多多"}, " [unknown]"},
		"no name":                     {WrittenPerson{}, " [no_name]"},
		"one person with two records": {WrittenPerson{Name: "赵敏"}, "d []"},
	} {
		row := DraftRow{Person: c.who}
		roll.Match(&row)
		if diff := cmp.Diff(c.want, row.VolunteerID+" "+kindsOf(row)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func kindsOf(r DraftRow) string {
	text := "["
	for i, f := range r.Findings {
		if i > 0 {
			text += " "
		}
		text += string(f.Kind) + f.Detail
	}
	return text + "]"
}

func TestJudgeHistory(t *testing.T) {
	t.Parallel()
	day := DayOn(2019, time.May, 1)
	row := func(place int, who, title string, minutes int) DraftRow {
		return DraftRow{Place: place, HistoryRow: HistoryRow{Place: place, VolunteerID: who, Day: day, Title: title, Minutes: minutes}}
	}
	known := HistoryKnown{Persons: map[string]Person{"a": NewPerson("a", "a2"), "a2": NewPerson("a", "a2")}}
	known.Posted("a", HistoryRow{Day: day, Title: "慰问", Minutes: 60})
	known.Waits(HistoryRow{VolunteerID: "b", Day: day, Title: "慰问", Minutes: 60})
	known.Credited("c", day, 120)
	rows := []DraftRow{
		row(1, "a", "清理河道", 60), row(2, "a2", "清理河道", 60), row(3, "a2", "慰问", 60), row(4, "b", "慰问", 60),
		row(5, "c", "清理河道", 60), row(6, "c", "值守", 1300), row(7, "d", "值守", 1440), row(8, "d", "慰问", 1), row(9, "e", "值守", 60),
	}
	known.Judge(rows)
	want := []string{"[]", "[twice1]", "[in_ledger]", "[waiting]", "[day_has2:00]", "[day_full24:40]", "[]", "[day_full24:01]", "[]"}
	for i, r := range rows {
		if got := kindsOf(r); got != want[i] {
			t.Errorf("row %d: %s, want %s", r.Place, got, want[i])
		}
	}
}

func TestCheckHistory(t *testing.T) {
	t.Parallel()
	today := DayOn(2026, time.November, 24)
	good := HistoryRow{Day: DayOn(2019, time.May, 1), Title: " 清理  河道 ", Minutes: 150}
	for name, c := range map[string]struct {
		change func(*HistoryRow)
		want   string
	}{
		"good":              {func(*HistoryRow) {}, "[]"},
		"yesterday":         {func(r *HistoryRow) { r.Day = today - 1 }, "[]"},
		"today":             {func(r *HistoryRow) { r.Day = today }, "[day_ahead]"},
		"another century":   {func(r *HistoryRow) { r.Day = DayOn(1919, 5, 1) }, "[day_early]"},
		"nothing":           {func(r *HistoryRow) { *r = HistoryRow{} }, "[no_day no_title no_time]"},
		"more than a day":   {func(r *HistoryRow) { r.Minutes = 1441 }, "[time_long]"},
		"a very long title": {func(r *HistoryRow) { r.Title = string(make([]rune, 61)) }, "[title_long]"},
	} {
		row := DraftRow{HistoryRow: good}
		c.change(&row.HistoryRow)
		row.Check(today)
		if got := kindsOf(row); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if name == "good" && row.Title != "清理 河道" {
			t.Errorf("the title is %q", row.Title)
		}
	}
}

func TestHistoryTakesTwo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	leader, officer, me := id.New(), id.New(), id.New()
	rows := []HistoryRow{{VolunteerID: me}, {VolunteerID: leader}}
	submitted := HistoryImport{UploadedBy: leader, State: HistorySubmitted}
	struck := []HistoryRow{{VolunteerID: me, Struck: "不是本人"}, {VolunteerID: leader}}
	for name, c := range map[string]struct {
		i    HistoryImport
		self Person
		rows []HistoryRow
		want error
	}{
		"another person":                 {submitted, NewPerson(officer), rows, nil},
		"the uploader":                   {submitted, NewPerson(leader), rows, ErrHistoryOwn},
		"the uploader's other record":    {submitted, NewPerson(officer, leader), rows, ErrHistoryOwn},
		"who is in it":                   {submitted, NewPerson(me), rows, ErrHistorySelf},
		"who is in it by another record": {submitted, NewPerson(officer, me), rows, ErrHistorySelf},
		"whose rows are struck":          {submitted, NewPerson(me), struck, nil},
		"a draft":                        {HistoryImport{UploadedBy: leader, State: HistoryOpen}, NewPerson(officer), rows, ErrHistoryNotWaiting},
		"nothing left":                   {submitted, NewPerson(officer), struck[:1], ErrHistoryNothing},
	} {
		i := c.i
		if err := i.Approve(officer, c.self, c.rows, now); !errors.Is(err, c.want) || err == nil && i.State != HistoryApproved {
			t.Errorf("%s: %v, %s", name, err, i.State)
		}
	}
	i := submitted
	if err := i.Return(officer, NewPerson(officer, leader), "看不清", now); !errors.Is(err, ErrHistoryOwn) {
		t.Errorf("sent back by the uploader: %v", err)
	}
	if err := i.Return(officer, NewPerson(officer), " ", now); !errors.Is(err, ErrHistoryReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := i.Return(officer, NewPerson(officer), "看不清", now); err != nil || !i.Open() {
		t.Errorf("sent back: %v, %+v", err, i)
	}
	if err := i.Submit([]DraftRow{{Findings: []HistoryFinding{{Kind: HistoryFormer}}}}, 1, now); err != nil || i.Reason != "" {
		t.Errorf("handed in again: %v, %+v", err, i)
	}
}

func TestHistoryLine(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	i := NewHistory(id.New(), "4106/", "", id.New(), now)
	i.DecidedBy, i.DecidedAt = id.New(), now
	e, err := i.Line(HistoryRow{ID: id.New(), VolunteerID: id.New(), Day: DayOn(2019, 5, 1), Title: "清理河道", Minutes: 1440}, DayOf(now)+7)
	if err != nil || e.Account != ImportAccount || e.Day() != DayOn(2019, 5, 1) || e.Timed() {
		t.Errorf("%+v, %v", e, err)
	}
}
