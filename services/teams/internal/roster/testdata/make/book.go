package main

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// row is a line of a sheet from column A on; nil leaves a cell empty.
type row = []any

// text is a cell that is kept as text although it looks like a number.
type text string

// book makes an xlsx of sheets, in the order of their names given, with blocks
// merged and options for the file as a whole.
type book struct {
	names  []string
	sheets map[string][]row
	merges map[string][][2]string
	hidden string
	edit   func(*excelize.File)
	option excelize.Options
}

// one is a book of one sheet.
func one(rows ...row) book {
	return book{names: []string{"Sheet1"}, sheets: map[string][]row{"Sheet1": rows}}
}

func (b book) merged(blocks ...[2]string) book {
	b.merges = map[string][][2]string{b.names[0]: blocks}
	return b
}

func (b book) bytes() []byte {
	f := excelize.NewFile()
	must(f.SetSheetName("Sheet1", b.names[0]))
	for _, name := range b.names[1:] {
		_, err := f.NewSheet(name)
		must(err)
	}
	for _, name := range b.names {
		for i, cells := range b.sheets[name] {
			for j, value := range cells {
				if value == nil {
					continue
				}
				if t, ok := value.(text); ok {
					value = string(t)
				}
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				must(err)
				must(f.SetCellValue(name, at, value))
			}
		}
		for _, m := range b.merges[name] {
			must(f.MergeCell(name, m[0], m[1]))
		}
	}
	if b.hidden != "" {
		must(f.SetSheetVisible(b.hidden, false))
	}
	if b.edit != nil {
		b.edit(f)
	}
	var out bytes.Buffer
	must(f.Write(&out, b.option))
	return out.Bytes()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// id returns an identity number with the right check character: a woman, or a
// man when the serial is odd.
func id(birthday string, serial int) string {
	digits := "410621" + birthday + string([]byte{'0' + byte(serial/100%10), '0' + byte(serial/10%10), '0' + byte(serial%10)})
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (1 << (17 - i) % 11)
	}
	return digits + string("10X98765432"[sum%11])
}
