package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// HeldState says what became of a held credit.
type HeldState string

// The states.
const (
	HeldOpen     HeldState = "open"
	HeldCredited HeldState = "credited"
	HeldClosed   HeldState = "closed" // not credited, with a reason
)

// HeldCredit is a confirmed attendance that could not be credited, because the same
// person was already credited for some of the time. Somebody looks at both.
type HeldCredit struct {
	Entry   Entry  // the line that it would be
	Against string // the line that has the time
	HeldAt  time.Time
	State   HeldState

	DecidedBy string
	DecidedAt time.Time
	Reason    string
}

// What can stand in the way of a decision about what is held.
var (
	ErrHeldDecided = apperr.New(apperr.Conflict, "held_decided", "这一条已经处理过了。", "This one has been decided already.")
	ErrHeldOwn     = apperr.New(apperr.Forbidden, "held_own", "本人和当时的确认人都不能处理这一条，请另一位来办。", "Neither the person nor whoever confirmed it can decide this; another person must.")
	ErrHeldTime    = apperr.New(apperr.Invalid, "held_time", "要记的时间必须在原来签到的时间之内，而且至少一分钟。", "What is credited must lie within the time of the attendance and be a minute at least.")
	ErrHeldReason  = apperr.New(apperr.Invalid, "held_reason", "请写一句理由，本人看得到。", "Please give a reason; the person will read it.")
)

// Decide credits what is held, from one instant to another within the
// attendance, or, with no such time given, closes it. The decider is neither
// the volunteer nor whoever confirmed the attendance, under none of their
// records: by is one of self's.
func (h *HeldCredit) Decide(by string, self Person, from, to time.Time, reason string, now time.Time) error {
	reason = strings.TrimSpace(reason)
	switch {
	case h.State != HeldOpen:
		return ErrHeldDecided
	case self.Is(h.Entry.VolunteerID) || self.Is(h.Entry.ConfirmedBy):
		return ErrHeldOwn
	case reason == "":
		return apperr.For("reason", ErrHeldReason)
	}
	h.State, h.DecidedBy, h.DecidedAt, h.Reason = HeldClosed, by, now, reason
	if from.IsZero() && to.IsZero() {
		return nil
	}
	if from.Before(h.Entry.From) || to.After(h.Entry.To) || to.Sub(from) < time.Minute {
		return apperr.For("from", ErrHeldTime)
	}
	h.State = HeldCredited
	h.Entry.Minutes = min(h.Entry.Minutes, int(to.Sub(from)/time.Minute))
	h.Entry.From, h.Entry.To = from, to
	h.Entry.ConfirmedBy, h.Entry.ConfirmedAt, h.Entry.RecordedAt = by, now, now
	return nil
}
