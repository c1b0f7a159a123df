package paper

import "math"

// Align says where in its width a text stands.
type Align int

// The ways to stand.
const (
	Left Align = iota
	Centre
	Right
)

// Words says where a text stands and what it may do when it is too long: it
// gets a little smaller first, then it takes more lines, then it gets as small
// as it may, and in the end it is cut with ….
type Words struct {
	X, Y    float64 // left end of the first line's base
	Width   float64
	Size    float64 // of the type, in points
	Least   float64 // how small it may get; 0: not at all
	Lines   int     // how many it may have; 0: one
	Align   Align
	Bold    bool
	Colour  Colour
	Leading float64 // from line to line, in sizes of the type; 0: 1.35
}

// Text draws a text.
func (s *Sheet) Text(w Words, text string) {
	lines, size := s.fit(w, printable(text))
	s.keep(s.pdf.SetFontSize(size))
	s.pdf.SetTextColor(w.Colour.R, w.Colour.G, w.Colour.B)
	if w.Leading == 0 {
		w.Leading = 1.35
	}
	for i, line := range lines {
		x := w.X
		switch left := w.Width - s.measure(line, size); w.Align {
		case Centre:
			x += left / 2
		case Right:
			x += left
		}
		y := w.Y + float64(i)*size*w.Leading*point
		s.put(x, y, line)
		if w.Bold { // the font has one weight here: a second print beside the first
			s.put(x+size*0.025*point, y, line)
		}
	}
}

func (s *Sheet) put(x, y float64, line string) {
	s.pdf.SetXY(x/point, y/point)
	s.keep(s.pdf.Text(line))
}

// fit returns the lines that a text takes, and the size of its type.
func (s *Sheet) fit(w Words, text string) ([]string, float64) {
	const step, little = 0.5, 0.8 // a fifth smaller is no loss; one line less is a gain
	most, least := max(w.Lines, 1), w.Least
	if least == 0 {
		least = w.Size
	}
	for n := 1; n <= most; n++ {
		for size := w.Size; size >= least && size >= w.Size*little; size -= step {
			if lines := s.wrap(text, w.Width, size); len(lines) <= n {
				return s.balance(lines, text, w.Width, size), size
			}
		}
	}
	for size := w.Size; size >= least; size -= step {
		if lines := s.wrap(text, w.Width, size); len(lines) <= most {
			return lines, size
		}
	}
	lines := s.wrap(text, w.Width, least)
	return append(lines[:most-1:most-1], s.cut(lines[most-1]+lines[most], w.Width, least)), least
}

// balance makes the lines about as long as each other: none holds one
// character alone. It takes no more lines.
func (s *Sheet) balance(lines []string, text string, width, size float64) []string {
	if len(lines) < 2 {
		return lines
	}
	low, high := width/2, width
	for range 6 {
		middle := (low + high) / 2
		if len(s.wrap(text, middle, size)) > len(lines) {
			low = middle
		} else {
			high = middle
		}
	}
	return s.wrap(text, high, size)
}

// wrap breaks anywhere: Chinese names have no other places.
func (s *Sheet) wrap(text string, width, size float64) []string {
	var lines []string
	var line []rune
	used := 0.0
	for _, r := range text {
		wide := s.measure(string(r), size)
		if used+wide > width && len(line) > 0 {
			lines, line, used = append(lines, string(line)), line[:0:0], 0
		}
		line, used = append(line, r), used+wide
	}
	return append(lines, string(line))
}

// cut shortens a line until it fits with the sign that something is missing.
func (s *Sheet) cut(line string, width, size float64) string {
	letters := []rune(line)
	for len(letters) > 1 && s.measure(string(letters)+"…", size) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

func (s *Sheet) measure(text string, size float64) float64 {
	s.keep(s.pdf.SetFont(family, "", size))
	width, err := s.pdf.MeasureTextWidth(text)
	s.keep(err)
	return width * point
}

func cosine(i, of int) float64 { return math.Cos(2 * math.Pi * float64(i) / float64(of)) }
