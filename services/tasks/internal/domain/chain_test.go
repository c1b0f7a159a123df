package domain

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// brigade is whose names the pasted texts of testdata/chains were made up with.
const brigade = `王桂兰 李秀英 张爱华 赵玉梅 刘淑芬 陈桂英 孙丽 周敏 吴霞 郑红 冯艳 马兰 杨柳 徐静 何秀珍 高凤英 林翠花 罗红霞 郭美玲 宋丽娟
	曹玉珍 唐慧 韩雪梅 冯巧云 邓春燕 彭丽华 曾小红 萧月 田秀兰 董洁 尉迟秀芝 古丽娜尔·买买提 潘金枝 于春花 蒋丽萍 万玉兰 王芳 王芳`

func aCrowd() (c Crowd, names map[string]string) {
	var people []Namesake
	names = map[string]string{}
	for i, name := range strings.Fields(brigade) {
		id := strconv.Itoa(i)
		people = append(people, Namesake{ID: id, Name: name, Phone: "138****" + strconv.Itoa(i - 36 + 1 + 10000)[1:]})
		names[id] = name
	}
	return NewCrowd(people), names
}

// TestChain reads pasted texts. In the files a line that names somebody has
// behind a tab whom, and the doubt before that; all others are to be passed over.
func TestChain(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/chains/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".tsv"), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(file) //nolint:gosec // one of ours
			if err != nil {
				t.Fatal(err)
			}
			var pasted, want []string
			for line := range strings.Lines(string(content)) {
				text, whom, named := strings.Cut(strings.TrimRight(line, "\n"), "\t")
				pasted = append(pasted, text)
				if named && whom != "" {
					want = append(want, strings.TrimSpace(text)+" → "+whom)
				}
			}
			crowd, names := aCrowd()
			var got []string
			for _, line := range ReadChain(strings.Join(pasted, "\r\n")) {
				m := crowd.Match(line)
				words := make([]string, 0, len(m.IDs)+1)
				if m.Doubt != ChainSure {
					words = append(words, string(m.Doubt))
				}
				for _, id := range m.IDs {
					words = append(words, names[id])
				}
				got = append(got, m.Text+" → "+strings.Join(words, " "))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	t.Run("a number tells two of one name apart", func(t *testing.T) {
		t.Parallel()
		crowd, _ := aCrowd()
		m := crowd.Match(ReadChain("1. 王芳 13812340002")[0])
		if m.Doubt != ChainSure || !slices.Equal(m.IDs, []string{"37"}) {
			t.Errorf("%+v", m)
		}
	})
	t.Run("whatever is pasted, it is read, and nobody is made up", func(t *testing.T) {
		t.Parallel()
		crowd, names := aCrowd()
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("王桂兰李秀英①1.、（）\n ")))).Draw(t, "text")
			for _, line := range ReadChain(text) {
				m := crowd.Match(line)
				for _, id := range m.IDs {
					if m.Doubt == ChainSure && !strings.Contains(plainSigns(line.Text), names[id]) {
						t.Fatalf("%q: %s", line.Text, names[id])
					}
				}
			}
		})
	})
}
