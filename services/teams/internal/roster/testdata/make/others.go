package main

import (
	"archive/zip"
	"bytes"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// others are files that only look like a roster.
func others(all map[string][]byte) {
	all["old-excel.xls"] = compound("Workbook")
	all["wps.et"] = compound("Workbook")
	locked := one(row{"姓名", "电话"}, row{"王桂兰", text("13803920001")})
	locked.option = excelize.Options{Password: "123456"}
	all["password.xlsx"] = locked.bytes()
	all["word.doc"] = compound("WordDocument")
	all["word.docx"] = archive("[Content_Types].xml", "", "word/document.xml", "<document/>")
	all["binary.xlsb"] = archive("xl/workbook.bin", "\x00")
	all["open-document.ods"] = archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<content/>")
	all["archive.zip"] = archive("名单.csv", csvRoster)
	all["scan.pdf"] = []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
	all["photo-called.xlsx"] = append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), make([]byte, 40)...)
	all["web-page-called.xls"] = []byte("<html><head><meta charset=\"gbk\"></head><body><table><tr><td>name</td></tr></table></body></html>")
	whole := one(row{"姓名", "电话"}, row{"王桂兰", text("13803920001")}).bytes()
	all["cut-short.xlsx"] = whole[:len(whole)/2]
}

// compound is the head of a file in the container of Office 97 and the
// directory entry of one stream: enough to tell what it is.
func compound(stream string) []byte {
	data := make([]byte, 1536)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	data[24], data[26], data[28], data[29], data[30] = 0x3e, 3, 0xfe, 0xff, 9
	for i, unit := range utf16.Encode([]rune(stream)) {
		data[1024+2*i] = byte(unit)
	}
	return data
}

// archive packs names and contents in turn.
func archive(parts ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		must(err)
		_, err = w.Write([]byte(parts[i+1]))
		must(err)
	}
	must(z.Close())
	return out.Bytes()
}
