package main

import "github.com/xuri/excelize/v2"

// member is a member's row with what is put into single cells.
func member(name string, phone, id any) row {
	return row{name, phone, id, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"}
}

var memberHeader = row{"姓名", "手机", "身份证号码", "服务队", "区划"}

// cells are tables in which single cells went wrong.
func cells(all map[string][]byte) {
	all["full-width.xlsx"] = one(
		row{"姓　名", "手　机", "身份证号码", "服务队", "区划"},
		member("王　桂兰", text("１３８０３９２０００１"), text("　"+wide(id("19700308", 2)))),
		member("李 秀 英", text("138 0392 0002"), text(id("19720501", 4)+" ")),
		member("张玉梅\u200b", text("\u202d13803920003\u202c"), nil),
	).bytes()
	all["phones.xlsx"] = one(memberHeader,
		member("王桂兰", 13803920001, nil),
		member("李秀英", text("13803920002.0"), nil),
		member("张玉梅", text("1.3803920003E10"), nil),
		member("赵凤莲", text("+86 138-0392-0004"), nil),
		member("孙爱琴", text("0392-3312345"), nil),
		member("周玉珍", text("1380392000"), nil),
		member("吴秀兰", text("13803920007/13903920007"), nil),
		member("郑桂英", text("无"), nil),
		member("冯秀芝", text("-"), nil),
	).bytes()
	all["ruined-ids.xlsx"] = one(memberHeader,
		member("王桂兰", text("13803920001"), 4.10621197003081e17),
		member("李秀英", text("13803920002"), text("4.10621E+17")),
		member("张玉梅", text("13803920003"), text("410621197205010000")),
		member("赵凤莲", text("13803920004"), text(id("19750202", 6))),
	).bytes()
	last := []byte(id("19720501", 4))
	last[17] = '0' + (last[17]-'0'+1)%9
	all["wrong-ids.xlsx"] = one(memberHeader,
		member("王桂兰", nil, text(string(last))),
		member("李秀英", nil, text("41062119720501")),
		member("张玉梅", nil, text("410621720501002")),
		member("赵凤莲", nil, text("41062119721341002X")),
		member("孙爱琴", nil, text(strings2lower(id("19701004", 8)))),
	).bytes()
	all["sex-and-birth.xlsx"] = one(
		row{"姓名", "性别", "出生年月", "身份证号", "服务队", "区划"},
		row{"王桂兰", "女", "1970.3", text(id("19700308", 2)), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"李秀英", "男", "1972年5月", text(id("19720501", 4)), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"张玉梅", "女", "1975-9-9", text(id("19750202", 6)), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"赵凤莲", "？", nil, nil, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["minors.xlsx"] = one(
		row{"姓名", "出生年月", "身份证号", "服务队", "区划"},
		row{"王小雨", nil, text(id("20120308", 2)), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"李小雪", "2011年6月", nil, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"张玉梅", "1975年2月", nil, "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["dates.xlsx"] = one(
		row{"服务队名称", "区划", "成立时间"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", text("2023-5-1")},
		row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", text("2023.5")},
		row{"浚县卫贤镇巾帼志愿服务队", "浚县卫贤镇", text("2023年5月1日")},
		row{"浚县王庄镇巾帼志愿服务队", "浚县王庄镇", 45047},
		row{"浚县新镇镇巾帼志愿服务队", "浚县新镇镇", text("20230501")},
		row{"浚县屯子镇巾帼志愿服务队", "浚县屯子镇", text("去年")},
		row{"浚县黎阳街道巾帼志愿服务队", "浚县黎阳街道", text("2030-1-1")},
		row{"浚县卫溪街道巾帼志愿服务队", "浚县卫溪街道", 2019},
	).bytes()
	on := true
	macintosh := one(row{"服务队名称", "区划", "成立时间"}, row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", 43585})
	macintosh.edit = func(f *excelize.File) { must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on})) }
	all["days-from-1904.xlsx"] = macintosh.bytes()
	all["names.xlsx"] = one(
		row{"名字", "联系方式", "队伍", "区划"},
		row{"买买提·艾合买提", text("13803920001"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"古丽•阿依", text("13803920002"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"王 芳", text("13803920003"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"王芳2", text("13803920004"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"王", text("13803920005"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{nil, text("13803920006"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"𬭚秀英", text("13803920007"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"=1+1", text("13803920008"), "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["roles.xlsx"] = one(
		row{"姓名", "手机", "角色", "服务队", "区划"},
		row{"王桂兰", text("13803920001"), "队　长", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"李秀英", text("13803920002"), "副队长（兼）", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"张玉梅", text("13803920003"), "会计", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"赵凤莲", text("13803920004"), "负责人", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["formulas.xlsx"] = book{
		names: []string{"Sheet1"}, sheets: map[string][]row{"Sheet1": {memberHeader, member("王桂兰", text("13803920001"), nil)}},
		edit: func(f *excelize.File) {
			must(f.SetCellFormula("Sheet1", "B3", `"1380392"&"0002"`))
			must(f.SetCellValue("Sheet1", "A3", "李秀英"))
		},
	}.bytes()
}

func wide(s string) string {
	out := []rune{}
	for _, r := range s {
		out = append(out, r-'!'+'！')
	}
	return string(out)
}

func strings2lower(s string) string {
	b := []byte(s)
	if b[17] == 'X' {
		b[17] = 'x'
	}
	return string(b)
}
