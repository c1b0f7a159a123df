package national_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/national"
)

func book(t *testing.T, sheets map[string][][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = f.DeleteSheet("Sheet1")
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	file := book(t, map[string][][]any{
		"志愿者基本信息": {{"序号", "*姓名", "身份证号（必填）", "性别", "手机号码", "政治面貌"}},
		"服务记录表":   {{"志愿者编号*", "活动名称", "服务日期", "服务时长（分钟）"}},
	})
	sheets, unbound, err := national.Template("模板.xlsx", file, domain.ShippedMapping().Sheets)
	if err != nil {
		t.Fatal(err)
	}
	want := []domain.NationalSheet{
		{Group: domain.NationalBasic, Name: "志愿者基本信息", Columns: []domain.NationalColumn{
			{Heading: "序号"}, {Heading: "*姓名", Field: "name", Required: true}, {Heading: "身份证号(必填)", Field: "id_number", Required: true},
			{Heading: "性别", Field: "sex"}, {Heading: "手机号码", Field: "phone"}, {Heading: "政治面貌"},
		}},
		{Group: domain.NationalService, Name: "服务记录表", Columns: []domain.NationalColumn{
			{Heading: "志愿者编号*", Field: "number", Required: true}, {Heading: "活动名称", Field: "title"}, {Heading: "服务日期", Field: "day"}, {Heading: "服务时长(分钟)", Field: "minutes"},
		}},
	}
	if diff := cmp.Diff(want, sheets[:2]); diff != "" || unbound != 2 {
		t.Errorf("unbound %d (-want +got):\n%s", unbound, diff)
	}
	if sheets[2].Name != "培训情况" {
		t.Error("a group that the template does not have did not stay as it was")
	}
	if _, _, err := national.Template("名单.xlsx", book(t, map[string][][]any{"名单": {{"甲"}}}), sheets); !errors.Is(err, national.ErrNoSheets) {
		t.Error(err)
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	file := book(t, map[string][][]any{
		"志愿服务情况": {
			{"2026年11月导入结果"}, {"志愿者编号", "服务时长（小时）", "淇河行号", "导入结果", "失败原因"},
			{"HB2600000017", 2, "1-S1", "导入成功", ""}, {"HB2600000017", 1.5, "1-S2", "失败", "志愿者不存在"}, {"hb2600000025", "两小时", "", "通过", ""}, {"", "", "1-S4", "待定", ""},
		},
		"个人基本信息": {{"志愿者编号", "错误原因"}, {"HB2600000017", ""}, {"HB2600000025", "姓名与证件不符"}},
	})
	a, err := national.Read("回执.xlsx", file, domain.ShippedMapping())
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]national.Row{}
	for _, r := range a.Rows {
		key := r.Number
		if key == "" {
			key = string(r.Group) + r.Volunteer
		}
		r.Sheet, r.Line = 0, 0
		byKey[key] = r
	}
	want := map[string]national.Row{
		"1-S1":                {Group: domain.NationalService, Number: "1-S1", Volunteer: "HB2600000017", Accepted: true, Minutes: 120},
		"1-S2":                {Group: domain.NationalService, Number: "1-S2", Volunteer: "HB2600000017", Reason: "志愿者不存在", Minutes: 90},
		"serviceHB2600000025": {Group: domain.NationalService, Volunteer: "HB2600000025", Accepted: true, Minutes: -1, HoursWrong: true},
		"1-S4":                {Group: domain.NationalService, Number: "1-S4", Result: "待定", Minutes: -1},
		"basicHB2600000017":   {Group: domain.NationalBasic, Volunteer: "HB2600000017", Accepted: true, Minutes: -1},
		"basicHB2600000025":   {Group: domain.NationalBasic, Volunteer: "HB2600000025", Reason: "姓名与证件不符", Minutes: -1},
	}
	if diff := cmp.Diff(want, byKey); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if marked, err := a.Mark(file, []national.Finding{{Row: a.Rows[0], Column: national.OfRow, Text: "这一批里没有这一行"}}); err != nil || len(marked) == 0 {
		t.Error(err)
	}
	if _, err := national.Read("名单.csv", []byte("姓名,日期\n李桂英,2026-11-24\n"), domain.ShippedMapping()); !errors.Is(err, national.ErrNoHeader) {
		t.Error(err)
	}
}
