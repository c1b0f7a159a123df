package domain

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

const (
	// CodeLife is how long a code can be used. ASVS 5.0 (6.6) allows ten minutes.
	CodeLife = 5 * time.Minute
	// MaxGuesses is how many tries a code stands; then a new one must be asked
	// for. Five of a million: one in 200,000 codes would be guessed.
	MaxGuesses = 5

	codeDigits = 6
)

var (
	// ErrWrongCode says that the code does not match and may be tried again.
	ErrWrongCode = apperr.New(apperr.Invalid, "code_wrong", "验证码不对，请看一下最新的短信。", "This is not the right code; please look at the newest message.")
	// ErrNotRegistered says that the phone is proved and nobody has its number.
	ErrNotRegistered = apperr.New(apperr.Invalid, "not_registered", "这个号码还没有登记。想成为志愿者，请点“我要注册”。", "Nobody is registered with this number yet. To become a volunteer, please choose “Register”.")
	// ErrCodeSpent says that no code can be used any more: too old, used, or
	// tried too often. It is the same for a number that nobody has.
	ErrCodeSpent = apperr.New(apperr.Invalid, "code_spent", "验证码已经不能用了，请重新获取。", "This code can no longer be used; please ask for a new one.")
)

// SignInCode is a one-time code that was sent to a number, or would have been
// if anybody had that number. One that Registers was sent in any case. The
// digits themselves are kept nowhere.
type SignInCode struct {
	ID           string
	PhoneIndex   []byte // blind index of the number
	AddressIndex []byte // blind index of the address it was asked from
	BrowserHash  []byte // where it can be used: the browser that asked; empty: one that is not known
	VolunteerID  string // whose number it is; empty: nobody's
	Registers    bool   // was asked for to register, and sent whoever has the number
	Salt, Hash   []byte
	Guesses      int
	CreatedAt    time.Time
	ExpiresAt    time.Time
	UsedAt       time.Time // zero while unused
}

// NewSignInCode returns a code for a number, made now. hash is the slow hash
// of its digits with the salt.
func NewSignInCode(phoneIndex, addressIndex []byte, now time.Time) SignInCode {
	return SignInCode{
		ID:           id.New(),
		PhoneIndex:   phoneIndex,
		AddressIndex: addressIndex,
		CreatedAt:    now,
		ExpiresAt:    now.Add(CodeLife),
	}
}

// Sent reports whether the code went out to the phone.
func (c SignInCode) Sent() bool { return c.VolunteerID != "" || c.Registers }

// RandomDigits returns six digits from the system's secure source, all equally likely.
func RandomDigits() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // impossible: the source ends the program rather than fail
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}

// ParseDigits understands a code as people type it: with spaces, in full-width
// digits. It returns ErrWrongCode, on the input called code, for anything else.
func ParseDigits(s string) (string, error) {
	digits, err := plainDigits(s)
	if err != nil || len(digits) != codeDigits || digits[0] == '+' {
		return "", apperr.For("code", ErrWrongCode)
	}
	return digits, nil
}

// Try judges one guess. It counts the guess before matches looks at it, and
// matches, which is slow, is not asked at all once the code is spent. A right
// guess uses the code up. It returns nil, ErrWrongCode or ErrCodeSpent.
func (c *SignInCode) Try(now time.Time, matches func() bool) error {
	if !c.UsedAt.IsZero() || c.Guesses >= MaxGuesses || !now.Before(c.ExpiresAt) {
		return apperr.For("code", ErrCodeSpent)
	}
	c.Guesses++
	if !matches() || !c.Sent() {
		if c.Guesses == MaxGuesses {
			return apperr.For("code", ErrCodeSpent)
		}
		return apperr.For("code", ErrWrongCode)
	}
	c.UsedAt = now
	return nil
}
