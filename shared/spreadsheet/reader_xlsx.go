package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// An xlsx is read here rather than by a library, in one pass over each part:
// what matters and libraries hide is whether a number was kept as a number, or
// else an identity number that lost its last digits looks like one that did
// not, and that every part is read within a bound.

type xlsx struct {
	parts   map[string]*zip.File
	left    int64 // bytes that may still be unpacked
	cells   int   // that may still be read
	lines   int
	strings []string
}

func readXLSX(data []byte) (*Book, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(archive.File) > maxParts {
		return nil, ErrBroken
	}
	x := &xlsx{parts: map[string]*zip.File{}, left: maxUnpacked, cells: maxCells, lines: maxLines}
	for _, f := range archive.File {
		x.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	if err := x.kind(); err != nil {
		return nil, err
	}
	book, targets, err := x.readWorkbook()
	if err != nil {
		return nil, err
	}
	if err := x.readStrings(); err != nil {
		return nil, err
	}
	for i := range book.Sheets {
		if err := x.readSheet(&book.Sheets[i], targets[i]); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// kind refuses what is packed like an xlsx and is none.
func (x *xlsx) kind() error {
	for name, err := range map[string]error{"word/document.xml": ErrWord, "xl/workbook.bin": ErrXLSB, "content.xml": ErrODS} {
		if x.parts[name] != nil {
			return err
		}
	}
	if x.parts["xl/workbook.xml"] == nil {
		return ErrArchive
	}
	return nil
}

// bounded counts what is unpacked; a bomb ends here.
type bounded struct {
	io.Reader
	left *int64
}

func (b bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, ErrUnpacked
	}
	return n, err
}

// each calls visit for every start and end of a part, and text for what is between them.
func (x *xlsx) each(name string, visit func(tag) error, text func([]byte)) error {
	part := x.parts[name]
	if part == nil {
		return ErrBroken
	}
	r, err := part.Open()
	if err != nil {
		return ErrBroken
	}
	defer func() { _ = r.Close() }()
	err = scanTags(bounded{r, &x.left}, visit, text)
	var refusal *apperr.Error
	if err == nil || errors.As(err, &refusal) {
		return err
	}
	return ErrBroken // the archive's own check of what it holds
}

func noText([]byte) {}

// readWorkbook returns the sheets that are shown, still empty, and their parts.
func (x *xlsx) readWorkbook() (*Book, []string, error) {
	targets := map[string]string{}
	err := x.each("xl/_rels/workbook.xml.rels", func(t tag) error {
		if !t.end && string(t.name) == "Relationship" {
			target := t.attribute("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[t.attribute("Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	}, noText)
	if err != nil {
		return nil, nil, err
	}
	book := &Book{Format: XLSX}
	var parts []string
	err = x.each("xl/workbook.xml", func(t tag) error {
		switch {
		case t.end:
		case string(t.name) == "workbookPr":
			on := t.attribute("date1904")
			book.date1904 = on == "1" || on == "true"
		case string(t.name) == "sheet" && (t.attribute("state") == "" || t.attribute("state") == "visible"):
			book.Sheets = append(book.Sheets, Sheet{Name: t.attribute("name")})
			parts = append(parts, targets[t.attribute("id")])
		}
		return nil
	}, noText)
	return book, parts, err
}

// readStrings reads the texts that cells point to. Readings of Japanese
// characters (rPh) are no part of them.
func (x *xlsx) readStrings() error {
	if x.parts["xl/sharedStrings.xml"] == nil {
		return nil
	}
	var text strings.Builder
	var inText, inReading bool
	return x.each("xl/sharedStrings.xml", func(t tag) error {
		switch string(t.name) {
		case "si":
			if !t.end {
				text.Reset()
				return nil
			}
			if len(x.strings) >= maxCells {
				return ErrUnpacked
			}
			x.strings = append(x.strings, plainText(text.String()))
		case "t":
			inText = !t.end && !inReading
		case "rPh":
			inReading = !t.end
		}
		return nil
	}, func(b []byte) {
		if inText && text.Len() < 4*maxText {
			text.Write(b)
		}
	})
}

// sheetReader is where the reading of a sheet stands.
type sheetReader struct {
	x      *xlsx
	sheet  *Sheet
	line   Line
	column int
	kind   string // of the cell: s, str, inlineStr, b, e, d, n or nothing
	value  strings.Builder
	inside bool // a value
}

func (x *xlsx) readSheet(sheet *Sheet, part string) error {
	if x.parts[part] == nil {
		return nil // a chart
	}
	r := &sheetReader{x: x, sheet: sheet}
	return x.each(part, func(t tag) error {
		if t.end {
			return r.end(t.name)
		}
		r.start(t)
		return nil
	}, func(b []byte) {
		if r.inside && r.value.Len() < 4*maxText {
			r.value.Write(b)
		}
	})
}

func (r *sheetReader) start(t tag) {
	switch string(t.name) {
	case "row":
		number, err := strconv.Atoi(t.attribute("r"))
		if err != nil {
			number = r.line.Number + 1
		}
		r.line, r.column = Line{Number: number}, -1
	case "c":
		if r.column++; !t.empty {
			if column := columnOf(t.attribute("r")); column >= 0 {
				r.column = column
			}
			r.kind = t.attribute("t")
		}
		r.value.Reset()
	case "v", "t":
		r.inside = true
	case "mergeCell":
		if m, ok := parseMerge(t.attribute("ref")); ok {
			r.sheet.Merges = append(r.sheet.Merges, m)
		}
	}
}

func (r *sheetReader) end(name []byte) error {
	switch string(name) {
	case "v", "t":
		r.inside = false
	case "c":
		return r.keep()
	case "row":
		if len(r.line.Cells) == 0 {
			return nil
		}
		if r.x.lines--; r.x.lines < 0 {
			return ErrTooMany
		}
		r.sheet.Lines = append(r.sheet.Lines, r.line)
	}
	return nil
}

// keep adds the cell to the line, unless there is nothing in it.
func (r *sheetReader) keep() error {
	if r.value.Len() == 0 {
		return nil
	}
	text := plainText(r.value.String())
	switch r.kind {
	case "s":
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n >= len(r.x.strings) {
			return ErrBroken
		}
		text = r.x.strings[n]
	case "b":
		text = map[string]string{"1": "是", "0": "否"}[text]
	}
	if r.column >= maxColumns || strings.TrimSpace(text) == "" {
		return nil
	}
	if r.x.cells--; r.x.cells < 0 {
		return ErrTooMany
	}
	for len(r.line.Cells) <= r.column {
		r.line.Cells = append(r.line.Cells, Cell{})
	}
	r.line.Cells[r.column] = Cell{Text: text, Number: r.kind == "" || r.kind == "n"}
	return nil
}

// columnOf returns 0 for A1, 26 for AA7, and -1 for what is no address.
func columnOf(ref string) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > 1<<20 {
			return -1
		}
	}
	return n - 1
}

func parseMerge(ref string) (Merge, bool) {
	from, to, ok := strings.Cut(ref, ":")
	m := Merge{Top: rowOf(from), Left: columnOf(from), Bottom: rowOf(to), Right: columnOf(to)}
	return m, ok && m.Left >= 0 && m.Right >= m.Left && m.Top >= 0 && m.Bottom >= m.Top
}

func rowOf(ref string) int {
	n, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	if err != nil {
		return -1
	}
	return n - 1
}
