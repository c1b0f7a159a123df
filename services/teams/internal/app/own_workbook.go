package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// writeWorkbook writes a sheet for each part. Every cell is a text and is typed
// as one, so that nothing a person once wrote can act as a formula (ASVS 1.2.10).
func writeWorkbook(parts []ownPart, to io.Writer) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	head, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2EDE6"}}})
	if err != nil {
		return fmt.Errorf("style a workbook: %w", err)
	}
	for i, part := range parts {
		if i == 0 {
			err = book.SetSheetName("Sheet1", part.Title)
		} else {
			_, err = book.NewSheet(part.Title)
		}
		if err == nil {
			err = writeSheet(book, part, head)
		}
		if err != nil {
			return fmt.Errorf("write sheet %s: %w", part.Name, err)
		}
	}
	if _, err := book.WriteTo(to); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func writeSheet(book *excelize.File, part ownPart, head int) error {
	rows := make([][]string, 0, len(part.Rows)+1)
	titles := make([]string, len(part.Columns))
	for i, column := range part.Columns {
		titles[i] = column.Title
	}
	rows = append(append(rows, titles), part.Rows...)
	for y, row := range rows {
		for x, text := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if err := book.SetCellStr(part.Title, cell, writable(text)); err != nil {
				return err
			}
		}
	}
	last, err := excelize.ColumnNumberToName(len(titles))
	if err != nil {
		return err
	}
	if err := book.SetCellStyle(part.Title, "A1", last+"1", head); err != nil {
		return err
	}
	return book.SetColWidth(part.Title, "A", last, 22)
}

// writable leaves out the characters that a workbook cannot hold (XML 1.0).
func writable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, text)
}
