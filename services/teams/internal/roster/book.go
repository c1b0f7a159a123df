package roster

import (
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

// What a table can lack to be a roster.
var (
	ErrNoHeader = apperr.New(apperr.Invalid, "file_no_header", "没找到表头：要有一行写着“姓名”或“服务队名称”，再加上别的列名。请照模板补上表头。", "There is no header: one row must name the columns, 姓名 (name) or 服务队名称 (team) among them. Please add one as in the template.")
	ErrNoRows   = apperr.New(apperr.Invalid, "file_no_rows", "有表头，但下面没有一行内容。", "There is a header, and not one row below it.")
)

// Refusal returns the error of a code, or nil for a code of somebody else's.
func Refusal(code string) *apperr.Error {
	for _, err := range []*apperr.Error{ErrNoHeader, ErrNoRows} {
		if err.Code == code {
			return err
		}
	}
	return spreadsheet.Refusal(code)
}

// A roster is read from a table that somebody sent.
type (
	// Book is a file as text.
	Book = spreadsheet.Book
	// Sheet is one table of a book.
	Sheet = spreadsheet.Sheet
	// Line is a row of a sheet.
	Line = spreadsheet.Line
	// Cell is what stands in a field.
	Cell = spreadsheet.Cell
	// Format is how a book was written.
	Format = spreadsheet.Format
)

func clean(s string) string { return spreadsheet.Clean(s) }

func squeeze(s string) string { return spreadsheet.Squeeze(s) }

func nothing(s string) bool { return spreadsheet.Nothing(s) }
