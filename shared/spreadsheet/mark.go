package spreadsheet

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Remark is what was found about one line of a sheet.
type Remark struct {
	Sheet  int // place in Book.Sheets
	Line   int // number in the sheet, from 1
	Texts  []string
	Red    []int // columns, from 0, of what must be put right
	Yellow []int // of what has a note
	Wrong  bool  // something must be put right
}

// Header is where a table begins, in a sheet that was read.
type Header struct {
	Sheet int // place in Book.Sheets
	Place int // of the header among the sheet's lines
}

// Marked returns the sender's own file with what was found in it: cells that
// must be put right are red, those with a note are yellow, and a column 问题
// behind the last one says why. Lines without a remark lose one that they had.
// Out of a CSV an xlsx is made.
func (b *Book) Marked(data []byte, headers []Header, remarks []Remark) ([]byte, error) {
	f, err := b.openAgain(data)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	m := marker{Book: b, file: f}
	if m.red, err = fill(f, "FFC7CE", "9C0006"); err != nil {
		return nil, err
	}
	if m.yellow, err = fill(f, "FFEB9C", "7F6000"); err != nil {
		return nil, err
	}
	if m.words, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "9C0006"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}); err != nil {
		return nil, fmt.Errorf("make a style: %w", err)
	}
	bySheet := map[int][]Remark{}
	for _, r := range remarks {
		bySheet[r.Sheet] = append(bySheet[r.Sheet], r)
	}
	for _, h := range headers {
		if err := m.mark(h, bySheet[h.Sheet]); err != nil {
			return nil, fmt.Errorf("mark sheet %d: %w", h.Sheet, err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write the marked file: %w", err)
	}
	return out.Bytes(), nil
}

func (b *Book) openAgain(data []byte) (*excelize.File, error) {
	if b.Format == XLSX {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
		if err != nil {
			return nil, ErrBroken
		}
		return f, nil
	}
	f := excelize.NewFile()
	sheet := &b.Sheets[0]
	if err := f.SetSheetName("Sheet1", sheet.Name); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	for _, line := range sheet.Lines {
		for column, c := range line.Cells {
			if c.Text == "" {
				continue
			}
			if err := f.SetCellStr(sheet.Name, Address(column, line.Number), c.Text); err != nil {
				return nil, fmt.Errorf("write cell: %w", err)
			}
		}
	}
	return f, nil
}

func fill(f *excelize.File, back, front string) (int, error) {
	style, err := f.NewStyle(&excelize.Style{
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{back}}, Font: &excelize.Font{Color: front},
		NumFmt: 49, // text: what is typed over it stays as it is typed
	})
	if err != nil {
		return 0, fmt.Errorf("make a style: %w", err)
	}
	return style, nil
}

type marker struct {
	*Book
	file               *excelize.File
	red, yellow, words int
}

func (m *marker) mark(h Header, remarks []Remark) error {
	sheet := &m.Sheets[h.Sheet]
	reasons := 0 // column of the reasons
	for _, line := range sheet.Lines[h.Place:] {
		reasons = max(reasons, len(line.Cells))
	}
	if at := slices.IndexFunc(sheet.Lines[h.Place].Cells, func(c Cell) bool { return Squeeze(c.Text) == "问题" }); at >= 0 {
		reasons = at // of a file that was marked before
	}
	name, err := excelize.ColumnNumberToName(reasons + 1)
	if err != nil {
		return err
	}
	if err := m.file.SetColWidth(sheet.Name, name, name, 60); err != nil {
		return err
	}
	if err := m.write(sheet.Name, reasons, sheet.Lines[h.Place].Number, "问题", m.words); err != nil {
		return err
	}
	slices.SortStableFunc(remarks, func(a, b Remark) int { return cmp.Compare(a.Line, b.Line) })
	for _, r := range remarks {
		if err := m.markLine(sheet.Name, r, reasons); err != nil {
			return err
		}
	}
	return nil
}

func (m *marker) markLine(sheet string, r Remark, reasons int) error {
	for style, columns := range map[int][]int{m.red: r.Red, m.yellow: r.Yellow} {
		for _, column := range columns {
			if style == m.yellow && slices.Contains(r.Red, column) {
				continue
			}
			at := Address(column, r.Line)
			if err := m.file.SetCellStyle(sheet, at, at, style); err != nil {
				return err
			}
		}
	}
	style := m.words
	if r.Wrong {
		style = m.red
	}
	if len(r.Texts) == 0 {
		return m.write(sheet, reasons, r.Line, "", 0) // of a file that was marked before
	}
	return m.write(sheet, reasons, r.Line, strings.Join(r.Texts, "\n"), style)
}

func (m *marker) write(sheet string, column, line int, text string, style int) error {
	at := Address(column, line)
	if text == "" {
		if old, err := m.file.GetCellValue(sheet, at); err != nil || old == "" {
			return err
		}
	}
	if err := m.file.SetCellStr(sheet, at, text); err != nil {
		return err
	}
	return m.file.SetCellStyle(sheet, at, at, style)
}

// Address returns A1 for column 0 of line 1.
func Address(column, line int) string {
	name, err := excelize.CoordinatesToCellName(column+1, line)
	if err != nil {
		return "XFD1048576" // no sheet goes so far, and nothing that was read came from there
	}
	return name
}
