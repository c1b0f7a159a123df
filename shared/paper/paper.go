// Package paper makes PDF pages: Chinese text that fits where it must, QR
// codes, lines. Sizes are in millimetres from the upper left corner of a page,
// sizes of type in points. What a page says is decided by whoever draws it.
//
// The letters come from Noto Sans SC (SIL Open Font License), which package.json
// of the web app names: `make` copies it into the folder font, and it is built
// into the program (ADR 33). A character that the font does not have is drawn
// as □; no name that a person has can stop a page. A PDF holds only the
// letters it shows, some 15 KB for a card.
//
// Like bufio.Writer, a Sheet keeps its first error and says it at the end.
package paper

import (
	"compress/zlib"
	"embed"
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/signintech/gopdf"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// The paper in every office.
const (
	A4Width  = 210.0 // of a page of A4
	A4Height = 297.0 // of the same
)

// ErrNoFont says that the program was built without its letters.
var ErrNoFont = apperr.New(apperr.Unavailable, "no_font", "这台服务器没有装中文字体，暂时做不了 PDF，请告诉系统管理员（在源码目录运行 make font 后重新构建）。",
	"This server was built without its Chinese font, so no PDF can be made; please tell the operator (make font, then build again).")

//go:embed all:font
var files embed.FS

const (
	family  = "noto"
	missing = '□' // stands for a character that the font does not have
	point   = 25.4 / 72
)

// letters parses the font once, which takes some 15 ms and 11 MB.
var letters = sync.OnceValues(func() (*gopdf.FontContainer, error) {
	data, err := files.ReadFile("font/NotoSansSC.ttf")
	if err != nil {
		return nil, ErrNoFont
	}
	fonts := &gopdf.FontContainer{}
	option := gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return missing }}
	if err := fonts.AddTTFFontDataWithOption(family, data, option); err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	return fonts, nil
})

// Colour is red, green and blue.
type Colour struct{ R, G, B uint8 }

// Sheet is a PDF that is being drawn.
type Sheet struct {
	pdf *gopdf.GoPdf
	err error
}

// New returns a PDF without a page, all of whose pages will have this size. It
// returns ErrNoFont when the program has no letters.
func New(title string, width, height float64) (*Sheet, error) {
	fonts, err := letters()
	if err != nil {
		return nil, err
	}
	pdf := &gopdf.GoPdf{}
	pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: width / point, H: height / point}})
	pdf.SetCompressLevel(zlib.BestSpeed) // a sheet of cards in two thirds of the time, a tenth larger
	pdf.SetInfo(gopdf.PdfInfo{Title: title, Creator: "Qihe 淇河"})
	if err := pdf.AddTTFFontFromFontContainer(family, fonts); err != nil {
		return nil, fmt.Errorf("use font: %w", err)
	}
	return &Sheet{pdf: pdf}, nil
}

// Page begins another page. There must be one before anything is drawn.
func (s *Sheet) Page() { s.pdf.AddPage() }

// Box fills a rectangle.
func (s *Sheet) Box(x, y, width, height float64, c Colour) {
	s.pdf.SetFillColor(c.R, c.G, c.B)
	s.keep(s.pdf.Rectangle(x/point, y/point, (x+width)/point, (y+height)/point, "F", 0, 0))
}

// Disc fills a circle around a point.
func (s *Sheet) Disc(x, y, radius float64, c Colour) {
	s.pdf.SetFillColor(c.R, c.G, c.B)
	const sides = 24
	corners := make([]gopdf.Point, sides)
	for i := range corners {
		corners[i] = gopdf.Point{X: (x + radius*cosine(i, sides)) / point, Y: (y + radius*cosine(i+sides*3/4, sides)) / point}
	}
	s.pdf.Polygon(corners, "F")
}

// Line draws a line as thin as a cut needs it.
func (s *Sheet) Line(x1, y1, x2, y2 float64, c Colour) {
	s.pdf.SetStrokeColor(c.R, c.G, c.B)
	s.pdf.SetLineWidth(0.3)
	s.pdf.Line(x1/point, y1/point, x2/point, y2/point)
}

// Bytes returns the finished PDF, or the first thing that went wrong.
func (s *Sheet) Bytes() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	data, err := s.pdf.GetBytesPdfReturnErr()
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	return data, nil
}

func (s *Sheet) keep(err error) {
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("draw pdf: %w", err)
	}
}

// printable returns a text without what has no picture.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == '\u200b', r == '\ufeff':
			return -1
		}
		return r
	}, text)
}
