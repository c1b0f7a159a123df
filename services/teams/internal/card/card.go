// Package card draws the volunteer card 志愿者卡: one of the size of a bank
// card, and ten on a page of A4 to cut out. It must be legible in black and
// white, from a cheap printer, under a scratched sleeve.
package card

import (
	"fmt"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// The size of a bank card (ISO/IEC 7810, ID-1).
const width, height = 85.6, 54.0

// Card is what stands on one.
type Card struct {
	Name   string
	Number string // 志愿者编号
	Team   string // empty for somebody in no brigade
	Serial int    // 第几张
	Link   string // in the QR code
}

var (
	red   = paper.Colour{R: 0xB4, G: 0x23, B: 0x2A}
	white = paper.Colour{R: 0xFF, G: 0xFF, B: 0xFF}
	ink   = paper.Colour{R: 0x22, G: 0x1E, B: 0x1B}
	grey  = paper.Colour{R: 0x5A, G: 0x53, B: 0x4D}
	cut   = paper.Colour{R: 0x9A, G: 0x94, B: 0x8E}
)

// One returns a PDF with one card, as large as the card.
func One(c Card) ([]byte, error) {
	s, err := paper.New("志愿者卡", width, height)
	if err != nil {
		return nil, err
	}
	s.Page()
	c.draw(s, 0, 0)
	return s.Bytes()
}

// The places of a page of A4: two beside each other, five below.
const (
	columns, rows = 2, 5
	left          = (paper.A4Width - columns*width) / 2
	top           = (paper.A4Height - rows*height) / 2
)

// Sheets returns a PDF with ten cards on each page, and lines to cut along.
// note is printed below, outside of the cards.
func Sheets(cards []Card, note string) ([]byte, error) {
	s, err := paper.New("志愿者卡", paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	const each = columns * rows
	pages := (len(cards) + each - 1) / each
	for page := range pages {
		s.Page()
		on := cards[page*each : min(len(cards), (page+1)*each)]
		for i, c := range on {
			c.draw(s, left+float64(i%columns)*width, top+float64(i/columns)*height)
		}
		marks(s, (len(on)+columns-1)/columns)
		s.Text(paper.Words{X: left, Y: paper.A4Height - 5, Width: columns * width, Size: 7, Least: 5, Align: paper.Centre, Colour: grey},
			fmt.Sprintf("%s · 第 %d / %d 页 · 按实际大小（100%%）打印，沿线剪开", note, page+1, pages))
	}
	return s.Bytes()
}

// marks draws the lines around the cards, and a little further out, for a knife.
func marks(s *paper.Sheet, rows int) {
	const out = 4
	right, bottom := left+columns*width, top+float64(rows)*height
	for i := range columns + 1 {
		x := left + float64(i)*width
		s.Line(x, top-out, x, bottom+out, cut)
	}
	for i := range rows + 1 {
		y := top + float64(i)*height
		s.Line(left-out, y, right+out, y, cut)
	}
}

func (c Card) draw(s *paper.Sheet, x, y float64) {
	const edge, side = 6.0, 29.0 // margin; side of the QR code, its own margin inside
	s.Box(x, y, width, 10, red)
	blossom(s, x+edge+2.2, y+5)
	s.Text(paper.Words{X: x + edge + 6, Y: y + 6.6, Width: 40, Size: 11, Bold: true, Colour: white}, "巾帼志愿服务")
	s.Text(paper.Words{X: x + width - edge - 30, Y: y + 6.5, Width: 30, Size: 9, Align: paper.Right, Colour: white}, "志愿者卡")
	code := x + width - edge - side + 3
	wide := code - x - edge
	name := paper.Words{X: x + edge, Y: y + 22, Width: wide, Size: 20, Least: 12, Bold: true, Colour: ink}
	if utf8.RuneCountInString(c.Name) > 11 { // 古丽娜尔·阿不都克里木·买买提
		name.Y, name.Size, name.Least, name.Lines = y+19, 13, 8, 2
	}
	s.Text(name, c.Name)
	s.Text(paper.Words{X: x + edge, Y: y + 31, Width: wide, Size: 9, Least: 7, Colour: ink}, "编号 "+c.Number)
	s.Text(paper.Words{X: x + edge, Y: y + 37, Width: wide, Size: 9, Least: 7, Lines: 2, Colour: ink}, c.Team)
	s.QR(code, y+11.5, side, c.Link)
	s.Text(paper.Words{X: code, Y: y + 42, Width: side, Size: 7, Align: paper.Centre, Colour: ink}, "签到时请队长扫码")
	s.Text(paper.Words{X: x + edge, Y: y + height - 3.2, Width: width - 2*edge - 10, Size: 6, Least: 5, Colour: grey}, "丢了请告诉队长换新卡，旧卡作废；拾到请交当地妇联。")
	s.Text(paper.Words{X: x + width - edge - 10, Y: y + height - 3.2, Width: 10, Size: 6, Align: paper.Right, Colour: grey}, fmt.Sprintf("第 %d 张", c.Serial))
}

// blossom is the plum's, five petals around their middle.
func blossom(s *paper.Sheet, x, y float64) {
	for _, petal := range [][2]float64{{0, -1.5}, {1.43, -0.46}, {0.88, 1.21}, {-0.88, 1.21}, {-1.43, -0.46}} {
		s.Disc(x+petal[0], y+petal[1], 0.95, white)
	}
	s.Disc(x, y, 0.6, red)
}
