package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// people are the words that hold somebody's id and read as a name.
var people = []string{"person", "by"}

// fill puts the words into a sentence.
func (r Reader) fill(sentence string, words Words) string {
	return quoted.ReplaceAllStringFunc(sentence, func(match string) string {
		name := strings.Trim(match, "“{}")
		written := r.write(name, words[name])
		if strings.HasPrefix(match, "“") {
			return "“" + inner.Replace(written)
		}
		return written
	})
}

// A title that holds quotation marks gets the inner ones when it is quoted itself.
var (
	quoted = regexp.MustCompile(`“?\{\w+\}`)
	inner  = strings.NewReplacer("“", "‘", "”", "’")
)

// write returns a word as it is read: {person} and {by} are ids, {start}, {at}
// and {until} instants in RFC 3339, {day} and {deadline} dates, {minutes} whole minutes, {role} a
// role in a team or "office", {grant} a role of an officer, {consent} a purpose, {outcome} what was decided,
// {gate} what a companion parent has to show, {duty} what a contact plan asks for, {why} why a record does not count.
// Others are as they are.
func (r Reader) write(name, value string) string {
	switch name {
	case "person", "by":
		if known := r.Names[value]; known != "" {
			return known
		}
		return pick(r.Language, "一位志愿者", "a volunteer")
	case "start", "at", "until":
		return r.instant(value)
	case "day", "deadline":
		return r.day(value)
	case "minutes":
		return r.minutes(value)
	case "role":
		return pick(r.Language, rolesZH[value], rolesEN[value])
	case "consent":
		return pick(r.Language, consentsZH[value], consentsEN[value])
	case "outcome":
		return pick(r.Language, outcomesZH[value], outcomesEN[value])
	case "gate":
		return pick(r.Language, known(gatesZH, value, "条件"), known(gatesEN, value, "conditions"))
	case "duty":
		return pick(r.Language, known(dutiesZH, value, "联系"), known(dutiesEN, value, "contact"))
	case "why":
		return pick(r.Language, known(whysZH, value, "其他原因"), known(whysEN, value, "another reason"))
	case "grant":
		return pick(r.Language, grantsZH[value], grantsEN[value])
	}
	return value
}

var (
	rolesZH    = map[string]string{"leader": "队长", "deputy": "副队长", "member": "队友", "office": "妇联"}
	rolesEN    = map[string]string{"leader": "leader", "deputy": "deputy leader", "member": "member on site", "office": "federation"}
	grantsZH   = map[string]string{"viewer": "查看", "coordinator": "统筹", "child_care": "儿童关爱保护", "administrator": "管理"}
	grantsEN   = map[string]string{"viewer": "viewer", "coordinator": "coordinator", "child_care": "child-care officer", "administrator": "administrator"}
	consentsZH = map[string]string{"board_name": "光荣榜上显示姓名", "rank_neighbours": "看排名和相邻的人", "check_in_location": "签到时手机核对位置", "national_system": "记录报送全国系统"}
	consentsEN = map[string]string{"board_name": "name on boards", "rank_neighbours": "rank and neighbours", "check_in_location": "comparing places at check-in", "national_system": "records in the national system"}
	outcomesZH = map[string]string{"confirmed": "已经确认", "refused": "没有通过", "withdrawn": "已被撤销", "recorded": "已经登记"}
	outcomesEN = map[string]string{"confirmed": "has been confirmed", "refused": "was not accepted", "withdrawn": "has been revoked", "recorded": "has been recorded"}
	gatesZH    = map[string]string{"identity": "身份登记", "training": "岗前培训", "conduct": "行为守则", "offence": "违法犯罪记录查询", "interview": "面谈"}
	gatesEN    = map[string]string{"identity": "identity", "training": "training", "conduct": "code of conduct", "offence": "check of offences", "interview": "interviews"}
	dutiesZH   = map[string]string{"meet": "见面", "call": "通话"}
	dutiesEN   = map[string]string{"meet": "visit", "call": "call"}
	whysZH     = map[string]string{"not_held": "核实没有进行", "wrong_time": "时间不对，请按实际时间另记一条", "twice": "记了两次",
		"travel": "路上的时间不算", "mistyped": "时长填错了", "overlap": "和别的记录重了", "asked": "和本人核对过"}
	whysEN = map[string]string{"not_held": "it did not take place", "wrong_time": "the time is wrong, please record it anew", "twice": "it was recorded twice",
		"travel": "the way there and back does not count", "mistyped": "the minutes were mistyped", "overlap": "it overlaps another record", "asked": "as agreed with you"}
	weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}
)

// known returns the word for a value; for one that has none, another.
func known(words map[string]string, value, other string) string {
	if word, ok := words[value]; ok {
		return word
	}
	return other
}

// instant writes a point in time: 11月26日 周四 09:00.
func (r Reader) instant(value string) string {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return value
	}
	t = t.In(clock.City)
	if r.Language == "en" {
		return t.Format("Mon 2 January 15:04")
	}
	return t.Format("1月2日") + " " + weekdays[t.Weekday()] + " " + t.Format("15:04")
}

// day writes a date: 今天, 昨天, 11月24日, and with its year when that is another.
func (r Reader) day(value string) string {
	t, err := time.ParseInLocation(time.DateOnly, value, clock.City)
	if err != nil {
		return value
	}
	now := r.Now.In(clock.City)
	switch value {
	case now.Format(time.DateOnly):
		return pick(r.Language, "今天", "Today")
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return pick(r.Language, "昨天", "Yesterday")
	}
	if t.Year() != now.Year() {
		return t.Format(pick(r.Language, "2006年1月2日", "2 January 2006"))
	}
	return t.Format(pick(r.Language, "1月2日", "2 January"))
}

// minutes writes a duration: 2小时30分.
func (r Reader) minutes(value string) string {
	n, err := strconv.Atoi(value)
	if err != nil {
		return value
	}
	h, m := n/60, n%60
	switch {
	case r.Language == "en" && h == 0:
		return fmt.Sprintf("%d min", m)
	case r.Language == "en" && m == 0:
		return fmt.Sprintf("%d h", h)
	case r.Language == "en":
		return fmt.Sprintf("%d h %d min", h, m)
	case h == 0:
		return fmt.Sprintf("%d分钟", m)
	case m == 0:
		return fmt.Sprintf("%d小时", h)
	}
	return fmt.Sprintf("%d小时%d分", h, m)
}
