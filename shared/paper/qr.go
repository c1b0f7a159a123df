package paper

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// QR draws a text as a QR code that stands a crease or a spot (15 %), with the
// white margin that scanners want inside the side.
func (s *Sheet) QR(x, y, side float64, text string) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		s.keep(fmt.Errorf("encode qr: %w", err))
		return
	}
	modules := code.Bitmap() // with four white modules around
	one := side / float64(len(modules))
	s.Box(x, y, side, side, Colour{255, 255, 255})
	s.pdf.SetFillColor(0, 0, 0)
	for row, line := range modules {
		for column := 0; column < len(line); column++ {
			from := column
			for column < len(line) && line[column] {
				column++
			}
			if column > from { // a little taller than it is, so that no white hair shows between rows
				s.keep(s.pdf.Rectangle((x+float64(from)*one)/point, (y+float64(row)*one)/point,
					(x+float64(column)*one)/point, (y+float64(row)*one+one*1.02)/point, "F", 0, 0))
			}
		}
	}
}
