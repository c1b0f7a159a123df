package main

// team is the row of a team at a place.
func team(name, place string) row { return row{name, place} }

// places are teams whose place is written as people say it.
func places(all map[string][]byte) {
	header := row{"服务队名称", "所属区划"}
	all["places-by-name.xlsx"] = one(header,
		team("郭小寨一队", "浚县善堂镇郭小寨村"), team("郭小寨二队", "浚县善堂郭小寨"), team("郭小寨三队", "河南省鹤壁市浚县善堂镇郭小寨村村委会"),
		team("善堂队", "浚县 善堂镇"), team("浚县队", "浚县"), team("市直队", "鹤壁市"), team("开发区队", "开发区"),
		team("黎阳队", "浚县黎阳办事处"), team("按编码", "410621101"), team("按长编码", "410621101000"), team("浚县妇联队", "浚县妇联"),
	).bytes()
	all["places-in-doubt.xlsx"] = one(header,
		team("东街一队", "东街"), team("东街二队", "浚县东街"), team("东街三队", "淇县东街村"), team("错字队", "俊县善堂镇"),
		team("没写区划的队", ""), team("浚县善堂镇郭小寨村巾帼志愿服务队", ""), team("外地队", "安阳市汤阴县"), team("马庄队", "浚县马庄村"), team("张庄队", "北张庄"),
	).bytes()
	all["places-in-three-columns.xlsx"] = one(
		row{"县（区）", "乡（镇）/街道", "村/社区", "队伍名称"},
		row{"浚县", "善堂镇", "郭小寨村", "郭小寨队"}, row{nil, "善堂", "郭小寨", "郭小寨二队"}, row{nil, nil, nil, "善堂镇巾帼志愿服务队"},
		row{"淇滨区", "长江路街道办事处", nil, "长江路队"}, row{"浚县", "浚县善堂镇", "浚县善堂镇郭小寨村", "郭小寨三队"},
	).merged([2]string{"A2", "A4"}).bytes()
	all["same-name-two-places.xlsx"] = book{
		names: []string{"队伍", "名单"},
		sheets: map[string][]row{
			"队伍": {header, team("巾帼志愿服务队", "浚县善堂镇"), team("巾帼志愿服务队", "浚县小河镇")},
			"名单": {{"姓名", "电话", "服务队", "乡镇"},
				{"王桂兰", text("13803920001"), "巾帼志愿服务队", "善堂镇"}, {"李秀英", text("13803920002"), "巾帼志愿服务队", "小河镇"},
				{"张玉梅", text("13803920003"), "巾帼志愿服务队", nil}},
		},
	}.bytes()
	all["members-of-several-villages.xlsx"] = one(
		row{"姓名", "电话", "服务队", "乡镇", "村"},
		row{"王桂兰", text("13803920001"), "爱心姐妹服务队", "善堂镇", "郭小寨村"},
		row{"李秀英", text("13803920002"), "爱心姐妹服务队", "善堂镇", "东善堂村"},
		row{"张玉梅", text("13803920003"), "爱心姐妹服务队", "善堂镇", "没有这个村"},
	).bytes()
	all["outside.xlsx"] = one(
		row{"服务队名称", "区划", "队长", "电话"},
		row{"淇县朝歌街道巾帼志愿服务队", "淇县朝歌街道", "王桂兰", text("13803920001")},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", "李秀英", text("13803920002")},
	).bytes()
	all["reporting-units.xlsx"] = one(
		row{"服务队名称", "区划", "统计单位"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", nil}, row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", "市直单位"}, row{"浚县卫贤镇巾帼志愿服务队", "浚县卫贤镇", "浚县县"},
	).bytes()
	all["workplace-as-place.xlsx"] = one(
		row{"姓名", "电话", "单位", "服务队"},
		row{"王桂兰", text("13803920001"), "浚县人民医院", "浚县善堂镇巾帼志愿服务队"},
		row{"李秀英", text("13803920002"), "善堂镇", "浚县善堂镇巾帼志愿服务队"},
	).bytes()
}
