// Package label draws what is stuck on bags of goods: 24 on a page of A4, each with a
// QR code, the same code in letters, and where the bag goes. It names nobody.
package label

import (
	"fmt"

	"github.com/qihe-volunteers/qihe/shared/paper"
)

// Label is what stands on one.
type Label struct {
	Title  string // of the batch
	Number int    // of the bag in the batch
	Place  string // where it goes
	Code   string
	Link   string // in the QR code
}

// Three beside each other, eight below: the usual sheet of 70 × 37 mm.
const (
	columns, rows = 3, 8
	width, height = 70.0, 37.0
)

var (
	ink  = paper.Colour{R: 0x22, G: 0x1E, B: 0x1B}
	grey = paper.Colour{R: 0x5A, G: 0x53, B: 0x4D}
)

// Sheets returns a PDF with 24 labels on each page.
func Sheets(labels []Label) ([]byte, error) {
	s, err := paper.New("物资标签", paper.A4Width, paper.A4Height)
	if err != nil {
		return nil, err
	}
	const each = columns * rows
	for i, l := range labels {
		if i%each == 0 {
			s.Page()
		}
		l.draw(s, float64(i%each%columns)*width, float64(i%each/columns)*height)
	}
	return s.Bytes()
}

func (l Label) draw(s *paper.Sheet, x, y float64) {
	const edge, side = 5.0, 27.0
	s.QR(x+width-edge-side+2, y+5, side, l.Link)
	wide := width - 2*edge - side
	s.Text(paper.Words{X: x + edge, Y: y + 9, Width: wide, Size: 10, Least: 6, Lines: 2, Bold: true, Colour: ink}, l.Title)
	s.Text(paper.Words{X: x + edge, Y: y + 20, Width: wide, Size: 9, Least: 6, Lines: 2, Colour: ink}, l.Place)
	s.Text(paper.Words{X: x + edge, Y: y + 29, Width: wide, Size: 9, Least: 7, Bold: true, Colour: ink}, l.Code[:5]+"-"+l.Code[5:])
	s.Text(paper.Words{X: x + edge, Y: y + 33, Width: wide, Size: 7, Colour: grey}, fmt.Sprintf("第 %d 袋", l.Number))
}
