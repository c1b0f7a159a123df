package certificate

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestPDF(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 11, 26, 9, 0, 0, 0, clock.City)
	one := Certificate{
		Name: "李𬭚", VolunteerNumber: "HB1800004309", Number: "PX26-7K3M9-QW2RT", Title: "代理家长岗前培训", TeamName: "桂鹤社区巾帼志愿服务队",
		Sessions: []Session{{from, from.Add(2 * time.Hour), 120}}, Minutes: 120, IssuedOn: "2026-11-26", DrawnOn: "2026-11-27",
		Link: "https://qihe.example/certificates/PX26-7K3M9-QW2RT", Site: "qihe.example/certificates",
	}
	for name, change := range map[string]func(*Certificate){
		"one session":                    func(*Certificate) {},
		"where nobody knows the address": func(c *Certificate) { c.Link, c.Site = "", "" },
		"long names": func(c *Certificate) {
			c.Name, c.Title = strings.Repeat("古丽娜尔·", 6), strings.Repeat("家政技能培训", 10)
		},
		"more sessions than there are lines for": func(c *Certificate) { c.Sessions = make([]Session, 60) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := one
			change(&c)
			data, err := PDF(c)
			if err != nil {
				t.Fatalf("%v. Type: make font", err)
			}
			if !bytes.HasPrefix(data, []byte("%PDF-")) || bytes.Count(data, []byte("/Type /Page\n")) > 1 {
				t.Errorf("%d bytes are not a page", len(data))
			}
		})
	}
	for minutes, want := range map[int]string{45: "45分钟", 120: "2小时", 135: "2小时15分钟"} {
		if got := spell(minutes); got != want {
			t.Errorf("%d minutes are %s, want %s", minutes, got, want)
		}
	}
}
