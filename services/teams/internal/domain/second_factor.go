package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

const (
	// RecoveryCodes is how many are made at a time.
	RecoveryCodes = 10
	// MaxFactorTries is how many wrong codes in a row a person has; then it is
	// FactorPause before the next is looked at.
	MaxFactorTries = 5
	// FactorPause follows the last of them.
	FactorPause = 15 * time.Minute
	// ChallengeLife is how long a passkey has to sign.
	ChallengeLife = 5 * time.Minute
	// MaxPasskeys is how many one person keeps.
	MaxPasskeys = 10
)

var (
	// ErrWrongFactor says that a code or a passkey does not match, or was used before.
	ErrWrongFactor = apperr.New(apperr.Invalid, "factor_wrong", "验证没有通过。请看一下最新的动态码，或换一种方式再试。", "This did not match. Please look at the newest code, or try another way.")
	// ErrFactorPause says that too many codes were wrong.
	ErrFactorPause = apperr.New(apperr.TooMany, "factor_pause", "错得太多了，请 15 分钟后再试，或使用通行密钥。", "Too many codes were wrong. Please try again in 15 minutes, or use a passkey.")
	// ErrNoPasskey says that there is no such passkey.
	ErrNoPasskey = apperr.New(apperr.NotFound, "no_such_passkey", "没有这个通行密钥。", "There is no such passkey.")
	// ErrTooManyPasskeys says that no more are kept.
	ErrTooManyPasskeys = apperr.New(apperr.Conflict, "too_many_passkeys", "通行密钥太多了，请先删除不用的。", "There are too many passkeys; please delete those you no longer use.")
	// ErrPasskeysOff says that this installation has no name that passkeys could belong to.
	ErrPasskeysOff = apperr.New(apperr.Conflict, "passkeys_off", "这个地址不能使用通行密钥，请用动态码。", "Passkeys do not work at this address; please use a code app.")
	// ErrTOTPThere says that a code app is in use already.
	ErrTOTPThere = apperr.New(apperr.Conflict, "totp_there", "已经在用动态码了。要换一个，请先停用。", "A code app is in use already. To change it, remove it first.")
	// ErrNoTOTP says that no code app is in use.
	ErrNoTOTP = apperr.New(apperr.NotFound, "no_totp", "还没有设置动态码。", "No code app is set up.")
	// ErrOwnFactor says that nobody takes off their own protection that way.
	ErrOwnFactor = apperr.New(apperr.Conflict, "own_factor", "自己的二次验证要由另一位管理员重置。", "Your own second factor must be reset by another administrator.")
)

// Passkey is a credential that a person's phone, computer or security key holds.
type Passkey struct {
	ID           string
	VolunteerID  string
	CredentialID []byte
	Credential   []byte // as the library of app keeps it
	Name         string
	CreatedAt    time.Time
	UsedAt       time.Time // zero: not yet
}

// TOTP is the secret that a person's code app shares with us.
type TOTP struct {
	VolunteerID string
	Secret      string // base32
	CreatedAt   time.Time
	ConfirmedAt time.Time // zero: no code came back yet
	LastStep    int64     // the newest half minute a code of which was taken
}

// Accept takes the code of a half minute, once and never after a later one.
// It reports false for one that was taken before.
func (t *TOTP) Accept(step int64) bool {
	if step <= t.LastStep {
		return false
	}
	t.LastStep = step
	return true
}

// FactorTries are the wrong codes of a person, in a row.
type FactorTries struct {
	VolunteerID string
	Wrong       int
	LastAt      time.Time
}

// Allowed returns ErrFactorPause while no code is looked at.
func (t FactorTries) Allowed(now time.Time) error {
	if t.Wrong >= MaxFactorTries && now.Before(t.LastAt.Add(FactorPause)) {
		return ErrFactorPause
	}
	return nil
}

// Add notes a wrong code.
func (t *FactorTries) Add(now time.Time) {
	if !now.Before(t.LastAt.Add(FactorPause)) {
		t.Wrong = 0
	}
	t.Wrong, t.LastAt = min(t.Wrong+1, MaxFactorTries), now
}

// NewRecoveryCode returns a code of 120 random bits as it is written down:
// six groups of four letters and digits.
func NewRecoveryCode() string {
	var raw [15]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	text := base32.StdEncoding.EncodeToString(raw[:])
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// HashRecoveryCode returns what is kept of a recovery code, however it is
// typed. A fast hash will do: nobody can try out 112 random bits or more (ASVS 6.5.2).
func HashRecoveryCode(typed string) []byte {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '2' && r <= '7':
			return r
		case r == '0':
			return 'O'
		case r == '1':
			return 'I'
		case r == '8':
			return 'B'
		}
		return -1
	}, typed)
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}
