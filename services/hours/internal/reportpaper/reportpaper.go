// Package reportpaper draws a report (月报, 年报) as pages of A4: the form as it is
// filled, what would be counted differently now (差异说明), and three lines to sign
// on. Wide forms lie on their side. It is legible in black and white. What stands
// on it is handed to it.
package reportpaper

import (
	"fmt"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Report is what is drawn.
type Report struct {
	Title, Office, Addressee, Period string
	State                            string // 上报版 and which, or 预览
	AsOf                             string // how far it is counted
	Sheets                           []Sheet
	Differences                      []Difference
	NoDifferences                    string // said when there are none
	Signatures                       [3]Signature
	Taken                            string // who took it out, when and what for
}

// Sheet is a table with merged cells.
type Sheet struct {
	Columns []float64 // widths, in any unit
	Rows    [][]Cell
}

// Cell is one cell; those that another covers are left out.
type Cell struct {
	Column, Row   int // from 0
	Columns, Rows int
	Text          string
	Bold          bool
	Align         paper.Align
}

// Difference is a figure that would be another now, and why.
type Difference struct{ Cell, Name, Frozen, Now, Why string }

// Signature is who signed in which part, and when; both empty: nobody yet.
type Signature struct{ Role, Name, On string }

var (
	ink   = paper.Colour{R: 0x11, G: 0x11, B: 0x11}
	grey  = paper.Colour{R: 0x44, G: 0x44, B: 0x44}
	line  = paper.Colour{R: 0x66, G: 0x66, B: 0x66}
	shade = paper.Colour{R: 0xF1, G: 0xF1, B: 0xF1}
)

const (
	margin  = 16.0
	foot    = 12.0 // room below for the page's last line
	rowHigh = 8.0
	wide    = 120.0 // characters from which a form lies on its side
)

// PDF returns the pages.
func PDF(r Report) ([]byte, error) {
	width, height := paper.A4Width, paper.A4Height
	for _, s := range r.Sheets {
		if total(s.Columns) > wide {
			width, height = paper.A4Height, paper.A4Width
		}
	}
	s, err := paper.New(r.Title, width, height)
	if err != nil {
		return nil, err
	}
	p := &page{Sheet: s, width: width, height: height, report: r}
	p.begin()
	p.head()
	for _, sheet := range r.Sheets {
		p.table(sheet)
		p.y += 6
	}
	p.differences()
	p.signatures()
	return s.Bytes()
}

func total(columns []float64) (sum float64) {
	for _, c := range columns {
		sum += c
	}
	return sum
}

// page is a sheet with the place where the next row begins.
type page struct {
	*paper.Sheet
	width, height, y float64
	number           int
	report           Report
}

func (p *page) inner() float64 { return p.width - 2*margin }

func (p *page) begin() {
	p.Page()
	p.number++
	p.y = margin
	p.Text(paper.Words{X: margin, Y: p.height - foot + 4, Width: p.inner() - 20, Size: 7.5, Least: 5, Colour: grey}, p.report.Taken)
	p.Text(paper.Words{X: p.width - margin - 20, Y: p.height - foot + 4, Width: 20, Size: 7.5, Align: paper.Right, Colour: grey}, fmt.Sprintf("第 %d 页", p.number))
}

// room begins another page when there is less left.
func (p *page) room(high float64) bool {
	if p.y+high <= p.height-foot {
		return false
	}
	p.begin()
	return true
}

func (p *page) head() {
	r := p.report
	p.Text(paper.Words{X: margin, Y: p.y + 6, Width: p.inner(), Size: 18, Least: 12, Align: paper.Centre, Bold: true, Colour: ink}, r.Title)
	p.y += 13
	half := p.inner() / 2
	say := func(x float64, align paper.Align, text string) {
		p.Text(paper.Words{X: x, Y: p.y, Width: half, Size: 9.5, Least: 7, Align: align, Colour: ink}, text)
	}
	say(margin, paper.Left, "填报单位："+r.Office)
	say(margin+half, paper.Right, "报告期："+r.Period)
	p.y += 5.5
	if r.Addressee != "" {
		say(margin, paper.Left, "报送单位："+r.Addressee)
	}
	say(margin+half, paper.Right, r.State)
	p.y += 4
}

// table draws the form's grid, as wide as the page.
func (p *page) table(s Sheet) {
	scale := p.inner() / max(total(s.Columns), 1)
	lefts := make([]float64, len(s.Columns)+1)
	lefts[0] = margin
	for i, c := range s.Columns {
		lefts[i+1] = lefts[i] + c*scale
	}
	for _, row := range s.Rows {
		p.room(rowHigh)
		for _, c := range row {
			if c.Column+c.Columns < len(lefts) {
				p.cell(c, lefts[c.Column], lefts[c.Column+c.Columns])
			}
		}
		p.y += rowHigh
	}
}

func (p *page) cell(c Cell, left, right float64) {
	high := min(rowHigh*float64(c.Rows), p.height-foot-p.y)
	p.frame(left, p.y, right, p.y+high)
	size := 9.5
	if c.Bold {
		size = 10
	}
	p.Text(paper.Words{X: left + 1.2, Y: p.y + high/2 + 1.2, Width: right - left - 2.4, Size: size, Least: 4.5, Lines: 1, Align: c.Align, Bold: c.Bold, Colour: ink}, c.Text)
}

func (p *page) frame(left, top, right, bottom float64) {
	p.Line(left, top, right, top, line)
	p.Line(left, bottom, right, bottom, line)
	p.Line(left, top, left, bottom, line)
	p.Line(right, top, right, bottom, line)
}

func (p *page) differences() {
	p.room(3 * rowHigh)
	p.Text(paper.Words{X: margin, Y: p.y + 3, Width: p.inner(), Size: 11, Bold: true, Colour: ink}, "差异说明")
	p.y += 6
	if len(p.report.Differences) == 0 {
		p.Text(paper.Words{X: margin, Y: p.y + 2, Width: p.inner(), Size: 9, Colour: ink}, p.report.NoDifferences)
		p.y += 7
		return
	}
	p.difference([5]string{"单元格", "指标", "上报数", "现在", "原因"}, true)
	for _, d := range p.report.Differences {
		p.difference([5]string{d.Cell, d.Name, d.Frozen, d.Now, d.Why}, false)
	}
	p.y += 4
}

func (p *page) difference(texts [5]string, heading bool) {
	const high = 8.6
	p.room(high)
	parts := [5]float64{0.09, 0.25, 0.11, 0.11, 0.44}
	left := margin
	for i, text := range texts {
		right := left + parts[i]*p.inner()
		if heading {
			p.Box(left, p.y, right-left, high, shade)
		}
		p.frame(left, p.y, right, p.y+high)
		align := paper.Left
		if i == 2 || i == 3 {
			align = paper.Right
		}
		words := paper.Words{X: left + 1.2, Y: p.y + 3.8, Width: right - left - 2.4, Size: 8.5, Least: 5.5, Lines: 2, Align: align, Bold: heading, Colour: ink}
		p.Text(words, text)
		left = right
	}
	p.y += high
}

// signatures leaves room for three hands.
func (p *page) signatures() {
	p.room(28)
	p.y += 10
	third := p.inner() / 3
	for i, s := range p.report.Signatures {
		left := margin + third*float64(i)
		p.Text(paper.Words{X: left, Y: p.y, Width: 16, Size: 10, Colour: ink}, s.Role+"：")
		p.Text(paper.Words{X: left + 16, Y: p.y, Width: third - 22, Size: 10, Least: 7, Colour: ink}, s.Name)
		p.Line(left+15, p.y+1.4, left+third-6, p.y+1.4, line)
		p.Text(paper.Words{X: left + 16, Y: p.y + 6, Width: third - 22, Size: 8, Colour: grey}, s.On)
	}
	p.y += 12
	p.Text(paper.Words{X: margin, Y: p.y, Width: p.inner(), Size: 8, Least: 6, Lines: 2, Colour: grey}, p.report.AsOf)
}
