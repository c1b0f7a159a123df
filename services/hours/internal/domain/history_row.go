package domain

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// DraftRow is a row of an import while its uploader works on it: what was
// written, what was understood, and what is wrong with it.
type DraftRow struct {
	Place  int // from 1, the same as long as the file is
	Sheet  int // of the file, from 0
	Line   int // number in the sheet; 0: typed by hand
	Person WrittenPerson
	HistoryRow
	Entered  bool // by hand, or in place of what the file says
	Findings []HistoryFinding
}

// WrittenPerson is how a row names somebody.
type WrittenPerson struct{ Name, Number, Phone string }

// Usable reports whether nothing about the row must be put right.
func (r DraftRow) Usable() bool {
	for _, f := range r.Findings {
		if !f.Kind.Note() {
			return false
		}
	}
	return true
}

// HistoryField is what a cell of a row says.
type HistoryField string

// The fields.
const (
	HistoryName    HistoryField = "name"
	HistoryNumber  HistoryField = "number"
	HistoryPhone   HistoryField = "phone"
	HistoryDay     HistoryField = "day"
	HistoryWhat    HistoryField = "title"
	HistoryMinutes HistoryField = "minutes"
	HistoryAtPage  HistoryField = "page"
)

// HistoryFinding is something about a row that its uploader should know.
type HistoryFinding struct {
	Kind   HistoryKind
	Detail string // what the sentence leaves open
}

// HistoryKind says what a finding is about.
type HistoryKind string

// The kinds.
const (
	HistoryNoName    HistoryKind = "no_name"
	HistoryUnknown   HistoryKind = "unknown"
	HistorySameName  HistoryKind = "same_name"
	HistoryNumberIs  HistoryKind = "number_is"
	HistoryPhoneIs   HistoryKind = "phone_is"
	HistoryNoDay     HistoryKind = "no_day"
	HistoryDayWrong  HistoryKind = "day_wrong"
	HistoryDayPart   HistoryKind = "day_part"
	HistoryDayAhead  HistoryKind = "day_ahead"
	HistoryDayEarly  HistoryKind = "day_early"
	HistoryNoTitle   HistoryKind = "no_title"
	HistoryTitleLong HistoryKind = "title_long"
	HistoryNoTime    HistoryKind = "no_time"
	HistoryTimeWrong HistoryKind = "time_wrong"
	HistoryTimeLong  HistoryKind = "time_long"
	HistoryPageWrong HistoryKind = "page_wrong"
	HistoryTwice     HistoryKind = "twice"
	HistoryInLedger  HistoryKind = "in_ledger"
	HistoryWaiting   HistoryKind = "waiting"
	HistoryDayFull   HistoryKind = "day_full"
	HistoryDayHas    HistoryKind = "day_has"
	HistoryOwnRow    HistoryKind = "own"
	HistoryFormer    HistoryKind = "former"
)

type historyWords struct {
	field  HistoryField
	note   bool
	zh, en string
}

var historyKinds = map[HistoryKind]historyWords{
	HistoryNoName:    {HistoryName, false, "没有写姓名。", "No name is written."},
	HistoryUnknown:   {HistoryName, false, "本队没有这个人（已退出的也没有）。请看看是不是写错了；真的没有登记过，请先在队员里添加，不用手机也可以。", "Nobody of this name is or was in the brigade. Please check the spelling, or add the person to the brigade first; no phone is needed."},
	HistorySameName:  {HistoryName, false, "本队有几位同名，请写上志愿者编号或手机后四位。", "Several people of the brigade have this name; please add the volunteer number or the last four digits of the phone."},
	HistoryNumberIs:  {HistoryNumber, false, "志愿者编号和姓名对不上。", "The volunteer number is not this person's."},
	HistoryPhoneIs:   {HistoryPhone, false, "手机后四位和姓名对不上。", "The last four digits are not of this person's phone."},
	HistoryNoDay:     {HistoryDay, false, "没有写日期。", "No day is written."},
	HistoryDayWrong:  {HistoryDay, false, "看不懂这个日期，请写成 2019-5-1。", "This day cannot be read; please write it as 2019-5-1."},
	HistoryDayPart:   {HistoryDay, false, "日期要写到哪一天，例如 2019-5-1。", "The day must be whole, for instance 2019-5-1."},
	HistoryDayAhead:  {HistoryDay, false, "日期还没有过去。历史时长只记昨天及以前的。", "This day is not over. History is what was yesterday or before."},
	HistoryDayEarly:  {HistoryDay, false, "日期早于 2000 年，请看看是不是写错了。", "This day is before the year 2000; please check it."},
	HistoryNoTitle:   {HistoryWhat, false, "没有写做了什么活动。", "No activity is written."},
	HistoryTitleLong: {HistoryWhat, false, "活动写得太长，最多 60 字。", "The activity is too long: 60 characters at most."},
	HistoryNoTime:    {HistoryMinutes, false, "没有写时长。", "No time is written."},
	HistoryTimeWrong: {HistoryMinutes, false, "看不懂这个时长，请写成 2.5小时 或 90分钟。", "This time cannot be read; please write 2.5小时 or 90分钟."},
	HistoryTimeLong:  {HistoryMinutes, false, "一天最多 24 小时。如果写的是分钟，请写成 90分钟。", "A day has 24 hours. If these are minutes, please write 90分钟."},
	HistoryPageWrong: {HistoryAtPage, false, "没有这一页登记簿照片。", "There is no such page among the pictures."},
	HistoryTwice:     {HistoryName, false, "和前面一行完全一样：", "The same as a row above: "},
	HistoryInLedger:  {HistoryName, false, "这一条以前已经导入过。如果那一条不对，请对它提出“时间不对”。", "This was imported before. If that line is wrong, please ask for its correction."},
	HistoryWaiting:   {HistoryName, false, "同样的一条已经交上去了，正在等人核对。", "The same row was handed in already and waits."},
	HistoryDayFull:   {HistoryMinutes, false, "加上这个人当天已有的时长，超过 24 小时：", "Together with what this person has on that day it is more than 24 hours: "},
	HistoryDayHas:    {HistoryMinutes, true, "这个人当天已经有时长，请看看是不是同一次：", "This person has hours on that day already; please check that it is not the same: "},
	HistoryOwnRow:    {HistoryName, true, "这是您本人。", "This is you."},
	HistoryFormer:    {HistoryName, true, "现在不是队员，以前是。", "Not a member now, but was one."},
}

