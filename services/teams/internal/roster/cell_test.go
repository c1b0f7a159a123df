package roster

import (
	"testing"

	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

func TestReadPhone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"13803920001": "13803920001", "138 0392 0001": "13803920001", "+8613803920001": "13803920001", "１３８０３９２０００１": "13803920001",
		"13803920001.0": "13803920001", "1.3803920001E10": "13803920001", "1.3803920001e+10": "13803920001", "'13803920001": "13803920001",
		"无": "", "-": "", "": "", "0392-3312345": string(PhoneLandline), "3312345": string(PhoneLandline), "13803920001/13903920001": string(PhoneTwo),
		"1380392000113903920001": string(PhoneTwo), "12803920001": string(PhoneWrong), "abc": string(PhoneWrong), "1.38E+10": string(PhoneWrong) + "?",
	} {
		phone, wrong := readPhone(Cell{Text: text})
		if want == string(PhoneWrong)+"?" { // 13800000000 is a number like any other: what was lost cannot be seen
			continue
		}
		if got := phone + string(wrong); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestReadID(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell   Cell
		format Format
		want   string
	}{
		{Cell{Text: "41062119700308002X"}, spreadsheet.XLSX, "41062119700308002X"},
		{Cell{Text: " 41062119700308002ｘ "}, spreadsheet.XLSX, "41062119700308002X"},
		{Cell{Text: "4.10621197003081E+17", Number: true}, spreadsheet.XLSX, string(IDRuined)},
		{Cell{Text: "4.1E+17"}, spreadsheet.CSV, string(IDRuined)},
		{Cell{Text: "410621197003080000"}, spreadsheet.XLSX, string(IDRuined)},
		{Cell{Text: "410621197003080021", Number: true}, spreadsheet.XLSX, string(IDRuined)}, // eighteen digits as a number: they are not what was typed
		{Cell{Text: "410621720501002", Number: true}, spreadsheet.XLSX, string(IDOld)},
		{Cell{Text: "410621197003080021"}, spreadsheet.XLSX, string(IDCheck)},
		{Cell{Text: "无"}, spreadsheet.XLSX, ""},
	} {
		id, wrong := readID(c.cell, c.format)
		if got := id + string(wrong); got != c.want {
			t.Errorf("%+v in %s is %q, want %q", c.cell, c.format, got, c.want)
		}
	}
}

func TestHeading(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]field{
		"姓　名": fieldName, "姓名*": fieldName, "队员姓名（必填）": fieldName, "手机号\n（11位）": fieldPhone, "联系电话：": fieldPhone, "身份证号码（18位）": fieldID,
		"县（区）": fieldCounty, "乡（镇）/街道": fieldTownship, "村(社区)": fieldVillage, "村/社区": fieldVillage, "成立时间": fieldFounded, "鞋码": noField, "": noField,
	} {
		if got := heading(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}
