package roster

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// marked is a corpus file after it was marked.
func marked(t *testing.T, name string) *excelize.File {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := judged(name, data, options(t), Known{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := r.Mark(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func colour(t *testing.T, f *excelize.File, sheet, at string) string {
	t.Helper()
	n, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(n)
	if err != nil || len(style.Fill.Color) == 0 {
		return ""
	}
	return style.Fill.Color[0]
}

func TestMark(t *testing.T) {
	t.Parallel()
	t.Run("an xlsx comes back as it was, with red cells and reasons", func(t *testing.T) {
		t.Parallel()
		f := marked(t, "phones.xlsx")
		for at, want := range map[string]string{"B2": "", "B6": "FFC7CE", "B7": "FFC7CE", "F6": "FFC7CE"} {
			if got := colour(t, f, "Sheet1", at); got != want {
				t.Errorf("%s is %q, want %q", at, got, want)
			}
		}
		rows, err := f.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		if rows[0][5] != "问题" || !strings.Contains(rows[5][5], "固定电话") || rows[5][0] != "孙爱琴" || len(rows[1]) > 5 && rows[1][5] != "" {
			t.Errorf("%q", rows)
		}
	})
	t.Run("of a CSV an xlsx is made", func(t *testing.T) {
		t.Parallel()
		f := marked(t, "quotes-and-tricks.csv")
		if got := colour(t, f, "CSV", "C5"); got != "FFC7CE" {
			t.Errorf("the ruined number is %q", got)
		}
	})
	t.Run("a marked file that is marked again has one column of reasons", func(t *testing.T) {
		t.Parallel()
		f := marked(t, "phones.xlsx")
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		r, _, err := judged("again.xlsx", out.Bytes(), options(t), Known{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := r.Mark(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		f, err = excelize.OpenReader(bytes.NewReader(again))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		rows, err := f.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(6, len(rows[0])); diff != "" {
			t.Error(diff)
		}
	})
}