// Note reports whether a finding of the kind keeps nothing back.
func (k HistoryKind) Note() bool { return historyKinds[k].note }

// Field returns the cell that it is about.
func (k HistoryKind) Field() HistoryField { return historyKinds[k].field }

// Text says a finding in Chinese, or in English.
func (f HistoryFinding) Text(chinese bool) string {
	words := historyKinds[f.Kind]
	if chinese {
		return words.zh + f.Detail
	}
	return words.en + f.Detail
}

func (r *DraftRow) find(kind HistoryKind, detail string) {
	for _, f := range r.Findings {
		if f.Kind == kind {
			return
		}
	}
	r.Findings = append(r.Findings, HistoryFinding{kind, detail})
}

// wrong reports whether something about the cell must be put right already.
func (r DraftRow) wrong(field HistoryField) bool {
	for _, f := range r.Findings {
		if f.Kind.Field() == field && !f.Kind.Note() {
			return true
		}
	}
	return false
}

// Find notes something about the row.
func (r *DraftRow) Find(kind HistoryKind) { r.find(kind, "") }

// Check finds what is wrong with the row's own values, but for whom it names.
func (r *DraftRow) Check(today Day) {
	switch {
	case r.wrong(HistoryDay):
	case r.Day == 0:
		r.find(HistoryNoDay, "")
	case r.Day >= today:
		r.find(HistoryDayAhead, "")
	case r.Day < FirstHistoryDay:
		r.find(HistoryDayEarly, "")
	}
	r.Title = HistoryTitle(r.Title)
	switch {
	case r.Title == "":
		r.find(HistoryNoTitle, "")
	case utf8.RuneCountInString(r.Title) > longestTitle:
		r.find(HistoryTitleLong, "")
	}
	switch {
	case r.wrong(HistoryMinutes):
	case r.Minutes == 0:
		r.find(HistoryNoTime, "")
	case r.Minutes < 0 || r.Minutes > longest:
		r.find(HistoryTimeLong, "")
	}
}

// historyKey names an activity of a person.
type historyKey struct {
	person  string // Person.Key
	day     Day
	title   string
	minutes int
}

type personDay struct {
	person string
	day    Day
}

// HistoryKnown is what counts already, or waits, for the people of an import.
type HistoryKnown struct {
	Persons  map[string]Person // by record
	posted   map[historyKey]bool
	waiting  map[historyKey]bool
	credited map[personDay]int
}

// Posted notes a row that was imported before.
func (k *HistoryKnown) Posted(personKey string, r HistoryRow) {
	if k.posted == nil {
		k.posted = map[historyKey]bool{}
	}
	k.posted[historyKey{personKey, r.Day, r.Title, r.Minutes}] = true
}

// Waits notes a row of another import that waits to be looked at.
func (k *HistoryKnown) Waits(r HistoryRow) {
	if k.waiting == nil {
		k.waiting = map[historyKey]bool{}
	}
	k.waiting[k.key(r)] = true
}

// Credited notes minutes that a person has on a day, of whichever account.
func (k *HistoryKnown) Credited(volunteerID string, day Day, minutes int) {
	if k.credited == nil {
		k.credited = map[personDay]int{}
	}
	k.credited[personDay{k.person(volunteerID), day}] += minutes
}

func (k *HistoryKnown) person(volunteerID string) string {
	if p, ok := k.Persons[volunteerID]; ok {
		return p.Key()
	}
	return volunteerID
}

func (k *HistoryKnown) key(r HistoryRow) historyKey {
	return historyKey{k.person(r.VolunteerID), r.Day, r.Title, r.Minutes}
}

// Judge compares usable rows with each other and with what is known: nothing
// counts twice, and no day has more than 24 hours. Struck rows count for nothing.
func (k *HistoryKnown) Judge(rows []DraftRow) {
	seen := map[historyKey]int{}
	days := map[personDay]int{}
	for i := range rows {
		r := &rows[i]
		if !r.Usable() || r.Struck != "" || r.VolunteerID == "" {
			continue
		}
		key, day := k.key(r.HistoryRow), personDay{k.person(r.VolunteerID), r.Day}
		before, twice := seen[key]
		seen[key] = r.Place
		had := k.credited[day]
		days[day] += r.Minutes
		switch {
		case twice:
			r.find(HistoryTwice, strconv.Itoa(before))
		case k.posted[key]:
			r.find(HistoryInLedger, "")
		case k.waiting[key]:
			r.find(HistoryWaiting, "")
		case had+days[day] > longest:
			r.find(HistoryDayFull, hoursText(had+days[day]))
		case had > 0:
			r.find(HistoryDayHas, hoursText(had))
		}
	}
}

func hoursText(minutes int) string {
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}
