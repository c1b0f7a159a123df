package roster

import (
	"regexp"
	"strings"
)

// field is what a column is about.
type field int

const (
	noField field = iota
	fieldName
	fieldPhone
	fieldID
	fieldSex
	fieldBirth
	fieldRole
	fieldJoined
	fieldTeam
	fieldFounded
	fieldHeadcount
	fieldReportingUnit
	fieldCategory
	fieldRegion
	fieldCounty
	fieldTownship
	fieldVillage
	fieldWorkplace
	fieldLeader
	fieldLeaderPhone
	fieldLeaderID
	fieldIgnored // known, and of no use here: 序号, 备注
)

// spellings are the words that head a column in the lists of federations.
var spellings = map[field]string{
	fieldName:          "姓名 名字 队员姓名 成员姓名 志愿者姓名 人员姓名 本人姓名 队员 成员 志愿者 队员名字 name",
	fieldPhone:         "电话 手机 手机号 手机号码 联系方式 联系电话 电话号码 联系号码 本人电话 队员电话 移动电话 电话手机 手机电话 手机号联系电话 联系手机 phone",
	fieldID:            "身份证号 身份证号码 身份证 证件号 证件号码 身份证件号 身份证件号码 公民身份号码 公民身份证号 居民身份证号 居民身份证号码 身份号码",
	fieldSex:           "性别",
	fieldBirth:         "出生年月 出生日期 出生年月日 生日 出生 出生时间",
	fieldRole:          "职务 角色 队内职务 队内角色 身份 岗位 担任职务 职位 队中职务",
	fieldJoined:        "入队时间 入队日期 入队年月 加入时间 加入日期 参加时间 注册时间 入队",
	fieldTeam:          "队伍 服务队 服务队名称 所在队 所在队伍 所在服务队 所属队伍 所属服务队 所属队 队伍名称 队伍全称 队名 志愿服务队 志愿服务队名称 巾帼志愿服务队 巾帼志愿服务队名称 所属巾帼志愿服务队 服务队全称 团队 团队名称 组织名称 志愿队 志愿队名称 team",
	fieldFounded:       "成立时间 成立日期 成立年月 组建时间 组建日期 建队时间",
	fieldHeadcount:     "人数 队员人数 志愿者人数 成员人数 队伍人数 总人数 现有人数 队员数 志愿者数 人员数量 成员数 规模 注册人数",
	fieldReportingUnit: "统计单位 填报单位 上报单位 汇总单位 统计口径",
	fieldCategory:      "类别 队伍类别 服务类别 队伍类型 服务类型 类型",
	fieldRegion:        "区划 所属区划 所在区划 行政区划 所属区域 所在区域 所在地 所属地区 地区 区域 属地 区划代码 区划编码 区划名称 县区乡镇村 所属县区乡镇",
	fieldCounty:        "县 县区 区县 县市区 所在县区 所属县区 县级 市县",
	fieldTownship:      "乡镇 乡 镇 街道 乡镇街道 乡镇办 镇办 所属乡镇 所在乡镇 乡镇街道名称 街道乡镇 办事处 乡镇办事处",
	fieldVillage:       "村 社区 村社区 村居 行政村 村名 村名称 所属村 所在村 村社区名称 村委会 社区村 所属村社区",
	fieldWorkplace:     "单位 所属单位 所在单位 工作单位 单位名称 地址 所在地址 住址 家庭住址 居住地",
	fieldLeader:        "队长 负责人 队长姓名 负责人姓名 领队 联系人 队伍负责人 服务队负责人 联系人姓名 服务队队长",
	fieldLeaderPhone:   "队长电话 负责人电话 队长手机 负责人手机 队长联系方式 负责人联系方式 联系人电话 队长手机号 负责人手机号 负责人联系电话 队长联系电话 联系人手机 队长手机号码",
	fieldLeaderID:      "队长身份证号 负责人身份证号 队长身份证 负责人身份证",
	fieldIgnored:       "序号 编号 号 no 备注 说明 简介 服务内容 主要服务内容 民族 学历 政治面貌 年龄 文化程度 职业 特长 服务特长 电子邮箱 微信号 问题",
}

var fieldOf = func() map[string]field {
	words := map[string]field{}
	for f, list := range spellings {
		for _, word := range strings.Fields(list) {
			words[word] = f
		}
	}
	return words
}()

var bracketed = regexp.MustCompile(`[(（【\[].*?[)）】\]]`)

// longestWord is the length in bytes of the longest word that heads a column.
var longestWord = func() (longest int) {
	for word := range fieldOf {
		longest = max(longest, len(word))
	}
	return longest
}()

