package domain

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// The rotating code.
//
// A shift has a secret key that only its leader's page and this service hold.
// Time is cut into steps of ten seconds; for each step the page draws a QR
// code (96 bits of HMAC-SHA-256 over the shift and the step) and six digits
// (20 bits, another prefix). Whoever shows a valid code stood in front of the
// leader's screen at that step: the code is itself the clock, whatever the
// volunteer's phone says the time is.
//
// Accepted are the step of the instant and its two neighbours: a photo sent
// on is worthless after 20 to 30 seconds, while a slow hand or a screen that
// runs three seconds late is no hindrance (docs/check-in.md).

// Step is how long one code is shown.
const Step = 10 * time.Second

const (
	codePrefix   = "qihe-code-v1"
	digitsPrefix = "qihe-digits-v1"
	codeBytes    = 12
	keyBytes     = 32
)

// ErrCodeExpired tells that a code is not, or no longer, right.
var ErrCodeExpired = apperr.New(apperr.Conflict, "code_expired", "这个码已经过期，请对着队长的屏幕重新扫一次。", "This code has expired; please scan the leader's screen again.")

// Key is a shift's secret.
type Key []byte

// Code returns the QR code's text for the shift at the step of t.
func (k Key) Code(shiftID string, t time.Time) string {
	return base64.RawURLEncoding.EncodeToString(k.mac(codePrefix, shiftID, stepOf(t))[:codeBytes])
}

// Digits returns the six digits for the shift at the step of t.
func (k Key) Digits(shiftID string, t time.Time) string { return k.digits(shiftID, stepOf(t)) }

// AcceptsCode reports whether code was on the leader's screen around t.
func (k Key) AcceptsCode(shiftID, code string, t time.Time) bool {
	return k.around(t, func(step int64) bool {
		want := base64.RawURLEncoding.EncodeToString(k.mac(codePrefix, shiftID, step)[:codeBytes])
		return subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
	})
}

// AcceptsDigits reports whether the six digits were on the leader's screen around t.
func (k Key) AcceptsDigits(shiftID, digits string, t time.Time) bool {
	return k.around(t, func(step int64) bool {
		return subtle.ConstantTimeCompare([]byte(k.digits(shiftID, step)), []byte(digits)) == 1
	})
}

// StepOf returns when the step began that a code of the shift was drawn in, and
// whether there was one. It looks through every step at which presence can be
// proved, first around hint, which is usually right: 2 µs a step.
func (s Shift) StepOf(code string, hint time.Time) (time.Time, bool) {
	first, last := stepOf(s.CheckInOpens()), stepOf(s.CheckOutCloses())
	near := min(max(stepOf(hint), first), last)
	for away := int64(0); away <= last-first; away++ {
		for _, step := range []int64{near - away, near + away} {
			if step < first || step > last {
				continue
			}
			want := base64.RawURLEncoding.EncodeToString(s.Key.mac(codePrefix, s.ID, step)[:codeBytes])
			if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
				return time.Unix(step*int64(Step/time.Second), 0).UTC(), true
			}
		}
	}
	return time.Time{}, false
}

func (k Key) around(t time.Time, right func(step int64) bool) bool {
	now := stepOf(t)
	return right(now) || right(now-1) || right(now+1)
}

func (k Key) digits(shiftID string, step int64) string {
	n := binary.BigEndian.Uint32(k.mac(digitsPrefix, shiftID, step))
	return fmt.Sprintf("%06d", n%1_000_000)
}

func (k Key) mac(prefix, shiftID string, step int64) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(prefix))
	raw, _ := hex.DecodeString(strings.ReplaceAll(shiftID, "-", "")) // our own UUIDs
	h.Write(raw)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(step))) //nolint:gosec // steps since 1970 are positive
	return h.Sum(nil)
}

func stepOf(t time.Time) int64 { return t.Unix() / int64(Step/time.Second) }
