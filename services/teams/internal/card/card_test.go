package card_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/card"
)

var page = regexp.MustCompile(`/Type /Page\b[^s]`)

func TestCards(t *testing.T) {
	t.Parallel()
	faces := []card.Card{
		{Name: "王桂兰", Number: "HB260000018", Team: "浚县善堂镇大伾山巾帼志愿服务队", Serial: 1, Link: "https://qihe.example/k/8Jb2kq0yV1xZ3nLw"},
		{Name: "李𬭚", Number: "HB260000026", Serial: 12, Link: "https://qihe.example/k/8Jb2kq0yV1xZ3nLx"},
		{Name: "古丽娜尔·阿不都克里木·买买提艾力·吐尔逊", Team: "鹤壁经济技术开发区桂鹤社区红旗街道第三网格巾帼志愿服务队（应急救援分队，二〇二六年新设）", Link: "x"},
		{Name: "田\U00020BB7\U0010FFFD", Link: "x"},
	}
	for _, c := range faces {
		t.Run(c.Name+" has a card", func(t *testing.T) {
			t.Parallel()
			pdf, err := card.One(c)
			if err != nil || len(page.FindAll(pdf, -1)) != 1 || !bytes.Contains(pdf, []byte("/MediaBox")) {
				t.Error(len(pdf), err)
			}
		})
	}
	for n, pages := range map[int]int{1: 1, 10: 1, 11: 2, 30: 3} {
		t.Run("ten stand on a page", func(t *testing.T) {
			t.Parallel()
			some := make([]card.Card, n)
			for i := range some {
				some[i] = faces[i%len(faces)]
			}
			pdf, err := card.Sheets(some, "浚县善堂镇大伾山巾帼志愿服务队")
			if got := len(page.FindAll(pdf, -1)); err != nil || got != pages {
				t.Errorf("%d cards on %d pages, want %d: %v", n, got, pages, err)
			}
		})
	}
}

func BenchmarkSheet(b *testing.B) {
	some := make([]card.Card, 10)
	for i := range some {
		some[i] = card.Card{Name: string([]rune{'王', rune(0x4E00 + i*97)}), Number: "HB260000018", Team: "浚县善堂镇大伾山巾帼志愿服务队", Serial: 1, Link: "https://qihe.example/k/8Jb2kq0yV1xZ3nLw"}
	}
	for b.Loop() {
		if _, err := card.Sheets(some, "浚县善堂镇大伾山巾帼志愿服务队"); err != nil {
			b.Fatal(err)
		}
	}
}
