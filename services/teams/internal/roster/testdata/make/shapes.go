package main

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// shapes are sheets that are laid out as federations do.
func shapes(all map[string][]byte) {
	all["plain-teams.xlsx"] = one(
		row{"服务队名称", "县区", "乡镇", "村", "统计单位", "成立时间", "人数", "负责人", "联系电话"},
		row{"浚县善堂镇郭小寨村巾帼志愿服务队", "浚县", "善堂镇", "郭小寨村", "浚县", "2021-3-8", 25, "王桂兰", text("13803920001")},
		row{"淇滨区长江路街道巾帼志愿服务队", "淇滨区", "长江路街道", nil, "淇滨区", "2020.5", 40, "李秀英", text("13803920002")},
	).bytes()
	all["plain-members.xlsx"] = one(
		row{"姓名", "手机号", "身份证号", "职务", "所属服务队", "区划"},
		row{"王桂兰", text("13803920001"), text(id("19700308", 2)), "队长", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"李秀英", text("13803920002"), text(id("19720501", 4)), "队员", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["title-rows.xlsx"] = one(
		row{"鹤壁市巾帼志愿服务队登记表"},
		row{"填报单位：浚县妇联", nil, nil, "填报时间：2026年10月"},
		row{},
		row{"序号", "服务队名称", "所属区划", "队长", "队长电话", "人数"},
		row{1, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "王桂兰", text("13803920001"), 12},
		row{2, "浚县黎阳街道巾帼志愿服务队", "浚县黎阳街道", "李秀英", text("13803920002"), 8},
	).merged([2]string{"A1", "F1"}).bytes()
	all["merged-team.xlsx"] = one(
		row{"服务队名称", "区划", "姓名", "电话", "职务"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "王桂兰", text("13803920001"), "队长"},
		row{nil, nil, "李秀英", text("13803920002"), "副队长"},
		row{nil, nil, "张玉梅", text("13803920003"), "队员"},
		row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", "赵凤莲", text("13803920004"), "队长"},
		row{nil, nil, "孙爱琴", text("13803920005"), nil},
	).merged([2]string{"A2", "A4"}, [2]string{"B2", "B4"}, [2]string{"A5", "A6"}, [2]string{"B5", "B6"}).bytes()
	all["team-only-on-first-row.xlsx"] = one(
		row{"所在队", "区划", "姓名", "电话"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "王桂兰", text("13803920001")},
		row{nil, nil, "李秀英", text("13803920002")},
		row{nil, nil, "张玉梅", text("13803920003")},
	).bytes()
	all["blank-rows-totals-notes.xlsx"] = one(
		row{"序号", "队伍名称", "区划", "负责人", "电话", "人数"},
		row{1, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "王桂兰", text("13803920001"), 12},
		row{},
		row{2, "浚县小河镇巾帼志愿服务队", "浚县小河镇", "李秀英", text("13803920002"), 20},
		row{"小计", nil, nil, nil, nil, 32},
		row{3},
		row{4},
		row{"合计", nil, nil, nil, nil, 32},
		row{},
		row{"注：1. 人数为年末数。2. 请于 10 月 30 日前报送至邮箱。"},
		row{"填表人：张三", nil, nil, "审核人：李四"},
	).bytes()
	all["header-again-on-each-page.xlsx"] = one(
		row{"姓名", "电话", "服务队", "区划"},
		row{"王桂兰", text("13803920001"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"姓名", "电话", "服务队", "区划"},
		row{"李秀英", text("13803920002"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["two-row-header.xlsx"] = one(
		row{"序号", "服务队名称", "所属区划", nil, nil, "队长", nil, "人数"},
		row{nil, nil, "县区", "乡镇", "村（社区）", "队长姓名", "队长电话", nil},
		row{1, "浚县善堂镇郭小寨村巾帼志愿服务队", "浚县", "善堂镇", "郭小寨村", "王桂兰", text("13803920001"), 15},
	).merged([2]string{"C1", "E1"}, [2]string{"F1", "G1"}, [2]string{"A1", "A2"}, [2]string{"B1", "B2"}, [2]string{"H1", "H2"}).bytes()
	all["teams-and-members.xlsx"] = book{
		names: []string{"说明", "服务队", "队员"},
		sheets: map[string][]row{
			"说明": {{"请先填“服务队”，再填“队员”。"}, {"有问题请联系市妇联。"}},
			"服务队": {
				{"服务队名称", "区划", "队长姓名", "队长电话", "人数"},
				{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "王桂兰", text("13803920001"), 3},
				{"浚县小河镇巾帼志愿服务队", "浚县小河镇", "李秀英", text("13803920002"), 2},
			},
			"队员": {
				{"姓名", "手机", "服务队"},
				{"王桂兰", text("13803920001"), "浚县善堂镇巾帼志愿服务队"},
				{"张玉梅", text("13803920003"), "浚县善堂镇巾帼志愿服务队"},
				{"赵凤莲", text("13803920004"), "浚县小河镇巾帼志愿服务队"},
			},
		},
	}.bytes()
	all["a-sheet-for-each-team.xlsx"] = book{
		names: []string{"善堂镇巾帼志愿服务队", "小河镇巾帼志愿服务队"},
		sheets: map[string][]row{
			"善堂镇巾帼志愿服务队": {{"姓名", "电话"}, {"王桂兰", text("13803920001")}, {"李秀英", text("13803920002")}},
			"小河镇巾帼志愿服务队": {{"姓名", "电话"}, {"张玉梅", text("13803920003")}},
		},
	}.bytes()
	all["team-in-title.xlsx"] = one(
		row{"浚县善堂镇郭小寨村巾帼志愿服务队花名册"},
		row{"姓名", "性别", "联系方式"},
		row{"王桂兰", "女", text("13803920001")},
		row{"李建国", "男", text("13803920002")},
	).merged([2]string{"A1", "C1"}).bytes()
	all["headcount-only.xlsx"] = one(
		row{"服务队名称", "区划", "人数"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "25人"},
		row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", 30},
		row{"浚县卫贤镇巾帼志愿服务队", "浚县卫贤镇", "约二十"},
	).bytes()
	all["hidden-sheet.xlsx"] = book{
		names: []string{"名单", "旧名单"},
		sheets: map[string][]row{
			"名单":  {{"姓名", "电话", "服务队", "区划"}, {"王桂兰", text("13803920001"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"}},
			"旧名单": {{"姓名", "电话", "服务队", "区划"}, {"已退出", text("13803920009"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"}},
		},
		hidden: "旧名单",
	}.bytes()
	all["no-header.xlsx"] = one(row{"王桂兰", text("13803920001")}, row{"李秀英", text("13803920002")}).bytes()
	all["header-only.xlsx"] = one(row{"姓名", "电话", "服务队"}).bytes()
	all["unknown-columns.xlsx"] = one(
		row{"姓名*", "手机号（必填）", "服务队", "区划", "鞋码", "血型", "备注"},
		row{"王桂兰", text("13803920001"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇", 38, "A", "积极"},
	).bytes()
	all["starts-far-down-and-right.xlsx"] = book{
		names: []string{"Sheet1"}, sheets: map[string][]row{},
		edit: func(f *excelize.File) {
			for i, cells := range []row{{"姓名", "电话", "服务队", "区划"}, {"王桂兰", "13803920001", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"}} {
				must(f.SetSheetRow("Sheet1", fmt.Sprintf("F%d", 18+i), &cells))
			}
		},
	}.bytes()
}
