// Package spreadsheet reads the tables that people send, xlsx and CSV as they
// come, and gives them back with red cells.
//
//   - Open tells an xlsx from a CSV and from everything that only looks like
//     one, and reads it into a Book: sheets of lines of cells, within bounds.
//   - Clean, Squeeze, Nothing and Book.Day say what stands in a cell, however it
//     was typed.
//   - Book.Marked is the sender's own file with what was found in it.
//
// It knows nothing of what a table is about.
package spreadsheet

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// The bounds of a file. A county's whole roster has some ten thousand rows;
// what is beyond these is no list of people, or hides something.
const (
	MaxFile     = 20 << 20  // bytes as uploaded
	maxUnpacked = 120 << 20 // bytes of all parts of an xlsx together; 60,000 people take 30 MB
	maxParts    = 2000      // parts of an xlsx
	maxLines    = 100_000   // lines with something in them
	maxCells    = 3_000_000
	maxColumns  = 100 // further right there is nothing of interest
	maxText     = 500 // characters of a cell that are looked at
)

// What a file can be instead of a table, each with what to do about it.
var (
	ErrEmpty    = refuse("file_empty", "这个文件是空的，请看看是不是选错了。", "This file is empty; please check that it is the right one.")
	ErrTooBig   = refuse("file_too_big", "文件超过 20 MB。请删掉里面的图片，或者按县区分成几个文件。", "The file is larger than 20 MB. Please remove its pictures, or split it by county.")
	ErrUnpacked = refuse("file_unpacked", "文件展开后太大，多半是格式一直刷到了几十万空行。请把有内容的部分复制到一张新表，再上传。", "Unpacked, the file is far too large, probably because its formatting runs over hundreds of thousands of empty rows. Please copy what has content into a new sheet and upload that.")
	ErrTooMany  = refuse("file_too_many_rows", "表里超过 10 万行，请按县区分成几个文件。", "There are more than 100,000 rows; please split the file by county.")
	ErrXLS      = refuse("file_xls", "这是旧格式的 .xls 文件。请用 Excel 或 WPS 打开，点“文件 → 另存为”，类型选 .xlsx，再上传。", "This is a file of the old .xls format. Please open it in Excel or WPS, choose File → Save As, type .xlsx, and upload that.")
	ErrET       = refuse("file_et", "这是 WPS 的 .et 文件。请用 WPS 打开，点“文件 → 另存为”，类型选 .xlsx，再上传。", "This is a WPS .et file. Please open it in WPS, choose File → Save As, type .xlsx, and upload that.")
	ErrPassword = refuse("file_password", "这个文件有打开密码。请打开后在“文件 → 信息 → 保护工作簿”里去掉密码，保存后再上传。", "This file has a password. Please open it, remove the password under File → Info → Protect Workbook, save it and upload it again.")
	ErrXLSB     = refuse("file_xlsb", "这是 .xlsb 文件。请另存为 .xlsx 再上传。", "This is an .xlsb file. Please save it as .xlsx and upload that.")
	ErrODS      = refuse("file_ods", "这是 .ods 表格。请另存为 .xlsx 再上传。", "This is an .ods table. Please save it as .xlsx and upload that.")
	ErrWord     = refuse("file_word", "这是 Word 文档。请把里面的表格复制到 Excel 或 WPS 表格里，存成 .xlsx 再上传。", "This is a Word document. Please copy its table into Excel or WPS, save it as .xlsx and upload that.")
	ErrPDF      = refuse("file_pdf", "这是 PDF，读不出表格。请找到原来的 Excel 表，存成 .xlsx 再上传。", "This is a PDF, out of which no table can be read. Please find the table it was made from and upload that as .xlsx.")
	ErrPicture  = refuse("file_picture", "这是图片，不能识别里面的字。请上传 Excel 表（.xlsx），或者下载模板照着填。", "This is a picture, in which no words can be read. Please upload a table (.xlsx), or fill in the template.")
	ErrArchive  = refuse("file_archive", "这是压缩包。请先解压，再把里面的表一个一个上传。", "This is an archive. Please unpack it and upload the tables in it one by one.")
	ErrWebPage  = refuse("file_web_page", "这个文件其实是网页，不是表格。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。", "This file is really a web page. Please open it in Excel or WPS, save it as .xlsx and upload that.")
	ErrBroken   = refuse("file_broken", "文件打不开，可能没有传完或者已经损坏。请用 Excel 或 WPS 打开，另存一份 .xlsx 再上传。", "The file cannot be opened; it may be cut short or damaged. Please open it in Excel or WPS, save a new .xlsx and upload that.")
	ErrEncoding = refuse("file_encoding", "认不出这个文本文件的编码。请另存为 .xlsx，或者选“CSV UTF-8”再存一次。", "The encoding of this text cannot be told. Please save it as .xlsx, or as “CSV UTF-8”.")
)

