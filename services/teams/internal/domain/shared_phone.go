package domain

import (
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	// SharedSessionLife is how long somebody stays signed in on a phone that
	// several people share: a day of work, and no night.
	SharedSessionLife = 12 * time.Hour
	// MaxPINTries is how many wrong tries in a row a PIN stands.
	MaxPINTries = 5
	// MaxOnPhone is how many people one phone keeps: a reading room's.
	MaxOnPhone = 30
	// OnPhoneLife is how long a person who does not use a phone is kept on it.
	OnPhoneLife = 400 * 24 * time.Hour

	pinLeast, pinMost = 4, 6
)

var (
	// ErrPIN says that a PIN is no four to six digits, or one that everybody would try first.
	ErrPIN = apperr.New(apperr.Invalid, "pin_weak", "请设 4 到 6 位数字，不要用 1234、0000 这样好猜的。", "Please choose four to six digits, not ones that are easily guessed such as 1234 or 0000.")
	// ErrWrongPIN says that a PIN does not match and may be tried again.
	ErrWrongPIN = apperr.New(apperr.Invalid, "pin_wrong", "密码不对，还可以试 {left} 次。", "This is not the right PIN; it can be tried {left} more times.")
	// ErrPINLocked says that a PIN is not looked at any more on this phone.
	ErrPINLocked = apperr.New(apperr.TooMany, "pin_locked", "密码错了五次，在这部手机上先停用了。请在这里用短信验证码或队长给的链接登录一次，就又能用了。", "The PIN was wrong five times and is locked on this phone. Sign in here once with a text code or your leader’s link, and it works again.")
	// ErrPINOnly says that a session was begun with a PIN, which is not enough.
	ErrPINOnly = apperr.New(apperr.Forbidden, "pin_only", "这次是用密码换人进来的，不能做这一步。请先用短信验证码登录。", "You came in with a PIN only, which is not enough for this. Please sign in with a text code first.")
	// ErrNotShared says that the browser is not of a shared phone.
	ErrNotShared = apperr.New(apperr.NotFound, "not_shared", "这部手机没有设为共用手机。", "This phone is not declared to be shared.")
	// ErrNotOnPhone says that a phone does not keep somebody.
	ErrNotOnPhone = apperr.New(apperr.NotFound, "not_on_phone", "这部手机上没有这个人，请用手机号登录。", "This phone does not keep that person; please sign in with the phone number.")
	// ErrPhoneFull says that a phone keeps as many people as it may.
	ErrPhoneFull = apperr.New(apperr.Conflict, "phone_full", "这部手机上的人已经满了，请先移走不用的。", "This phone keeps as many people as it may; please take somebody off first.")
	// ErrNoBrowser says that the browser keeps nothing to be known again by.
	ErrNoBrowser = apperr.New(apperr.Conflict, "no_browser", "这个浏览器不保存登录信息，不能设为共用手机。请换一个浏览器，或在设置里允许 Cookie。", "This browser keeps no cookies, so it cannot be shared. Please use another one, or allow cookies.")
)

// SharedPhone is a browser that several people use, as one of them declared.
type SharedPhone struct {
	ID          string
	BrowserHash []byte
	DeclaredBy  string
	DeclaredAt  time.Time
}

// NewSharedPhone returns a phone that is shared from now on.
func NewSharedPhone(browserHash []byte, by string, now time.Time) SharedPhone {
	return SharedPhone{ID: id.New(), BrowserHash: browserHash, DeclaredBy: by, DeclaredAt: now}
}

// OnPhone is a person whom a shared phone keeps, with a PIN that is good there only.
type OnPhone struct {
	PhoneID     string
	VolunteerID string
	Salt, Hash  []byte
	Wrong       int // tries in a row
	KeptAt      time.Time
	UsedAt      time.Time
}

// Locked reports whether the PIN is not looked at any more.
func (p OnPhone) Locked() bool { return p.Wrong >= MaxPINTries }

// Try judges one PIN. It counts the try before matches looks at it, and
// matches, which is slow, is not asked at all once the PIN is locked. It
// returns nil, ErrWrongPIN or ErrPINLocked.
func (p *OnPhone) Try(now time.Time, matches func() bool) error {
	if p.Locked() {
		return ErrPINLocked
	}
	p.Wrong++
	if matches() {
		p.Wrong, p.UsedAt = 0, now
		return nil
	}
	if p.Locked() {
		return ErrPINLocked
	}
	return apperr.For("pin", ErrWrongPIN.With("left", strconv.Itoa(MaxPINTries-p.Wrong)))
}

// ParsePIN understands a PIN as it is typed, in full-width digits too. It
// returns ErrPIN, on the input called pin, for what is none or easily guessed.
func ParsePIN(typed string) (string, error) {
	digits, err := plainDigits(typed)
	if err != nil || len(digits) < pinLeast || len(digits) > pinMost || digits[0] == '+' || easyPIN(digits) {
		return "", apperr.For("pin", ErrPIN)
	}
	return digits, nil
}

// easyPIN reports whether the digits are all the same, or run up or down.
func easyPIN(digits string) bool {
	const up, down = "01234567890", "09876543210"
	return strings.Count(digits, digits[:1]) == len(digits) || strings.Contains(up, digits) || strings.Contains(down, digits)
}
