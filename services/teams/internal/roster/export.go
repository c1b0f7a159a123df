package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/workbook"
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
	book, err := workbook.New()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	if err := book.Sheet(e.Name, e.Header, 18); err != nil {
		return nil, err
	}
	for _, row := range e.Rows {
		if err := book.Row(row...); err != nil {
			return nil, err
		}
	}
	if err := book.Row(); err != nil {
		return nil, err
	}
	for _, text := range e.Footer {
		if err := book.Row(text); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if _, err := book.WriteTo(&out); err != nil {
		return nil, err
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
	s = workbook.Legible(s)
	if start := strings.TrimLeft(s, " \u00a0\u3000"); start != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠﹢﹣﹦﹫", []rune(start)[0]) {
		return "'" + s
	}
	return s
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}
