package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// BoardExport is the record of a board that was taken out as a file.
type BoardExport struct {
	ID                     string
	By                     string
	At                     time.Time
	Subject, Scope, Period string
	Settled                bool
	Position               int64
	Lines                  int
	Purpose                string
}

// ErrExportPurpose refuses an export that does not say what it is for.
var ErrExportPurpose = apperr.New(apperr.Invalid, "purpose_missing", "请写明导出的用途，4 到 200 个字；不要写人名和电话。", "Please say what the export is for, in 4 to 200 characters; name nobody.")

// NewBoardExport returns the record of an export that is made now.
func NewBoardExport(e BoardExport, by string, now time.Time) (BoardExport, error) {
	e.ID, e.By, e.At, e.Purpose = id.New(), by, now, strings.TrimSpace(e.Purpose)
	if n := utf8.RuneCountInString(e.Purpose); n < 4 || n > 200 {
		return BoardExport{}, apperr.For("purpose", ErrExportPurpose)
	}
	return e, nil
}
