package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

func TestPlainName(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	for _, name := range []string{
		"王桂兰", "买买提·艾合买提", "春风巾帼志愿服务队（二）", "第３ 小队", "Anna－李", "“最美”家庭、书香鹤壁", "𫖯𬭚", "A.B-C_D/E",
	} {
		if diff := cmp.Diff(pinyin.Parse(name).Text(), given.Value[string](t, w, "SELECT plain_name('"+name+"')")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
