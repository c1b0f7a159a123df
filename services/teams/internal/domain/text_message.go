package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	nightBegins, nightEnds = 21, 7 // hours in Hebi between which phones stay silent

	// soon is how near a task must be for its change to go out as a text
	// message; of a later one the inbox tells.
	soon = 24 * time.Hour
	// textLife is how long news without an hour of its own is worth sending.
	textLife = 3 * 24 * time.Hour
	// MaxTextAttempts is how often a message is tried before it is given up.
	MaxTextAttempts = 6
)

// TextMessage is a notice on its way to a phone.
type TextMessage struct {
	ID        string
	Notice    Notice    // its words; its ID is not kept
	DueAt     time.Time // when to send it, or to try again
	UselessAt time.Time // from then on it helps nobody
	Attempts  int
}

// NewTextMessage returns the message of a notice, and whether one is to be sent
// at all.
func NewTextMessage(n Notice, p NoticePreferences) (TextMessage, bool) {
	due, ok := WhenToSend(n.Kind, n.CreatedAt, n.subjectTime(), p)
	if !ok {
		return TextMessage{}, false
	}
	m := TextMessage{ID: id.New(), Notice: n, DueAt: due, UselessAt: n.subjectTime()}
	if until := n.instant("until"); !until.IsZero() {
		m.UselessAt = until // an answer after it comes too late
	}
	if m.UselessAt.IsZero() {
		m.UselessAt = n.CreatedAt.Add(textLife)
	}
	return m, true
}

// subjectTime is when that begins which the notice is about; zero when that has no hour.
func (n Notice) subjectTime() time.Time { return n.instant("start") }

func (n Notice) instant(name string) time.Time {
	t, err := time.Parse(time.RFC3339, n.Words[name])
	if err != nil {
		return time.Time{}
	}
	return t
}

// WhenToSend says when a text message about something at subjectTime (zero: at
// no hour) is sent, now or later, and false when none is: the kind is not
// important, is not wanted, or begins later than in 24 hours or began already.
//
// At night, from 21:00 to 07:00 in Hebi, messages wait for the morning. Those
// about what begins before the noon after that night do not wait: whoever
// would set out at 06:30 must know (the noon rule).
func WhenToSend(kind NoticeKind, now, subjectTime time.Time, p NoticePreferences) (time.Time, bool) {
	if !noticeKinds[kind].important || slices.Contains(p.NoText, kind) {
		return time.Time{}, false
	}
	if !subjectTime.IsZero() && (!subjectTime.After(now) || subjectTime.Sub(now) > soon) {
		return time.Time{}, false
	}
	morning, night := nightAt(now)
	beforeNoon := !subjectTime.IsZero() && subjectTime.Before(atHour(morning, 12))
	if !night || !p.Quiet || beforeNoon {
		return now, true
	}
	return morning, true
}

// nightAt returns the end of the night that it is now, and false by day.
func nightAt(now time.Time) (morning time.Time, night bool) {
	local := now.In(clock.City)
	switch {
	case local.Hour() >= nightBegins:
		return atHour(local.AddDate(0, 0, 1), nightEnds), true
	case local.Hour() < nightEnds:
		return atHour(local, nightEnds), true
	}
	return time.Time{}, false
}

// atHour returns that hour of t's day in Hebi.
func atHour(t time.Time, hour int) time.Time {
	local := t.In(clock.City)
	return time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, clock.City).UTC()
}

// Try takes the message up for one attempt at now. It is due again after a
// growing pause, so that an attempt of which nothing more is heard, because
// the program was stopped in it, is made once more. It returns false when the
// message is given up instead: useless by now, unwanted, or tried too often.
func (m *TextMessage) Try(now time.Time, p NoticePreferences) bool {
	if !now.Before(m.UselessAt) || m.Attempts >= MaxTextAttempts || slices.Contains(p.NoText, m.Notice.Kind) {
		return false
	}
	m.Attempts++
	m.DueAt = now.Add(time.Minute << (m.Attempts - 1)) // 1, 2, 4, 8, 16, 32 minutes
	if due, ok := WhenToSend(m.Notice.Kind, m.DueAt, m.Notice.subjectTime(), p); ok {
		m.DueAt = due // a repeat does not come at night either
	}
	return true
}

// Text returns what the phone shows, and the parts of it that differ from one
// message of the kind to the next, for a provider that sends approved
// templates only.
func (m TextMessage) Text(now time.Time) (text string, values map[string]string) {
	reader := Reader{Language: "zh", Now: now}
	values = map[string]string{}
	for _, match := range word.FindAllStringSubmatch(noticeKinds[m.Notice.Kind].zh, -1) {
		values[match[1]] = reader.write(match[1], m.Notice.Words[match[1]])
	}
	return "【淇河】" + m.Notice.Text(reader), values
}
