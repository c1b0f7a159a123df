package app

import (
	"bytes"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/workbook"
)

// exportLine is a child as a list that leaves the house has it: what somebody needs who
// visits. No ID number, no words of the child's, no consent papers.
type exportLine struct {
	domain.Child
	person domain.ChildPerson
	circle domain.Circle
}

func pathsOf(lines []exportLine) []string {
	paths := make([]string, len(lines), len(lines)+1)
	for i, l := range lines {
		paths[i] = l.RegionPath
	}
	return paths
}

var exportHeader = []string{"编号", "姓名", "性别", "出生日期", "村、社区", "住址", "监护人", "关系", "监护人电话", "被委托照护人", "关系", "照护人电话", "学校", "年级"}

// writeChildExport writes the list. The mark stands in its second sheet and at the foot
// of every page: whoever finds a page knows whose it is.
func writeChildExport(lines []exportLine, names map[string]string, mark, password string, out *bytes.Buffer) error {
	book, err := workbook.New()
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.Sheet("名册", exportHeader, 8, 12, 6, 12, 20, 30, 12, 8, 16, 12, 8, 16, 20, 10); err != nil {
		return err
	}
	if err := book.Footer(mark); err != nil {
		return err
	}
	for _, l := range lines {
		sex := map[string]string{"female": "女", "male": "男"}[l.Sex]
		g, c, s := l.circle.Guardian, l.circle.Carer, l.circle.School
		if err := book.Row(l.Number, l.person.Name, sex, l.person.BornOn, names[l.RegionPath], l.person.Address,
			g.Name, g.Relation, g.Phone, c.Name, c.Relation, c.Phone, s.Name, s.Grade); err != nil {
			return err
		}
	}
	if err := book.Row(mark); err != nil {
		return err
	}
	if err := book.Sheet("说明", []string{"项目", "说明"}, 16, 80); err != nil {
		return err
	}
	if err := book.Footer(mark); err != nil {
		return err
	}
	for _, line := range [][2]string{
		{"共", fmt.Sprintf("%d 个孩子，监护人都已同意", len(lines))}, {"谁导出", mark},
		{"依据", "《未成年人网络保护条例》第三十六条：查看未成年人个人信息要经批准、有记录。每个孩子都记了一笔，监护人可以问。"},
	} {
		if err := book.Row(line[0], line[1]); err != nil {
			return err
		}
	}
	_, err = book.WriteSealedTo(out, password)
	return err
}
