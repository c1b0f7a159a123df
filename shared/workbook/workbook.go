// Package workbook writes lists as xlsx, row after row: what was written is kept
// on disk, not in memory, however long the list is.
//
// Every text is a cell of the type text. What begins with =, +, - or @ is
// therefore shown and never carried out when somebody opens the file.
package workbook

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook that is being written, sheet after sheet. Close it.
type Book struct {
	file   *excelize.File
	sheets int
	bold   int
	open   *excelize.StreamWriter
	line   int
}

// New returns a workbook without a sheet.
func New() (*Book, error) {
	f := excelize.NewFile()
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("make a style: %w", err)
	}
	return &Book{file: f, bold: bold}, nil
}

// Sheet begins a sheet with its header, as wide as widths say in characters;
// the one before is finished. A single width is that of all columns.
func (b *Book) Sheet(name string, header []string, widths ...float64) (err error) {
	if err := b.flush(); err != nil {
		return err
	}
	if b.sheets++; b.sheets == 1 {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("name a sheet: %w", err)
	}
	if b.open, err = b.file.NewStreamWriter(name); err != nil {
		return fmt.Errorf("write a sheet: %w", err)
	}
	b.line = 0
	for i := range header {
		if err := b.open.SetColWidth(i+1, i+1, widths[min(i, len(widths)-1)]); err != nil {
			return fmt.Errorf("set a width: %w", err)
		}
	}
	cells := make([]any, len(header))
	for i, text := range header {
		cells[i] = text
	}
	return b.write(b.bold, cells)
}

// Row adds a row of texts and whole numbers.
func (b *Book) Row(cells ...any) error { return b.write(0, cells) }

func (b *Book) write(style int, cells []any) error {
	b.line++
	row := make([]any, len(cells))
	for i, c := range cells {
		if text, ok := c.(string); ok {
			c = excelize.Cell{Value: Legible(text), StyleID: style}
		}
		row[i] = c
	}
	if err := b.open.SetRow(fmt.Sprintf("A%d", b.line), row); err != nil {
		return fmt.Errorf("write row %d: %w", b.line, err)
	}
	return nil
}

func (b *Book) flush() error {
	if b.open == nil {
		return nil
	}
	if err := b.open.Flush(); err != nil {
		return fmt.Errorf("write a sheet: %w", err)
	}
	return nil
}

// WriteTo finishes the workbook and writes it.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	if err := b.flush(); err != nil {
		return 0, err
	}
	n, err := b.file.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	return n, nil
}

// WriteSealedTo is WriteTo, encrypted so that whoever opens the file is asked for the
// password (ECMA-376 standard encryption: AES-128, a password stretched 50,000 times).
func (b *Book) WriteSealedTo(w io.Writer, password string) (int64, error) {
	if err := b.flush(); err != nil {
		return 0, err
	}
	n, err := b.file.WriteTo(w, excelize.Options{Password: password})
	if err != nil {
		return n, fmt.Errorf("write the sealed workbook: %w", err)
	}
	return n, nil
}

// Footer puts a line at the foot of every printed page of the open sheet.
func (b *Book) Footer(text string) error {
	sheet := b.file.GetSheetName(b.sheets - 1)
	foot := "&C&8" + strings.ReplaceAll(Legible(text), "&", "&&")
	if err := b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: foot}); err != nil {
		return fmt.Errorf("write a footer: %w", err)
	}
	return nil
}

// Close lets go of what was kept on disk.
func (b *Book) Close() { _ = b.file.Close() }

// Legible drops what no cell can hold: zero bytes, other control characters, broken UTF-8.
func Legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