// heading returns what a column with this word above it is about. What stands
// in brackets is a hint (必填, 11位) unless it belongs to the word: 县（区）.
func heading(text string) field {
	word := strings.ToLower(squeeze(text))
	if word == "" || word[0] >= '0' && word[0] <= '9' { // most of a roster: no heading begins so
		return noField
	}
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune("()[]【】/、*:;,.'\"-_|和与及或", r) {
			return -1
		}
		return r
	}, word)
	if f, ok := fieldOf[bare]; ok {
		return f
	}
	if len(bare) > longestWord && !strings.ContainsAny(word, "(（【[") {
		return noField // most of the rest: no hint in brackets makes it longer
	}
	hintless := strings.Trim(bracketed.ReplaceAllString(word, ""), "*:/、.")
	return fieldOf[hintless]
}

// table is a sheet whose header was found.
type table struct {
	book     *Book
	sheet    int
	header   int // place of the header among the lines
	first    int // of the lines below it
	columns  map[field]int
	unknown  []string // words above columns that are not used
	title    string   // team that the sheet as a whole is of
	byPerson bool     // each line is a person; else a team
}

// headerWithin is how many lines above the header are looked through: titles,
// who filled the form in and when.
const headerWithin = 30

// tables returns the sheets that have a header.
func tables(book *Book) []*table {
	var all []*table
	for i := range book.Sheets {
		if t := findTable(book, i); t != nil {
			all = append(all, t)
		}
	}
	return all
}

func findTable(book *Book, at int) *table {
	lines := book.Sheets[at].Lines
	best, most := -1, 0
	for i, line := range lines[:min(len(lines), headerWithin)] {
		if n := score(line); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return nil
	}
	t := &table{book: book, sheet: at, header: best, first: best + 1, columns: map[field]int{}}
	t.readHeader(lines[best], Line{})
	if best+1 < len(lines) && t.secondRow(lines[best+1]) {
		t.columns, t.unknown, t.first = map[field]int{}, nil, best+2
		t.readHeader(lines[best], lines[best+1])
	}
	_, t.byPerson = t.columns[fieldName]
	t.title = titleOf(&book.Sheets[at], lines[:best])
	return t
}

// score counts the columns that a line names; 0 when it is no header.
func score(line Line) int {
	seen, filled := map[field]bool{}, 0
	for _, c := range line.Cells {
		if c.Text == "" {
			continue
		}
		filled++
		if c.Number {
			continue
		}
		if f := heading(c.Text); f != noField {
			seen[f] = true
		}
	}
	subject := seen[fieldName] || seen[fieldTeam]
	if !subject || len(seen) < 2 && filled > 1 {
		return 0
	}
	return len(seen)
}

// readHeader maps the columns; under a word that spans several, the row below
// says what each is.
func (t *table) readHeader(upper, lower Line) {
	for column := range max(len(upper.Cells), len(lower.Cells)) {
		text := upper.Text(column)
		if below := lower.Text(column); below != "" {
			text = below
		}
		f := heading(text)
		switch _, taken := t.columns[f]; {
		case f == noField && text != "", taken && f != fieldIgnored:
			t.unknown = append(t.unknown, short(squeeze(text)))
		case f != noField && f != fieldIgnored:
			t.columns[f] = column
		}
	}
	t.settle()
}

// settle decides what a word means beside others: without 姓名, the 电话 is the
// team's leader's; with it, a 负责人 is a remark about the team.
func (t *table) settle() {
	_, person := t.columns[fieldName]
	move := func(from, to field) {
		at, ok := t.columns[from]
		if _, taken := t.columns[to]; ok && !taken {
			t.columns[to] = at
		}
		delete(t.columns, from)
	}
	if !person {
		move(fieldPhone, fieldLeaderPhone)
		move(fieldID, fieldLeaderID)
		return
	}
	for _, f := range []field{fieldLeader, fieldLeaderPhone, fieldLeaderID} {
		delete(t.columns, f)
	}
}

// secondRow reports whether the header goes on in the line below: it names
// columns, and holds nothing else.
func (t *table) secondRow(line Line) bool {
	named := 0
	for _, c := range line.Cells {
		switch {
		case c.Text == "":
		case heading(c.Text) == noField || c.Number:
			return false
		default:
			named++
		}
	}
	return named >= 2
}

var teamInTitle = regexp.MustCompile(`(?:名称|队伍|服务队|所在队)?[:：]?([\p{Han}A-Za-z0-9（）()·“”]{2,40}?(?:志愿服务队|服务队|志愿队|志愿者队伍))`)

// titleOf returns the team that a title above the header names, or else the sheet's name.
func titleOf(sheet *Sheet, above []Line) string {
	texts := []string{}
	for _, line := range above {
		for _, c := range line.Cells {
			texts = append(texts, squeeze(c.Text))
		}
	}
	for _, text := range append(texts, squeeze(sheet.Name)) {
		if m := teamInTitle.FindStringSubmatch(text); m != nil {
			return m[1]
		}
	}
	return ""
}

func short(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
