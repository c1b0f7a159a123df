package spreadsheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func readCSV(data []byte) (*Book, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	first, rest, _ := strings.Cut(text, "\n")
	separator := separatorOf(text)
	if sign, ok := strings.CutPrefix(strings.TrimSpace(first), "sep="); ok && len(sign) == 1 { // a hint of Excel's
		separator, text = rune(sign[0]), "\n"+rest
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	sheet := Sheet{Name: "CSV"}
	cells := maxCells
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrBroken
		}
		number, _ := r.FieldPos(0)
		line := Line{Number: number}
		for i, text := range record[:min(len(record), maxColumns)] {
			if text = plainField(text); strings.TrimSpace(text) == "" {
				continue
			}
			for len(line.Cells) <= i {
				line.Cells = append(line.Cells, Cell{})
			}
			line.Cells[i].Text = text
		}
		if len(line.Cells) == 0 {
			continue
		}
		if cells -= len(line.Cells); cells < 0 || len(sheet.Lines) == maxLines {
			return nil, ErrTooMany
		}
		sheet.Lines = append(sheet.Lines, line)
	}
	return &Book{Format: CSV, Sheets: []Sheet{sheet}}, nil
}

// plainField takes off what people put around long numbers so that Excel
// leaves them alone: ="4106…" and 4106…<tab>.
func plainField(s string) string {
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		s = strings.TrimSuffix(inner, `"`)
	}
	return s
}

// decode returns the text of a file in UTF-8, UTF-16 with a byte order mark
// (Excel's “Unicode text”), or else GB18030, as Chinese Windows writes CSV.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", ErrEncoding
		}
		data = text
	case !utf8.Valid(data):
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			return "", ErrEncoding
		}
		data = text
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.ContainsAny(text, "\x00\ufffd") {
		return "", ErrEncoding
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

// separatorOf returns the sign that parts the fields: the one of which the
// most stand in the first lines.
func separatorOf(text string) rune {
	head := text[:min(len(text), 8<<10)]
	best, most := ',', 0
	for _, sign := range []rune{',', '\t', ';', '，', '|'} {
		if n := strings.Count(head, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}
