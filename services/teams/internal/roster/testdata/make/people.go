package main

// people are rosters in which somebody stands twice.
func people(all map[string][]byte) {
	all["family-shares-a-phone.xlsx"] = one(memberHeader,
		member("王桂兰", text("13803920001"), nil), member("李大山", text("13803920001"), nil), member("李小翠", text("13803920001"), nil),
	).bytes()
	all["the-same-person-twice.xlsx"] = one(memberHeader,
		member("王桂兰", text("13803920001"), text(id("19700308", 2))), member("王桂兰", text("13803920001"), nil), member("李秀英", text("13803920002"), nil),
	).bytes()
	all["namesakes.xlsx"] = one(memberHeader,
		member("王芳", text("13803920001"), nil), member("王芳", text("13803920002"), nil), member("王芳", nil, nil), member("李娜", nil, nil), member("李娜", nil, nil),
	).bytes()
	all["one-id-two-names.xlsx"] = one(memberHeader,
		member("王桂兰", text("13803920001"), text(id("19700308", 2))), member("王桂蘭", text("13803920002"), text(id("19700308", 2))),
	).bytes()
	all["one-phone-two-ids.xlsx"] = one(memberHeader,
		member("王桂兰", text("13803920001"), text(id("19700308", 2))), member("王桂兰", text("13803920001"), text(id("19710308", 2))),
	).bytes()
	all["in-two-teams.xlsx"] = one(
		row{"姓名", "手机", "职务", "服务队", "区划"},
		row{"王桂兰", text("13803920001"), "队长", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"王桂兰", text("13803920001"), "队员", "浚县小河镇巾帼志愿服务队", "浚县小河镇"},
	).bytes()
	all["two-roles-in-a-team.xlsx"] = one(
		row{"姓名", "手机", "职务", "服务队", "区划"},
		row{"王桂兰", text("13803920001"), "队长", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
		row{"王桂兰", text("13803920001"), "副队长", "浚县善堂镇巾帼志愿服务队", "浚县善堂镇"},
	).bytes()
	all["two-rows-of-a-team.xlsx"] = one(
		row{"服务队名称", "区划", "人数"},
		row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", 20}, row{"浚县善堂镇巾帼志愿服务队", "浚县善堂镇", 20},
		row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", 20}, row{"浚县小河镇巾帼志愿服务队", "浚县小河镇", 30},
	).bytes()
	all["a-team-held-back.xlsx"] = book{
		names: []string{"队伍", "名单"},
		sheets: map[string][]row{
			"队伍": {{"服务队名称", "区划", "队长", "电话"}, {"爱心姐妹队", "没有这个地方", "王桂兰", text("13803920001")}},
			"名单": {{"姓名", "电话", "服务队"}, {"李秀英", text("13803920002"), "爱心姐妹队"}},
		},
	}.bytes()
	all["no-such-team.xlsx"] = one(
		row{"姓名", "电话", "服务队"}, row{"王桂兰", text("13803920001"), "爱心姐妹队"}, row{"李秀英", text("13803920002"), nil}, row{"张玉梅", text("13803920003"), "!"},
	).bytes()
	all["team-missing.xlsx"] = one(row{"姓名", "电话"}, row{"王桂兰", text("13803920001")}).bytes()
}
