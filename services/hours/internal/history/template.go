package history

import (
	"bytes"

	"github.com/qihe-volunteers/qihe/shared/workbook"
)

var help = []string{
	"怎样填这张表",
	"1. 一行一个人、一天、一次活动。同一次活动有几个人，也可以写在一格里，用顿号隔开：王桂兰、李秀英。",
	"2. 本队有同名的人时，写上志愿者编号，或者手机后四位。",
	"3. 日期写到哪一天，如 2019-5-1；2019.5.1、2019年5月1日 也可以。",
	"4. 时长写 2.5小时、2小时30分 或 90分钟；只写数字是小时。",
	"5. 页码是登记簿照片的顺序：第 1 张写 1。可以不写。",
	"6. 写着“示例”的行不会导入。上传后先核对，要改的地方会在您自己的文件里标红。",
}

// Template returns an empty list to fill in.
func Template() ([]byte, error) {
	book, err := workbook.New()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	if err := book.Sheet("历史时长", []string{"序号", "姓名", "志愿者编号", "手机后四位", "日期", "活动", "时长", "页码"}, 8, 16, 18, 14, 14, 30, 14, 8); err != nil {
		return nil, err
	}
	if err := book.Row("示例", "王桂兰", "", "5678", "2019-5-1", "清理河道", "2.5小时", "1"); err != nil {
		return nil, err
	}
	if err := book.Sheet("说明", []string{help[0]}, 100); err != nil {
		return nil, err
	}
	for _, text := range help[1:] {
		if err := book.Row(text); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	if _, err := book.WriteTo(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
