package spreadsheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	workbookXML  = `<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relationsXML = `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`
)

// packed is an xlsx of one sheet that write fills.
func packed(t testing.TB, write func(io.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range []struct {
		name  string
		write func(io.Writer)
	}{
		{"xl/workbook.xml", func(w io.Writer) { _, _ = io.WriteString(w, workbookXML) }},
		{"xl/_rels/workbook.xml.rels", func(w io.Writer) { _, _ = io.WriteString(w, relationsXML) }},
		{"xl/worksheets/sheet1.xml", func(w io.Writer) {
			_, _ = io.WriteString(w, "<worksheet><sheetData>")
			write(w)
			_, _ = io.WriteString(w, "</sheetData></worksheet>")
		}},
	} {
		w, err := z.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		part.write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBounds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		write func(io.Writer)
		want  error
	}{
		"a bomb": {func(w io.Writer) {
			blank := bytes.Repeat([]byte(" "), 1<<20)
			for range 125 {
				_, _ = w.Write(blank)
			}
		}, ErrUnpacked},
		"formatting down to the last of a million rows": {func(w io.Writer) {
			for i := range 1_048_576 {
				_, _ = fmt.Fprintf(w, `<row r="%d"><c r="A%d" s="1"/></row>`, i+1, i+1)
			}
		}, nil},
		"too many rows": {func(w io.Writer) {
			for i := range maxLines + 1 {
				_, _ = fmt.Fprintf(w, `<row r="%d"><c r="A%d"><v>1</v></c></row>`, i+1, i+1)
			}
		}, ErrTooMany},
		"nested a hundred thousand deep": {func(w io.Writer) { _, _ = io.WriteString(w, strings.Repeat("<a>", 100_000)) }, nil},
		"a string that is not there": {func(w io.Writer) {
			_, _ = io.WriteString(w, `<row r="1"><c r="A1" t="s"><v>99</v></c></row>`)
		}, ErrBroken},
		"addresses that are none": {func(w io.Writer) {
			_, _ = io.WriteString(w, `<row r="x"><c r="99999999999999999999"><v>1</v></c><c r="ZZZZZZZZZZ1"><v>1</v></c></row>`)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := Open("a.xlsx", packed(t, c.write)); !errors.Is(err, c.want) && (c.want != nil || err != nil) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("姓名,电话\n王桂兰,13803920001\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := Open("x", data)
		if err != nil {
			return
		}
		for _, line := range book.Sheets[0].Lines {
			for _, c := range line.Cells {
				book.Day(c)
			}
		}
	})
}

func TestSeparators(t *testing.T) {
	t.Parallel()
	book, err := Open("a.csv", []byte("a;b\n1;\"2;\n3\"\n\n4;5\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Line{
		{1, []Cell{{Text: "a"}, {Text: "b"}}},
		{2, []Cell{{Text: "1"}, {Text: "2;\n3"}}},
		{5, []Cell{{Text: "4"}, {Text: "5"}}},
	}
	if diff := cmp.Diff(want, book.Sheets[0].Lines); diff != "" {
		t.Error(diff)
	}
}
