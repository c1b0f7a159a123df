// Package concernpaper draws the paper with which a concern goes to an authority
// (未成年人情况报告): what was seen, of whom, and room for a receipt. A4, legible in black
// and white. Who raised the concern is not on it.
package concernpaper

import (
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Paper is what stands on it.
type Paper struct {
	Concern     domain.Concern
	Told        domain.ConcernTold
	Region      string // the township
	Handler     string
	Printed     time.Time
	Child       domain.ChildPerson // of the record; without a name: none is known
	ChildSex    string
	ChildRegion string
	Circle      domain.Circle
	Reports     []Report
}

// Report is an authority that was told.
type Report struct {
	Authority            string
	ToldAt               time.Time
	Contact, Receipt, By string
}

// How the words of the lists read on paper: as the opinion of nine bodies has them.
var (
	situations = map[string]string{
		"private_injury": "生殖器官或隐私部位遭受或疑似遭受非正常损伤",
		"girl_under_14":  "不满十四周岁的女性遭受或疑似遭受性侵害、怀孕、流产",
		"girl_over_14":   "十四周岁以上的女性遭受或疑似遭受性侵害所致怀孕、流产",
		"injuries":       "身体存在多处损伤、严重营养不良、意识不清，存在或疑似存在受到家庭暴力、欺凌、虐待、殴打或者被人麻醉等情形",
		"grave":          "因自杀、自残、工伤、中毒、被人麻醉、殴打等非正常原因导致伤残、死亡",
		"left_alone":     "被遗弃或长期处于无人照料状态",
		"missing":        "来源不明、失踪或者被拐卖、收买",
		"begging":        "被组织乞讨",
		"other":          "其他严重侵害未成年人身心健康的情形，或正在面临不法侵害危险",
	}
	authorities = map[string]string{"police": "公安机关", "civil_affairs": "民政部门", "education": "教育部门"}
	sexes       = map[string]string{"female": "女", "male": "男"}
)

var (
	ink  = paper.Colour{R: 0x11, G: 0x11, B: 0x11}
	grey = paper.Colour{R: 0x44, G: 0x44, B: 0x44}
)

const (
	left    = 24.0
	width   = paper.A4Width - 2*left
	size    = 10.5
	leading = 6.2
	inLine  = 42 // characters of Chinese in a line
	label   = 36.0
)

// PDF returns the pages.
func (p Paper) PDF() ([]byte, error) {
	s, err := paper.New("未成年人情况报告", paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	d := &drawing{Sheet: s}
	d.page()
	s.Text(paper.Words{X: left, Y: d.y, Width: width, Size: 20, Bold: true, Align: paper.Centre, Colour: ink}, "未成年人情况报告")
	d.y += 9
	s.Text(paper.Words{X: left, Y: d.y, Width: width, Size: 9, Align: paper.Centre, Colour: grey}, "依据《未成年人保护法》第十一条 · 含未成年人信息，专人送达，不得外传")
	d.y += 10
	d.row("编号", fmt.Sprintf("第 %d 号", p.Concern.Number))
	d.row("所在地", p.Region)
	d.row("发现时间", clock.Minute(p.Concern.SeenAt))
	d.row("收到时间", clock.Minute(p.Concern.ArrivedAt))
	d.row("是否正有危险", map[bool]string{true: "是", false: "否"}[p.Concern.Danger])
	d.row("情形", situations[p.Told.Situation])
	d.row("哪个孩子（原话）", p.Told.About)
	d.row("地点（原话）", p.Told.Place)
	d.head("看到的情况")
	d.text(p.Told.Text)
	p.child(d)
	p.reports(d)
	d.head("接收单位")
	for _, line := range []string{"单位", "接收人", "时间", "受理编号"} {
		d.row(line, "")
		s.Line(left+label, d.y-leading+1.5, left+width, d.y-leading+1.5, grey)
	}
	d.y += 4
	s.Text(paper.Words{X: left, Y: d.y, Width: width, Size: 9, Colour: grey}, fmt.Sprintf("经办：%s　打印：%s　报告人身份依法保密，不在本页。", p.Handler, clock.Minute(p.Printed)))
	return s.Bytes()
}

func (p Paper) child(d *drawing) {
	if p.Child.Name == "" {
		return
	}
	d.head("档案中的孩子")
	d.row("姓名", p.Child.Name)
	d.row("性别、出生日期", sexes[p.ChildSex]+"　"+p.Child.BornOn)
	d.row("证件号码", p.Child.IDNumber)
	d.row("住址", p.ChildRegion+" "+p.Child.Address)
	for _, adult := range []struct {
		label string
		domain.Adult
	}{{"监护人", p.Circle.Guardian}, {"实际照护人", p.Circle.Carer}} {
		if adult.Name != "" {
			d.row(adult.label, strings.Join([]string{adult.Name, adult.Relation, adult.Phone, adult.Place}, "　"))
		}
	}
	if p.Circle.School.Name != "" {
		d.row("学校", p.Circle.School.Name+"　"+p.Circle.School.Grade)
	}
}

func (p Paper) reports(d *drawing) {
	if len(p.Reports) == 0 {
		return
	}
	d.head("已经报告")
	for _, r := range p.Reports {
		d.text(fmt.Sprintf("%s　%s　%s　受理编号 %s　（%s 登记）", clock.Minute(r.ToldAt), authorities[r.Authority], r.Contact, r.Receipt, r.By))
	}
}

// drawing is a sheet and how far down it is filled.
type drawing struct {
	*paper.Sheet
	y float64
}

func (d *drawing) page() {
	d.Page()
	d.y = 30
}

func (d *drawing) room(lines int) {
	if d.y+float64(lines)*leading > paper.A4Height-20 {
		d.page()
	}
}

func (d *drawing) head(text string) {
	d.room(3)
	d.y += 3
	d.Text(paper.Words{X: left, Y: d.y, Width: width, Size: 12, Bold: true, Colour: ink}, text)
	d.y += leading + 1
}

func (d *drawing) row(name, value string) {
	lines := wrap(value, inLine-10)
	d.room(len(lines))
	d.Text(paper.Words{X: left, Y: d.y, Width: label - 2, Size: size, Least: 7, Colour: grey}, name)
	for _, line := range lines {
		d.Text(paper.Words{X: left + label, Y: d.y, Width: width - label, Size: size, Least: 7, Colour: ink}, line)
		d.y += leading
	}
}

func (d *drawing) text(value string) {
	for _, line := range wrap(value, inLine) {
		d.room(1)
		d.Text(paper.Words{X: left, Y: d.y, Width: width, Size: size, Least: 7, Colour: ink}, line)
		d.y += leading
	}
}

// wrap breaks a text at its line breaks and after so many characters; there is always a line.
func wrap(text string, most int) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		runes := []rune(part)
		for len(runes) > most {
			lines, runes = append(lines, string(runes[:most])), runes[most:]
		}
		lines = append(lines, string(runes))
	}
	return lines
}
