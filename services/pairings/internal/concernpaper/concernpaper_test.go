package concernpaper_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/concernpaper"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

func TestPDF(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 24, 4, 0, 0, 0, time.UTC)
	p := concernpaper.Paper{
		Concern: domain.Concern{Number: 12, Danger: true, SeenAt: now, ArrivedAt: now}, Region: "屯子镇", Handler: "王秀英", Printed: now,
		Told:  domain.ConcernTold{Situation: "injuries", Text: "孩子说晚上没有人，胳膊上有好几处淤青。", About: "码头村三组老李家的小孙女，读四年级", Place: "码头村"},
		Child: domain.ChildPerson{Name: "小丽", BornOn: "2015-09-01", Address: "屯子镇码头村三组 9 号"}, ChildSex: "female", ChildRegion: "码头村",
		Circle:  domain.Circle{Guardian: domain.Adult{Name: "张红", Relation: "母亲", Phone: "13900001234", Place: "义乌"}, School: domain.School{Name: "中心小学", Grade: "四年级"}},
		Reports: []concernpaper.Report{{Authority: "police", ToldAt: now, Contact: "屯子派出所 李警官", Receipt: "A4106-88", By: "王秀英"}},
	}
	pages := func(p concernpaper.Paper) int {
		t.Helper()
		pdf, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		if to := os.Getenv("QIHE_PICTURES"); to != "" {
			if err := os.WriteFile(to+"/concern.pdf", pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page "))
	}
	t.Run("what is told in ten words is one page", func(t *testing.T) {
		if n := pages(p); n != 1 {
			t.Error(n)
		}
	})
	t.Run("nothing is lost of what is long", func(t *testing.T) {
		long := p
		long.Told.Text = strings.Repeat("孩子说晚上没有人。", 200)
		if n := pages(long); n != 2 {
			t.Error(n)
		}
	})
}
