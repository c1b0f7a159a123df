package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Export is a list as it leaves Qihe.
type Export struct {
	Name   string // of the sheet
	Header []string
	Rows   [][]any // texts and whole numbers
	Footer []string
}

// WriteXLSX returns the list as a workbook. Every text is a cell of the type
// text, so that nothing that somebody is called is ever carried out.
func (e Export) WriteXLSX() ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName("Sheet1", e.Name); err != nil {
		return nil, fmt.Errorf("name the sheet: %w", err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("make a style: %w", err)
	}
	s, err := f.NewStreamWriter(e.Name)
	if err != nil {
		return nil, fmt.Errorf("write a sheet: %w", err)
	}
	if err := s.SetColWidth(1, len(e.Header), 18); err != nil {
		return nil, fmt.Errorf("write a sheet: %w", err)
	}
	line := 0
	write := func(style int, cells []any) error {
		line++
		for i, c := range cells {
			if text, ok := c.(string); ok {
				cells[i] = excelize.Cell{Value: legible(text), StyleID: style}
			}
		}
		return s.SetRow(address(0, line), cells)
	}
	if err := write(bold, anys(e.Header)); err != nil {
		return nil, fmt.Errorf("write the header: %w", err)
	}
	for _, row := range e.Rows {
		if err := write(0, row); err != nil {
			return nil, fmt.Errorf("write row %d: %w", line, err)
		}
	}
	line++
	for _, text := range e.Footer {
		if err := write(0, []any{text}); err != nil {
			return nil, fmt.Errorf("write the footer: %w", err)
		}
	}
	if err := s.Flush(); err != nil {
		return nil, fmt.Errorf("write a sheet: %w", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return out.Bytes(), nil
}

// WriteCSV returns the list as CSV in UTF-8 with a byte order mark, without
// which Excel takes it for GBK. No cell begins like a formula.
func (e Export) WriteCSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	write := func(cells []any) error {
		texts := make([]string, len(cells))
		for i, c := range cells {
			if text, ok := c.(string); ok {
				texts[i] = Harmless(text)
			} else {
				texts[i] = fmt.Sprint(c)
			}
		}
		return w.Write(texts)
	}
	rows := append([][]any{anys(e.Header)}, e.Rows...)
	for _, text := range e.Footer {
		rows = append(rows, []any{text})
	}
	for i, row := range rows {
		if err := write(row); err != nil {
			return nil, fmt.Errorf("write row %d: %w", i, err)
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// Harmless returns a text that no spreadsheet takes for a formula when it
// opens a CSV: what begins like one, in full-width signs and after white space
// too, gets an apostrophe before it (OWASP, CSV injection).
func Harmless(s string) string {
	s = legible(s)
	if start := strings.TrimLeft(s, " \u00a0\u3000"); start != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠﹢﹣﹦﹫", []rune(start)[0]) {
		return "'" + s
	}
	return s
}

// legible drops what no cell can hold: zero bytes, other control characters, broken UTF-8.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}
