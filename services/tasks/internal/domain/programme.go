package domain

// Programme is a city-wide line of work.
type Programme struct {
	ID       string
	Name     string
	Position int  // order on pages
	Retired  bool // takes no new tasks
	Version  int64
}

// FirstProgrammes are the lines of work a new installation starts with.
func FirstProgrammes() []Programme {
	names := []string{
		"三城联创巾帼在行动", "保护淇河", "留守儿童代理家长", "爱心助困一帮一", "法律援助", "心理服务",
		"爱心红娘", "公益培训", "送温暖·微心愿", "母亲邮包", "巾帼维权", "两癌检查", "家教巡讲", "最美家庭", "书香鹤壁",
	}
	programmes := make([]Programme, len(names))
	for i, name := range names {
		programmes[i] = Programme{ID: firstProgrammeID(i), Name: name, Position: i + 1, Version: 1}
	}
	return programmes
}

// firstProgrammeID is fixed, so that every installation calls the same line of
// work by the same id and their figures can be added up.
func firstProgrammeID(i int) string {
	const digits = "0123456789abcdef"
	return "0190c0de-0000-7000-8000-0000000000" + string([]byte{digits[(i+1)/16], digits[(i+1)%16]})
}
