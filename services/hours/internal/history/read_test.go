package history

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

func TestReadMinutes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2.5": "150", "2.5小时": "150", "2 小时 30 分": "150", "2小时30分钟": "150", "2个小时": "120", "2个半小时": "150", "2小时半": "150", "两小时": "120",
		"两个半小时": "150", "半小时": "30", "90分钟": "90", "90分": "90", "90min": "90", "2h": "120", "2:30": "150", "２．５小时": "150", "1.33": "80", "10小时": "600", "十小时": "600",
		"24": "1440", "25": "time_long", "90": "time_long", "": "no_time", "无": "no_time", "半天": "time_wrong", "2-3小时": "time_wrong", "0": "time_wrong", "2小时70分": "time_wrong", "很久": "time_wrong",
	} {
		n, wrong := readMinutes(spreadsheet.Cell{Text: text}, false)
		if got := fmt.Sprint(n); wrong == "" && got != want || wrong != "" && string(wrong) != want {
			t.Errorf("%q is %d, %s; want %s", text, n, wrong, want)
		}
	}
	for text, want := range map[string]int{"90": 90, "2小时": 120, "1500": 0} {
		if n, _ := readMinutes(spreadsheet.Cell{Text: text}, true); n != want {
			t.Errorf("%q in a column of minutes is %d, want %d", text, n, want)
		}
	}
	for text, want := range map[string]int{"0.104166666666667": 0, "0.25": 0, "0.5": 30, "2.5": 150} { // a spreadsheet keeps 2:30 and 6:00 as parts of a day
		if n, _ := readMinutes(spreadsheet.Cell{Text: text, Number: true}, false); n != want {
			t.Errorf("the number %s is %d, want %d", text, n, want)
		}
	}
}

func TestReadDay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2019-5-1": "2019-05-01", "2019.5.1": "2019-05-01", "2019年5月1日": "2019-05-01", "20190501": "2019-05-01", "43586": "2019-05-01", "2019-05-01 00:00:00": "2019-05-01",
		"2019.5": "day_part", "2019年5月": "day_part", "2019": "day_part", "201905": "day_part", "5月1日": "day_wrong", "去年": "day_wrong", "": "no_day", "2019-2-30": "day_wrong",
	} {
		day, wrong := readDay(&spreadsheet.Book{}, spreadsheet.Cell{Text: text})
		if got := day.String(); wrong == "" && got != want || wrong != "" && string(wrong) != want {
			t.Errorf("%q is %s, %s; want %s", text, day, wrong, want)
		}
	}
}

// ugly is a register as somebody typed it: a title, merged activities, ditto
// marks, several people in a cell, a total.
func ugly(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	for i, row := range [][]any{
		{"桂鹤社区志愿服务登记（2019年）"},
		{"序号", "姓 名", "手机尾号", "日期（年月日）", "服务内容", "时长（小时）", "登记簿页码"},
		{1, "王桂兰", "5678", "2019.5.1", "清理河道", "2.5小时", 1},
		{2, "李秀英、张 敏", "", "同上", "", "〃", "第1页"},
		{3, "王桂蓝", "", "2019年5月", "", "半天", "x"},
		{"示例", "某某", "", "2019-1-1", "某某", "1", ""},
		{"合计", "", "", "", "", 7.5, ""},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.MergeCell("Sheet1", "E3", "E5"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRead(t *testing.T) {
	t.Parallel()
	t.Run("rows come out of an ugly list", func(t *testing.T) {
		t.Parallel()
		list, err := Read("登记.xlsx", ugly(t))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list.Rows {
			got = append(got, strings.TrimSpace(fmt.Sprintln(r.Place, r.Line, r.Person.Name, r.Person.Phone, r.Day, r.Title, r.Minutes, r.Page, r.Findings)))
		}
		want := []string{
			"1 3 王桂兰 5678 2019-05-01 清理河道 150 1 []",
			"2 4 李秀英  2019-05-01 清理河道 150 1 []",
			"3 4 张敏  2019-05-01 清理河道 150 1 []",
			"4 5 王桂蓝  1970-01-01 清理河道 0 0 [{day_part } {time_wrong } {page_wrong }]",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		marked, err := list.Mark(ugly(t), list.Rows)
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(marked))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if text, _ := f.GetCellValue("Sheet1", "H5"); text != "日期要写到哪一天，例如 2019-5-1。\n看不懂这个时长，请写成 2.5小时 或 90分钟。\n没有这一页登记簿照片。" {
			t.Errorf("the reason is %q", text)
		}
		for at, want := range map[string]string{"D5": "FFC7CE", "D3": "", "F5": "FFC7CE"} {
			style, _ := f.GetCellStyle("Sheet1", at)
			s, err := f.GetStyle(style)
			if got := ""; err == nil {
				if len(s.Fill.Color) > 0 {
					got = s.Fill.Color[0]
				}
				if got != want {
					t.Errorf("%s is %q", at, got)
				}
			}
		}
	})
	t.Run("a CSV with minutes", func(t *testing.T) {
		t.Parallel()
		list, err := Read("a.csv", []byte("姓名,日期,活动,时长（分钟）\n王桂兰,2019-5-1,清理河道,90\n"))
		if err != nil || len(list.Rows) != 1 || list.Rows[0].Minutes != 90 {
			t.Errorf("%+v, %v", list, err)
		}
	})
	t.Run("files that are no list are refused with a sentence", func(t *testing.T) {
		t.Parallel()
		for name, c := range map[string]struct {
			file []byte
			want error
		}{
			"a picture": {[]byte("\xff\xd8\xff\xe0"), spreadsheet.ErrPicture}, "a PDF": {[]byte("%PDF-1.4"), spreadsheet.ErrPDF}, "nothing": {nil, spreadsheet.ErrEmpty},
			"too large": {make([]byte, MaxFile+1), ErrTooBig}, "no header": {[]byte("甲,乙\n1,2\n"), ErrNoHeader}, "no row": {[]byte("姓名,日期,活动,时长\n"), ErrNoRows},
		} {
			if _, err := Read("x", c.file); err != c.want { //nolint:errorlint // it is this very error
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
	})
	t.Run("the template is read as having no rows", func(t *testing.T) {
		t.Parallel()
		file, err := Template()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read("模板.xlsx", file); err != ErrNoRows { //nolint:errorlint // it is this very error: the example is no row
			t.Error(err)
		}
	})
}

func TestKindsHaveFields(t *testing.T) {
	t.Parallel()
	for f := range spellings {
		if fieldOf[string(f)] != f && f != domain.HistoryWhat && f != domain.HistoryDay && f != domain.HistoryMinutes {
			t.Errorf("%s has no English heading", f)
		}
	}
}
