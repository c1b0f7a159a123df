// Package certificate draws the 志愿服务记录证明: one page of A4 with the four groups
// that 民发〔2015〕149号 asks for (who, what service, who issues, number and date),
// room for the seal and two signatures, and how anybody can check it. It is
// legible in black and white, from a cheap printer. What stands on it is handed
// to it and frozen: drawn again years later it says the same.
//
// A name may hold any character: what the font does not have is drawn as □
// (package paper), the number and the code then still say which it is.
package certificate

import (
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Certificate is what stands on one. Days are written as 2026-12-01.
type Certificate struct {
	Name, IDKind, IDNumber, VolunteerNumber string // IDKind in words

	Minutes     int
	Times       int
	First, Last string     // days of service
	Activities  []Activity // each by itself, while they are few
	Programmes  []Sum      // else these

	Issuer, InCharge, Handler, Contact string

	Number, IssuedOn, SettledOn, Note string

	Code     string // as it is typed
	Link     string // in the QR code; empty: there is none
	Site     string // where the code is typed; empty: it is not said
	Position string // the technical line, whole
}

// Activity is one line of the content.
type Activity struct {
	Day, Title, Team string
	Minutes          int
}

// Sum is what was done under one programme.
type Sum struct {
	Programme      string
	Times, Minutes int
}

var (
	ink   = paper.Colour{R: 0x11, G: 0x11, B: 0x11}
	grey  = paper.Colour{R: 0x44, G: 0x44, B: 0x44}
	line  = paper.Colour{R: 0x66, G: 0x66, B: 0x66}
	shade = paper.Colour{R: 0xF1, G: 0xF1, B: 0xF1}
)

const (
	left   = 22.0
	width  = paper.A4Width - 2*left
	label  = 27.0 // width of a label
	height = 10.0 // of a row
	most   = 8    // lines of the content
)

// PDF returns the page.
func PDF(c Certificate) ([]byte, error) {
	s, err := paper.New("志愿服务记录证明", paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	s.Page()
	p := page{Sheet: s, y: 50}
	p.Text(paper.Words{X: left, Y: 32, Width: width, Size: 26, Align: paper.Centre, Bold: true, Colour: ink}, "志愿服务记录证明")
	p.Text(paper.Words{X: left, Y: 43, Width: width, Size: 11, Align: paper.Right, Colour: ink}, "编号 "+c.Number)

	p.head("一、志愿者身份")
	p.pair("姓名", c.Name, "志愿者编号", c.VolunteerNumber)
	p.pair("证件类型", c.IDKind, "证件号码", c.IDNumber)
	p.head("二、志愿服务")
	p.row("服务时间", fmt.Sprintf("%s（%s 至 %s，共 %d 次）", spell(c.Minutes), c.First, c.Last, c.Times))
	p.content(c.lines())
	p.head("三、出具单位")
	p.pair("单位名称", c.Issuer, "联系方式", c.Contact)
	p.pair("负责人", c.InCharge, "经办人", c.Handler)
	p.head("四、其他")
	p.pair("证明编号", c.Number, "出具日期", c.IssuedOn)
	p.note(c.note())
	p.close()
	p.signatures()
	p.foot(c)
	return s.Bytes()
}

func (c Certificate) note() string {
	note := "截至 " + c.SettledOn + " 已公示生效的服务时长；培训时间和历史导入时长不计。"
	if c.Note != "" {
		note = "用途：" + c.Note + "。" + note
	}
	return note
}

// lines says the service in as many lines as there are: each activity, or each programme.
func (c Certificate) lines() [][2]string {
	var all [][2]string
	for _, a := range c.Activities {
		all = append(all, [2]string{a.Day + "　" + a.Title + "（" + a.Team + "）", spell(a.Minutes)})
	}
	if len(all) > 0 {
		return all
	}
	for i, p := range c.Programmes {
		if i == most-1 && len(c.Programmes) > most {
			times, minutes := 0, 0
			for _, rest := range c.Programmes[i:] {
				times, minutes = times+rest.Times, minutes+rest.Minutes
			}
			return append(all, [2]string{fmt.Sprintf("其他 %d 个项目，%d 次", len(c.Programmes)-i, times), spell(minutes)})
		}
		all = append(all, [2]string{fmt.Sprintf("%s，%d 次", p.Programme, p.Times), spell(p.Minutes)})
	}
	return all
}

// page is a sheet with the place where the next row begins.
type page struct {
	*paper.Sheet
	y, top float64 // top: of the group that is open; 0: none is
}

// head closes the group above and begins one.
func (p *page) head(title string) {
	p.close()
	p.Text(paper.Words{X: left, Y: p.y + 5, Width: width, Size: 11, Bold: true, Colour: ink}, title)
	p.y += 7.5
	p.top = p.y
}

// close draws the frame of the group that is open.
func (p *page) close() {
	if p.top == 0 {
		return
	}
	p.Line(left, p.top, left+width, p.top, line)
	p.Line(left, p.y, left+width, p.y, line)
	p.Line(left, p.top, left, p.y, line)
	p.Line(left+width, p.top, left+width, p.y, line)
	p.y += 3
	p.top = 0
}

func (p *page) cell(x, wide float64, name, value string) {
	p.label(x, height, name)
	p.Text(paper.Words{X: x + label + 2, Y: p.y + 6.3, Width: wide - label - 4, Size: 11, Least: 7, Colour: ink}, value)
}

func (p *page) label(x, high float64, name string) {
	p.Box(x, p.y, label, high, shade)
	p.Line(x, p.y, x+label, p.y, line) // which the shade has covered
	p.Line(x+label, p.y, x+label, p.y+high, line)
	p.Text(paper.Words{X: x + 2, Y: p.y + 6.3, Width: label - 4, Size: 10, Colour: grey}, name)
}

func (p *page) row(name, value string) {
	p.cell(left, width, name, value)
	p.next(height)
}

func (p *page) pair(name, value, other, second string) {
	p.cell(left, width/2, name, value)
	p.cell(left+width/2, width/2, other, second)
	p.Line(left+width/2, p.y, left+width/2, p.y+height, line)
	p.next(height)
}

func (p *page) note(text string) {
	const high = 13.0
	p.label(left, high, "备注")
	p.Text(paper.Words{X: left + label + 2, Y: p.y + 5.4, Width: width - label - 4, Size: 9.5, Least: 7, Lines: 2, Colour: ink}, text)
	p.next(high)
}

func (p *page) next(high float64) {
	p.y += high
	p.Line(left, p.y, left+width, p.y, line)
}

func (p *page) content(lines [][2]string) {
	const step = 6.4
	high := step*float64(len(lines)) + 3.6
	p.label(left, high, "服务内容")
	for i, l := range lines {
		y := p.y + 6.3 + step*float64(i)
		p.Text(paper.Words{X: left + label + 2, Y: y, Width: width - label - 34, Size: 10, Least: 7, Colour: ink}, l[0])
		p.Text(paper.Words{X: left + width - 31, Y: y, Width: 29, Size: 10, Align: paper.Right, Colour: ink}, l[1])
	}
	p.next(high)
}

// signatures leaves room for two hands and a seal.
func (p *page) signatures() {
	y := p.y + 12
	words := paper.Words{X: left, Width: 30, Size: 10.5, Colour: ink}
	for i, who := range []string{"负责人（签字）", "经办人（签字）"} {
		words.Y = y + 13*float64(i)
		p.Text(words, who)
		p.Line(left+29, words.Y+1, left+78, words.Y+1, line)
	}
	p.Text(paper.Words{X: left + width - 62, Y: y + 6, Width: 50, Size: 10.5, Align: paper.Centre, Colour: grey}, "（盖章处）")
}

// foot says how to check it. It stands where the content, at its longest, ends.
func (p *page) foot(c Certificate) {
	const top, side = 262.0, 27.0
	p.Line(left, top-8, left+width, top-8, line)
	words := paper.Words{X: left, Width: width, Size: 9.5, Least: 7, Colour: ink}
	if c.Link != "" {
		p.QR(left-2, top-6, side, c.Link)
		words.X, words.Width = left+side+3, width-side-3
	}
	say := func(y float64, text string) {
		words.Y = y
		p.Text(words, text)
	}
	if c.Site == "" {
		say(top, "查验：向出具单位报上编号和查验码。")
	} else {
		say(top, "查验：扫左边的码，或打开 "+strings.TrimSpace(c.Site)+" 输入查验码。不用登录，不收费。")
	}
	words.Size, words.Bold = 12, true
	say(top+7, "查验码 "+c.Code)
	words.Size, words.Bold, words.Colour = 8, false, grey
	say(top+13, c.Position)
	say(top+18, "以查验结果为准：撤销或更换后，纸面不再有效。本证明免费出具。")
}

// spell writes minutes as people say them.
func spell(minutes int) string {
	switch hours, rest := minutes/60, minutes%60; {
	case hours == 0:
		return fmt.Sprintf("%d分钟", rest)
	case rest == 0:
		return fmt.Sprintf("%d小时", hours)
	default:
		return fmt.Sprintf("%d小时%d分钟", hours, rest)
	}
}
