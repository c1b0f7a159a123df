// Package form reads and fills the workbooks that offices report with. The file
// is the province's own: only bound cells are changed, formulas, merged cells and
// styles stay. A figure is written as a number, a text as a text, and never as a
// formula. What formulas make of new figures is worked out for the page, and
// left to whoever opens the file.
package form

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// What can be wrong with a file.
var (
	ErrNotXLSX   = apperr.New(apperr.Invalid, "not_xlsx", "打不开这个文件。请上传 .xlsx 格式的报表（旧的 .xls 请先另存为 .xlsx），不要加密。", "This file cannot be opened. Please upload the form as .xlsx, not encrypted; save an old .xls as .xlsx first.")
	ErrTooLarge  = apperr.New(apperr.Invalid, "form_too_large", "报表最多 8 个工作表，每个最多 200 行、60 列。", "A form has at most 8 sheets of 200 rows and 60 columns.")
	ErrNoCell    = apperr.New(apperr.Invalid, "no_such_cell", "绑定的单元格不在报表里。", "A bound cell is not in the form.")
	ErrOfFormula = apperr.New(apperr.Invalid, "cell_has_formula", "这个单元格里有公式，会自己算出来，不用绑定。", "This cell has a formula and works itself out; it cannot be bound.")
	ErrCovered   = apperr.New(apperr.Invalid, "cell_is_covered", "这个单元格被合并了，请绑定合并区域左上角的单元格。", "This cell is merged into another; please bind the upper left one.")
)

const (
	mostSheets, mostRows, mostColumns = 8, 200, 60
	mostUnpacked                      = 64 << 20
)

// Book is a workbook that is being read and filled. Close it.
type Book struct{ file *excelize.File }

// Sheet is a sheet as a page shows it.
type Sheet struct {
	Name    string
	Columns []float64 // widths, in characters
	Rows    [][]Cell
}

// Cell is a cell of a sheet. Those that a merged cell covers are left out.
type Cell struct {
	At            string // B3
	Text          string
	Columns, Rows int // how many it takes
	Bold          bool
	Align         string // left | center | right
	Formula       bool
}

// Value is what a cell is filled with: Text, or else Number.
type Value struct {
	Text   string
	Number float64
	IsText bool
}

// At names a cell of a book.
type At struct{ Sheet, Cell string }

// Open reads a workbook. It returns ErrNotXLSX or ErrTooLarge.
func Open(content []byte) (*Book, error) {
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil || len(f.GetSheetList()) == 0 {
		return nil, ErrNotXLSX
	}
	b := &Book{f}
	if len(f.GetSheetList()) > mostSheets {
		b.Close()
		return nil, ErrTooLarge
	}
	for _, name := range f.GetSheetList() {
		if _, _, err := b.size(name); err != nil {
			b.Close()
			return nil, err
		}
	}
	return b, nil
}

// Close lets go of the file.
func (b *Book) Close() { _ = b.file.Close() }

// size returns how many rows and columns of a sheet say something.
func (b *Book) size(sheet string) (rows, columns int, err error) {
	lines, err := b.file.GetRows(sheet)
	if err != nil {
		return 0, 0, ErrNotXLSX
	}
	for i, line := range lines {
		if len(line) > 0 {
			rows, columns = i+1, max(columns, len(line))
		}
	}
	merged, err := b.file.GetMergeCells(sheet)
	if err != nil {
		return 0, 0, ErrNotXLSX
	}
	for _, m := range merged {
		column, row, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return 0, 0, ErrNotXLSX
		}
		rows, columns = max(rows, row), max(columns, column)
	}
	if formatted, err := b.file.GetSheetDimension(sheet); err == nil { // cells to be filled are empty, and have a border
		if _, end, ok := strings.Cut(formatted, ":"); ok {
			if column, row, err := excelize.CellNameToCoordinates(end); err == nil && row <= mostRows && column <= mostColumns {
				rows, columns = max(rows, row), max(columns, column)
			}
		}
	}
	if rows > mostRows || columns > mostColumns {
		return 0, 0, ErrTooLarge
	}
	return rows, columns, nil
}

// Fill puts values into cells. It returns ErrNoCell, ErrCovered or ErrOfFormula.
func (b *Book) Fill(values map[At]Value) error {
	for at, v := range values {
		if err := b.Check(at); err != nil {
			return err
		}
		var err error
		if v.IsText {
			err = b.file.SetCellStr(at.Sheet, at.Cell, workbook.Legible(v.Text))
		} else {
			err = b.file.SetCellValue(at.Sheet, at.Cell, v.Number)
		}
		if err != nil {
			return fmt.Errorf("fill %s of %s: %w", at.Cell, at.Sheet, err)
		}
	}
	return nil
}

// Check returns nil when a cell can be bound: it is there, is not covered by a
// merged one, and holds no formula.
func (b *Book) Check(at At) error {
	column, row, err := excelize.CellNameToCoordinates(at.Cell)
	if name, nameErr := excelize.CoordinatesToCellName(column, row); err != nil || nameErr != nil || name != at.Cell {
		return ErrNoCell
	}
	if i, err := b.file.GetSheetIndex(at.Sheet); err != nil || i < 0 || row > mostRows || column > mostColumns {
		return ErrNoCell
	}
	merged, err := b.file.GetMergeCells(at.Sheet)
	if err != nil {
		return ErrNoCell
	}
	for _, m := range merged {
		if covers(m, column, row) && m.GetStartAxis() != at.Cell {
			return ErrCovered
		}
	}
	if formula, err := b.file.GetCellFormula(at.Sheet, at.Cell); err != nil || formula != "" {
		return ErrOfFormula
	}
	return nil
}

func covers(m excelize.MergeCell, column, row int) bool {
	left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
	right, bottom, otherErr := excelize.CellNameToCoordinates(m.GetEndAxis())
	return errors.Join(err, otherErr) == nil && column >= left && column <= right && row >= top && row <= bottom
}

// Bytes returns the workbook with what it was filled with. What formulas came to
// before is dropped, so that whoever opens it works them out.
func (b *Book) Bytes() ([]byte, error) {
	if err := b.file.UpdateLinkedValue(); err != nil {
		return nil, fmt.Errorf("let formulas be worked out: %w", err)
	}
	out, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return out.Bytes(), nil
}
