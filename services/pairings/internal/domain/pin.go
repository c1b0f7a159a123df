package domain

import (
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// What stands between somebody who holds a companion parent's phone and a child's name.
// A family shares phones and a session lasts half a year: 结对密码 is typed anew every few
// minutes (docs/adr/0071-a-pairing-has-three-yeses.md).
const (
	// PassLife is for how long it need not be typed again.
	PassLife = 10 * time.Minute
	// MaxPINTries is how many wrong tries in a row it stands, in a day.
	MaxPINTries = 5

	pinLeast, pinMost = 4, 6
)

// What can be wrong with it.
var (
	ErrPINNeeded = apperr.New(apperr.Forbidden, "pairing_pin_needed", "请先输入结对密码。", "Please type your pairing PIN first.")
	ErrPINWeak   = apperr.New(apperr.Invalid, "pairing_pin_weak", "请设 4 到 6 位数字，不要用 1234、0000 这样好猜的。", "Please choose four to six digits, not ones that are easily guessed such as 1234 or 0000.")
	ErrPINWrong  = apperr.New(apperr.Invalid, "pairing_pin_wrong", "密码不对，还可以试 {left} 次。", "This is not the right PIN; it can be tried {left} more times.")
	ErrPINLocked = apperr.New(apperr.TooMany, "pairing_pin_locked", "错了五次，明天再试；忘了密码，请儿童关爱负责人帮您清掉，再设一个新的。", "It was wrong five times; try again tomorrow. If you forgot it, a child-care officer can clear it, and you choose a new one.")
	ErrPINSet    = apperr.New(apperr.Conflict, "pairing_pin_set", "您已经设过结对密码了，请先输入它。", "You have a pairing PIN already; please type it first.")
	ErrPINNone   = apperr.New(apperr.Conflict, "pairing_pin_none", "您还没有设结对密码，请先设一个。", "You have no pairing PIN yet; please choose one.")
)

// PIN is a person's, as it is kept.
type PIN struct {
	VolunteerID string
	Mark        []byte // a keyed fingerprint
	SetAt       time.Time
	WrongTries  int
	LastWrongAt time.Time
}

// Try judges a try and counts it: it returns nil, ErrPINWrong or ErrPINLocked. A locked
// one is not looked at before a day has passed.
func (p *PIN) Try(right bool, now time.Time) error {
	if p.WrongTries >= MaxPINTries {
		if now.Before(p.LastWrongAt.AddDate(0, 0, 1)) {
			return ErrPINLocked
		}
		p.WrongTries = 0
	}
	if right {
		p.WrongTries = 0
		return nil
	}
	p.WrongTries, p.LastWrongAt = p.WrongTries+1, now
	if p.WrongTries >= MaxPINTries {
		return ErrPINLocked
	}
	return apperr.For("pin", ErrPINWrong.With("left", strconv.Itoa(MaxPINTries-p.WrongTries)))
}

// ParsePIN understands a PIN as it is typed, in full-width digits too, or returns
// ErrPINWeak.
func ParsePIN(typed string) (string, error) {
	const up, down = "01234567890", "09876543210"
	digits := tidy(typed)
	if len(digits) < pinLeast || len(digits) > pinMost || strings.Trim(digits, "0123456789") != "" ||
		strings.Count(digits, digits[:1]) == len(digits) || strings.Contains(up, digits) || strings.Contains(down, digits) {
		return "", apperr.For("pin", ErrPINWeak)
	}
	return digits, nil
}