// refusals are the errors above by their codes.
var refusals = map[string]*apperr.Error{}

func refuse(code, zh, en string) *apperr.Error {
	err := apperr.New(apperr.Invalid, code, zh, en)
	refusals[code] = err
	return err
}

// Refusal returns the error of a code, or nil for a code of somebody else's.
func Refusal(code string) *apperr.Error { return refusals[code] }

// Format is how a book was written.
type Format string

// The formats that are read.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Book is a file as text.
type Book struct {
	Format   Format
	Sheets   []Sheet
	date1904 bool // days are counted from 1904, as old Macintoshes did
}

// Sheet is one table of a book: its lines that are not empty, in order.
type Sheet struct {
	Name   string
	Lines  []Line
	Merges []Merge
}

// Line is a row of a sheet.
type Line struct {
	Number int // from 1
	Cells  []Cell
}

// Cell is what stands in a field.
type Cell struct {
	Text   string
	Number bool // the program kept it as a number: of more than 15 digits the rest is lost
}

// Text returns what stands in a column, from 0; empty where there is none.
func (l Line) Text(column int) string {
	if column < 0 || column >= len(l.Cells) {
		return ""
	}
	return l.Cells[column].Text
}

// At returns the cell of a column, from 0; the empty one where there is none.
func (l Line) At(column int) Cell {
	if column < 0 || column >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[column]
}

// Merge is a block of cells that show one value; all numbers from 0, ends included.
type Merge struct{ Top, Left, Bottom, Right int }

// Open reads a file into a book. What cannot be read is one of the errors above.
func Open(name string, data []byte) (*Book, error) {
	if err := Recognise(name, data); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readXLSX(data)
	}
	return readCSV(data)
}

// Recognise refuses, by the first bytes, files that are no table: names lie.
// It takes no time, so that the uploader is told at once.
func Recognise(name string, data []byte) error {
	switch {
	case len(data) == 0:
		return ErrEmpty
	case len(data) > MaxFile:
		return ErrTooBig
	}
	head := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(data, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case head("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return oldOffice(name, data)
	case head("%PDF"):
		return ErrPDF
	case head("\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*"), head("RIFF") && bytes.Contains(data[:min(16, len(data))], []byte("WEBP")),
		len(data) > 12 && string(data[4:8]) == "ftyp":
		return ErrPicture
	case head("Rar!", "7z\xbc\xaf", "\x1f\x8b"):
		return ErrArchive
	}
	start := strings.ToLower(strings.TrimLeft(string(data[:min(512, len(data))]), "\ufeff \t\r\n"))
	if strings.HasPrefix(start, "<!doctype") || strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<table") || strings.HasPrefix(start, "<?xml") {
		return ErrWebPage
	}
	return nil
}

// oldOffice tells the files apart that share the container of Office 97, by
// the names of the streams in them, which stand there in UTF-16.
func oldOffice(name string, data []byte) error {
	has := func(stream string) bool {
		wide := make([]byte, 0, 2*len(stream))
		for i := range len(stream) {
			wide = append(wide, stream[i], 0)
		}
		return bytes.Contains(data, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return ErrPassword
	case has("WordDocument"):
		return ErrWord
	case strings.EqualFold(filepath.Ext(name), ".et"):
		return ErrET
	default:
		return ErrXLS
	}
}
