package form

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Sheets returns what the workbook shows now, formulas worked out.
func (b *Book) Sheets() ([]Sheet, error) {
	names := b.file.GetSheetList()
	sheets := make([]Sheet, len(names))
	for i, name := range names {
		var err error
		if sheets[i], err = b.sheet(name); err != nil {
			return nil, fmt.Errorf("read sheet %s: %w", name, err)
		}
	}
	return sheets, nil
}

func (b *Book) sheet(name string) (Sheet, error) {
	s := Sheet{Name: name}
	rows, columns, err := b.size(name)
	if err != nil {
		return s, err
	}
	for c := 1; c <= columns; c++ {
		letter, err := excelize.ColumnNumberToName(c)
		if err != nil {
			return s, err
		}
		wide, err := b.file.GetColWidth(name, letter)
		if err != nil {
			return s, err
		}
		s.Columns = append(s.Columns, wide)
	}
	merged, err := b.file.GetMergeCells(name)
	if err != nil {
		return s, err
	}
	styles := styles{b.file, map[int]*excelize.Style{}}
	for r := 1; r <= rows; r++ {
		row := []Cell{}
		for c := 1; c <= columns; c++ {
			cell, there, err := b.cell(name, c, r, merged, styles)
			if err != nil {
				return s, err
			}
			if there {
				row = append(row, cell)
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

func (b *Book) cell(sheet string, column, row int, merged []excelize.MergeCell, styles styles) (cell Cell, there bool, err error) {
	cell = Cell{Columns: 1, Rows: 1}
	if cell.At, err = excelize.CoordinatesToCellName(column, row); err != nil {
		return cell, false, err
	}
	for _, m := range merged {
		if !covers(m, column, row) {
			continue
		}
		if m.GetStartAxis() != cell.At {
			return cell, false, nil
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return cell, false, err
		}
		cell.Columns, cell.Rows = right-column+1, bottom-row+1
	}
	if cell.Text, err = b.file.GetCellValue(sheet, cell.At); err != nil {
		return cell, false, err
	}
	formula, err := b.file.GetCellFormula(sheet, cell.At)
	if err != nil {
		return cell, false, err
	}
	if cell.Formula = formula != ""; cell.Formula {
		if worked, err := b.file.CalcCellValue(sheet, cell.At); err == nil { // else what the file says it came to
			cell.Text = worked
		}
	}
	cell.Bold, cell.Align, err = styles.of(sheet, cell.At)
	return cell, true, err
}

// styles remembers how styles look.
type styles struct {
	file *excelize.File
	seen map[int]*excelize.Style
}

func (s styles) of(sheet, at string) (bold bool, align string, err error) {
	n, err := s.file.GetCellStyle(sheet, at)
	if err != nil {
		return false, "", err
	}
	style, ok := s.seen[n]
	if !ok {
		if style, err = s.file.GetStyle(n); err != nil {
			return false, "", err
		}
		s.seen[n] = style
	}
	if style.Alignment != nil {
		switch style.Alignment.Horizontal {
		case "center", "right", "left":
			align = style.Alignment.Horizontal
		case "centerContinuous", "distributed", "justify":
			align = "center"
		}
	}
	return style.Font != nil && style.Font.Bold, align, nil
}
