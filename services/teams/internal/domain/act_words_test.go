package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func TestActWords(t *testing.T) {
	t.Parallel()
	got := map[string]domain.Phrase{}
	for _, act := range []string{"volunteer.read", "office.changed", "balloon.kept", "team.inflated", "x"} {
		got[act] = domain.ActWords(act)
	}
	want := map[string]domain.Phrase{
		"volunteer.read": {Zh: "查看了资料", En: "looked at the details"},
		"office.changed": {Zh: "更改了妇联组织", En: "changed an office"},
		"balloon.kept":   {Zh: "保存了登记", En: "kept a record"},
		"team.inflated":  {Zh: "处理了队伍", En: "acted on a team"},
		"x":              {Zh: "处理了登记", En: "acted on a record"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
