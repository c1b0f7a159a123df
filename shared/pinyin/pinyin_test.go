package pinyin

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"王桂兰": "wgl", "浚县": "xx", "单雄信": "sxx", "简单": "jd", "尉迟恭": "ycg", "曾小贤": "zxx", "区丽": "ol",
		"善堂镇第3小队": "stzd3xd", "Anna李": "annal", "买买提·艾合买提": "mmtahmt", "ＡＢ１": "ab1", "鹤壁银行": "hbyh", "": "", "，。": "",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestGrams(t *testing.T) {
	t.Parallel()
	want := []string{"g", "gl", "l", "w", "wg", "兰", "桂", "桂兰", "王", "王桂"}
	if diff := cmp.Diff(want, Grams("王桂兰")); diff != "" {
		t.Error(diff)
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	t.Run("finds by characters and by initials, wherever they stand", func(t *testing.T) {
		t.Parallel()
		for typed, want := range map[string]bool{
			"桂兰": true, "王": true, "gl": true, "WGL": true, "w": true, " 桂 兰 ": true, "王兰": false, "lg": false, "x": false, "": true,
		} {
			if got := Parse(typed).Match("王桂兰"); got != want {
				t.Errorf("%q: %v, want %v", typed, got, want)
			}
		}
	})
	t.Run("whatever matches has the grams that are asked of the index", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(r *rapid.T) {
			name := rapid.StringOfN(rapid.SampledFrom([]rune("王李单县浚乐a1·")), 1, 8, -1).Draw(r, "name")
			typed := rapid.StringOfN(rapid.SampledFrom([]rune("王李单县浚乐a1xwl")), 1, 4, -1).Draw(r, "typed")
			q := Parse(typed)
			if !q.Match(name) {
				return
			}
			have := Grams(name)
			for _, gram := range q.Grams() {
				if !slices.Contains(have, gram) {
					r.Fatalf("%q matches %q, but has no gram %q", typed, name, gram)
				}
			}
		})
	})
}
