package roster

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Mark returns the uploader's own file with what was found in it: cells that
// must be put right are red, those with a note are yellow, and a column 问题
// behind the last one says why. Out of a CSV an xlsx is made.
func (r *Roster) Mark(data []byte) ([]byte, error) {
	f, err := r.openAgain(data)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	m := marker{Roster: r, file: f}
	if m.red, err = fill(f, "FFC7CE", "9C0006"); err != nil {
		return nil, err
	}
	if m.yellow, err = fill(f, "FFEB9C", "7F6000"); err != nil {
		return nil, err
	}
	if m.words, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "9C0006"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}); err != nil {
		return nil, fmt.Errorf("make a style: %w", err)
	}
	for _, t := range r.tables {
		if err := m.mark(t); err != nil {
			return nil, fmt.Errorf("mark sheet %d: %w", t.sheet, err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write the marked file: %w", err)
	}
	return out.Bytes(), nil
}

func (r *Roster) openAgain(data []byte) (*excelize.File, error) {
	if r.Book.Format == XLSX {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
		if err != nil {
			return nil, ErrBroken
		}
		return f, nil
	}
	f := excelize.NewFile()
	sheet := &r.Book.Sheets[0]
	if err := f.SetSheetName("Sheet1", sheet.Name); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	for _, line := range sheet.Lines {
		for column, c := range line.Cells {
			if c.Text == "" {
				continue
			}
			if err := f.SetCellStr(sheet.Name, address(column, line.Number), c.Text); err != nil {
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
	*Roster
	file               *excelize.File
	red, yellow, words int
}

func (m *marker) mark(t *table) error {
	sheet := &m.Book.Sheets[t.sheet]
	reasons := 0 // column of the reasons
	for _, line := range sheet.Lines[t.header:] {
		reasons = max(reasons, len(line.Cells))
	}
	if at := slices.IndexFunc(sheet.Lines[t.header].Cells, func(c Cell) bool { return squeeze(c.Text) == "问题" }); at >= 0 {
		reasons = at // of a file that was marked before
	}
	name, err := excelize.ColumnNumberToName(reasons + 1)
	if err != nil {
		return err
	}
	if err := m.file.SetColWidth(sheet.Name, name, name, 60); err != nil {
		return err
	}
	if err := m.write(sheet.Name, reasons, sheet.Lines[t.header].Number, "问题", m.words); err != nil {
		return err
	}
	for _, row := range m.Rows {
		if row.table != t {
			continue
		}
		if err := m.markRow(sheet.Name, row, reasons); err != nil {
			return err
		}
	}
	return nil
}

func (m *marker) markRow(sheet string, row *Row, reasons int) error {
	var texts []string
	styles := map[int]int{}
	for _, f := range row.Findings {
		texts = append(texts, f.Kind.Sentence("zh")+f.Detail)
		if f.Column < 0 {
			continue
		}
		if !f.Kind.Note() {
			styles[f.Column] = m.red
		} else if styles[f.Column] == 0 {
			styles[f.Column] = m.yellow
		}
	}
	for column, style := range styles {
		at := address(column, row.Line)
		if err := m.file.SetCellStyle(sheet, at, at, style); err != nil {
			return err
		}
	}
	style := m.words
	if !row.Usable() {
		style = m.red
	}
	if len(texts) == 0 {
		return m.write(sheet, reasons, row.Line, "", 0) // of a file that was marked before
	}
	return m.write(sheet, reasons, row.Line, strings.Join(texts, "\n"), style)
}

func (m *marker) write(sheet string, column, line int, text string, style int) error {
	at := address(column, line)
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

// address returns A1 for column 0 of line 1.
func address(column, line int) string {
	name, err := excelize.CoordinatesToCellName(column+1, line)
	if err != nil {
		return "XFD1048576" // no sheet goes so far, and nothing that was read came from there
	}
	return name
}
