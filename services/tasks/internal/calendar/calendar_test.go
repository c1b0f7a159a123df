package calendar_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/calendar"
)

func event() calendar.Event {
	start := time.Date(2026, 11, 28, 1, 0, 0, 0, time.UTC)
	return calendar.Event{
		ID: "0193-a", Title: "淇河岸边捡拾垃圾", Place: "淇水湾东门", Team: "桂鹤社区巾帼志愿服务队", Programme: "保护淇河", Link: "https://qihe.test/tasks/1",
		StartsAt: start, EndsAt: start.Add(150 * time.Minute), Sequence: 3, PublishedAt: start.Add(-72 * time.Hour),
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	t.Run("an event is at the city's time and keeps its UID", func(t *testing.T) {
		t.Parallel()
		file := string(calendar.Write("我的活动", []calendar.Event{event()}))
		for _, line := range []string{
			"BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "TZOFFSETTO:+0800",
			"UID:0193-a@qihe", "DTSTAMP:20261125T010000Z", "DTSTART;TZID=Asia/Shanghai:20261128T090000", "DTEND;TZID=Asia/Shanghai:20261128T113000",
			"SEQUENCE:3", "STATUS:CONFIRMED", "SUMMARY:淇河岸边捡拾垃圾", "LOCATION:淇水湾东门",
		} {
			if !strings.Contains(file, "\r\n"+line+"\r\n") && !strings.HasPrefix(file, line+"\r\n") {
				t.Errorf("no line %q in\n%s", line, file)
			}
		}
	})
	t.Run("what is off says so under the same UID", func(t *testing.T) {
		t.Parallel()
		e := event()
		e.Off, e.Reason, e.Sequence = "已暂停", "高温", 4
		file := string(calendar.Write("我的活动", []calendar.Event{e}))
		for _, line := range []string{"UID:0193-a@qihe", "STATUS:CANCELLED", "SEQUENCE:4", "SUMMARY:已暂停：淇河岸边捡拾垃圾"} {
			if !strings.Contains(file, "\r\n"+line+"\r\n") {
				t.Errorf("no line %q in\n%s", line, file)
			}
		}
	})
	t.Run("whatever people write, lines are lines of the standard and can be read back", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			e := event()
			e.Title, e.Place = rapid.String().Draw(t, "title"), rapid.String().Draw(t, "place")
			file := calendar.Write("我的活动", []calendar.Event{e})
			for _, line := range bytes.Split(bytes.TrimSuffix(file, []byte("\r\n")), []byte("\r\n")) {
				if len(line) > 75 || !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n\x00") {
					t.Fatalf("%d octets: %q", len(line), line)
				}
			}
			read, err := ics.ParseCalendar(bytes.NewReader(file))
			if err != nil || len(read.Events()) != 1 {
				t.Fatalf("%v in\n%s", err, file)
			}
		})
	})
}
