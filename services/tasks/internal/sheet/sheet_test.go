package sheet_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/sheet"
)

var page = regexp.MustCompile(`/Type /Page\b[^s]`)

func TestPDF(t *testing.T) {
	t.Parallel()
	for rows, pages := range map[int]int{0: 1, 5: 1, 18: 1, 19: 2, 21: 2, 22: 2, 25: 2, 60: 3} {
		t.Run(fmt.Sprintf("%d rows and the signatures stand on %d pages", rows, pages), func(t *testing.T) {
			t.Parallel()
			s := given(rows)
			pdf, err := s.PDF()
			if got := len(page.FindAll(pdf, -1)); err != nil || got != pages || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
				t.Errorf("%d pages, want %d: %v", got, pages, err)
			}
			if folder := os.Getenv("QIHE_PICTURES"); folder != "" { // for a person to look at
				if err := os.WriteFile(fmt.Sprintf("%s/sheet-%d.pdf", folder, rows), pdf, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func given(rows int) sheet.Sheet {
	s := sheet.Sheet{
		Team: "浚县善堂镇大伾山巾帼志愿服务队", Title: "重阳节走访慰问独居老人，打扫卫生、理发、量血压", Place: "善堂镇石佛铺村村委会院内（大槐树下）",
		When: "2026 年 11 月 28 日（星期六）09:00–11:30", Code: "K7M2PQ9X", Link: "https://qihe.example/shifts/0190b3a0-7c1d-7abc-8def-0123456789ab/paper", Printed: "2026-11-27 20:15",
	}
	names := []string{"王桂兰", "李𬭚", "古丽娜尔·阿不都克里木·买买提艾力", "张秀英", ""}
	for i := range rows {
		s.Rows = append(s.Rows, sheet.Row{Name: names[i%len(names)], Code: "K7M2P"})
	}
	return s
}
