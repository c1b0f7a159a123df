package domain

import (
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Quarters, and when one is to be reviewed. A case that began less than a month before
// a quarter's end is reviewed at the end of the next one.
const (
	reviewFrom = 1 // months before its end from which on a quarter can be reviewed
	remindFrom = 14 * 24 * time.Hour
)

// quarterEnd is the first instant after the quarter of an instant, in the city.
func quarterEnd(at time.Time) time.Time {
	at = at.In(clock.City)
	return time.Date(at.Year(), (at.Month()-1)/3*3+4, 1, 0, 0, 0, 0, clock.City)
}

func firstReview(now time.Time) time.Time {
	if end := quarterEnd(now); now.Before(end.AddDate(0, -reviewFrom, 0)) {
		return end
	}
	return quarterEnd(quarterEnd(now))
}

func (c AidCase) due(end time.Time) AidCase {
	c.ReviewDueAt, c.RemindAt, c.Reminders = end, end.Add(-remindFrom), 0
	return c
}

// Quarter is what the quarter that is to be reviewed is called: 2026Q4.
func (c AidCase) Quarter() string {
	last := c.ReviewDueAt.In(clock.City).AddDate(0, 0, -1)
	return fmt.Sprintf("%dQ%d", last.Year(), (last.Month()+2)/3)
}

// Reminded notes that a reminder was given: the first two weeks before the end of the
// quarter, one at the end, and one two weeks late, which others in charge hear too.
func (c AidCase) Reminded() AidCase {
	c.Reminders, c.Version = c.Reminders+1, c.Version+1
	c.RemindAt = c.RemindAt.Add(remindFrom)
	if c.Reminders == 3 {
		c.RemindAt = time.Time{}
	}
	return c
}

// AidReview is what was found at the end of a quarter.
type AidReview struct {
	ID         string
	AidCaseID  string
	Quarter    string
	Result     string // on_course | adjust | goal_met
	Sealed     []byte // AidNote under the family's key
	By         string
	ReviewedAt time.Time
}

// Review notes how the quarter went and makes the next one due.
func (c AidCase) Review(result, by string, now time.Time) (AidCase, AidReview, error) {
	switch {
	case c.State == AidEnded:
		return c, AidReview{}, ErrAidOver
	case c.State != AidRunning:
		return c, AidReview{}, ErrAidState
	case now.Before(c.ReviewDueAt.In(clock.City).AddDate(0, -reviewFrom, 0)):
		return c, AidReview{}, ErrAidEarly
	}
	r := AidReview{ID: id.New(), AidCaseID: c.ID, Quarter: c.Quarter(), Result: result, By: by, ReviewedAt: now}
	c.Version++
	return c.due(quarterEnd(c.ReviewDueAt)), r, nil
}
