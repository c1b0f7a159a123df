package demo

import "github.com/google/uuid"

// programmes are the city's lines of work, in the order of pages.
var programmes = []string{
	"三城联创巾帼在行动", "保护淇河", "留守儿童代理家长", "爱心助困一帮一", "法律援助", "心理服务", "爱心红娘", "公益培训",
	"送温暖·微心愿", "母亲邮包", "巾帼维权", "两癌检查", "家教巡讲", "最美家庭", "书香鹤壁",
}

// nameProgrammes gives each its id, which follows from its name and is the same in every demo city.
func (c *City) nameProgrammes() error {
	for _, name := range programmes {
		id := uuid.NewSHA1(namespace, []byte("programme/"+name)).String()
		c.Programmes = append(c.Programmes, Programme{ID: id, Name: name})
	}
	return nil
}
