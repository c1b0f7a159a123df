// Package calendar writes shifts as an iCalendar file (RFC 5545), which a
// phone's or a computer's calendar asks for again and again.
//
// An event keeps its UID for ever; SEQUENCE grows with each change of the shift
// or its task. What is called off or held back stays with STATUS:CANCELLED, so
// that a calendar that has it takes it out. Times are those of Hebi. Nobody is
// named: who comes is no calendar's business.
package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Event is one shift.
type Event struct {
	ID               string // of the shift; the same for ever
	Title, Place     string
	Team, Programme  string
	Link             string // to the activity; empty: not known
	StartsAt, EndsAt time.Time
	Off              string // 已取消 or 已暂停; empty while it takes place
	Reason           string // why it is off
	Sequence         int64
	PublishedAt      time.Time
}

// zone is what the file calls the city's time.
const zone = "Asia/Shanghai"

// Write returns the file of these events under a name. The same events give the same bytes.
func Write(name string, events []Event) []byte {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Qihe//Tasks//ZH")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(zone)
	cal.SetRefreshInterval("PT1H")
	cal.SetXPublishedTTL("PT1H")
	standard := cal.AddTimezone(zone).AddStandard() // China has had one time all year since 1991
	standard.SetProperty(ics.ComponentPropertyDtStart, "19910915T010000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0800")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0800")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzname), "CST")
	for _, e := range events {
		e.add(cal)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

func (e Event) add(cal *ics.Calendar) {
	event := cal.AddEvent(e.ID + "@qihe")
	event.SetDtStampTime(e.PublishedAt) // what is not known more exactly: SEQUENCE tells versions apart
	at := func(property ics.ComponentProperty, t time.Time) {
		event.SetProperty(property, t.In(clock.City).Format("20060102T150405"), ics.WithTZID(zone))
	}
	at(ics.ComponentPropertyDtStart, e.StartsAt)
	at(ics.ComponentPropertyDtEnd, e.EndsAt)
	event.SetProperty(ics.ComponentPropertySequence, strconv.FormatInt(e.Sequence, 10))
	summary, status := e.Title, ics.ObjectStatusConfirmed
	about := []string{e.Team, e.Programme}
	if e.Off != "" {
		summary, status = fmt.Sprintf("%s：%s", e.Off, e.Title), ics.ObjectStatusCancelled
		about = append(about, e.Off+"："+e.Reason)
	}
	if e.Link != "" {
		event.SetURL(e.Link)
		about = append(about, e.Link)
	}
	event.SetStatus(status)
	event.SetSummary(legible(summary))
	event.SetLocation(legible(e.Place))
	event.SetDescription(legible(strings.Join(about, "\n")))
}

// legible drops what a line of the file must not hold.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), ""))
}
