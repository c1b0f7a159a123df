// Package certificate draws the certificate of attendance 参训证明: one page of
// A4 that is legible in black and white, from a cheap printer. It says what
// somebody attended, as it is known on the day on which it was drawn, and how
// anybody can check it.
package certificate

import (
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Certificate is what stands on one.
type Certificate struct {
	Name, VolunteerNumber string
	Number                string
	Title, TeamName       string
	Sessions              []Session
	Minutes               int
	IssuedOn, DrawnOn     string // days of the city: 2026-12-01
	Link                  string // in the QR code; empty: there is none
	Site                  string // where the number is typed; empty: it is not said
}

// Session is one that was attended.
type Session struct {
	From, To time.Time // in the city's time
	Minutes  int
}

var (
	red  = paper.Colour{R: 0xB4, G: 0x23, B: 0x2A}
	ink  = paper.Colour{R: 0x22, G: 0x1E, B: 0x1B}
	grey = paper.Colour{R: 0x5A, G: 0x53, B: 0x4D}
	line = paper.Colour{R: 0x9A, G: 0x94, B: 0x8E}
)

const (
	left  = 28.0
	width = paper.A4Width - 2*left
	most  = 14 // sessions that have a line of their own
)

// PDF returns the page.
func PDF(c Certificate) ([]byte, error) {
	s, err := paper.New("参训证明", paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	s.Page()
	s.Box(0, 0, paper.A4Width, 6, red)
	middle := paper.Words{X: left, Width: width, Align: paper.Centre, Colour: ink}
	at := func(w paper.Words, y, size float64, text string) {
		w.Y, w.Size = y, size
		s.Text(w, text)
	}
	head := middle
	head.Bold = true
	at(head, 44, 30, "参训证明")
	small := middle
	small.Colour = grey
	at(small, 54, 11, "编号 "+c.Number)

	name := head
	name.Least = 14
	at(name, 76, 22, c.Name)
	at(small, 84, 10, "志愿者编号 "+c.VolunteerNumber)
	text := middle
	at(text, 98, 13, "参加了以下培训，出勤由他人确认：")
	title := head
	title.Lines, title.Least = 2, 12
	at(title, 112, 18, c.Title)
	team := middle
	team.Least = 8
	at(team, 128, 12, "举办 "+c.TeamName)

	below := c.sessions(s, 142)
	at(head, below+6, 14, fmt.Sprintf("共 %d 次，%s", len(c.Sessions), spell(c.Minutes)))
	c.foot(s)
	return s.Bytes()
}

// sessions draws a line for each session and returns where they end.
func (c Certificate) sessions(s *paper.Sheet, y float64) float64 {
	day := paper.Words{X: left + 22, Width: 80, Size: 11, Colour: ink}
	length := paper.Words{X: left + 22, Width: width - 44, Size: 11, Align: paper.Right, Colour: ink}
	s.Line(left+20, y-6, left+width-20, y-6, line)
	for i, one := range c.Sessions {
		if i == most {
			day.Y = y
			s.Text(day, fmt.Sprintf("另有 %d 次，查验时可以看到", len(c.Sessions)-most))
			y += 7
			break
		}
		day.Y, length.Y = y, y
		s.Text(day, one.From.Format("2006年1月2日 15:04")+"–"+one.To.Format("15:04"))
		s.Text(length, spell(one.Minutes))
		y += 7
	}
	s.Line(left+20, y-3, left+width-20, y-3, line)
	return y
}

func (c Certificate) foot(s *paper.Sheet) {
	const top, side = 246.0, 28.0
	words := paper.Words{X: left, Width: width, Size: 10, Lines: 2, Colour: grey}
	if c.Link != "" {
		s.QR(left+width-side, top-8, side, c.Link)
		words.Width = width - side - 8
	}
	say := func(y float64, text string) {
		words.Y = y
		s.Text(words, text)
	}
	say(top, fmt.Sprintf("学满日期 %s · 打印日期 %s", c.IssuedOn, c.DrawnOn))
	if c.Site != "" {
		say(top+7, "查验：扫右边的码，或打开下面的网址输入编号（姓名只显示姓）")
		say(top+13, c.Site)
	} else {
		say(top+7, "查验：向举办的服务队或当地妇联报上编号。")
	}
	say(top+20, "本证明只说明参加了培训，不是职业资格证书；培训时间不计入志愿服务时长。")
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
