package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// What can be wrong with the number of a resident identity card.
var (
	ErrIDNumber      = apperr.New(apperr.Invalid, "id_number_wrong", "身份证号不对，请核对 18 位号码。", "This is not an identity card's number; please check its 18 characters.")
	ErrIDNumberCheck = apperr.New(apperr.Invalid, "id_number_check", "身份证号最后一位对不上，请看看哪一位写错了。", "The last character of the identity number does not fit the others; please look for a slip.")
	ErrIDNumberOld   = apperr.New(apperr.Invalid, "id_number_old", "这是 15 位的旧身份证号，请填 18 位的新号码。", "This is an old number of 15 digits; please give the one of 18.")
)

// IDNumber is the number of a resident identity card 居民身份证, 18 characters
// with a capital X, or empty for none.
type IDNumber string

// ParseIDNumber understands a number as people type it: with spaces, a small
// x, in full-width characters. It wants a real date and the right check
// character (GB 11643-1999, ISO 7064 MOD 11-2).
func ParseIDNumber(s string) (IDNumber, error) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case strings.ContainsRune("xXｘＸ", r):
			b.WriteByte('X')
		case strings.ContainsRune(" \t\r\n\u00a0\u200b\u202c\u202d\u3000'’`", r): // what spreadsheets put before long numbers
		default:
			return "", ErrIDNumber
		}
	}
	n := IDNumber(b.String())
	switch {
	case len(n) == 15 && !strings.Contains(string(n), "X"):
		return "", ErrIDNumberOld
	case len(n) != 18 || strings.Contains(string(n[:17]), "X"):
		return "", ErrIDNumber
	}
	if birth, ok := n.birthday(); !ok || birth.Year() < 1900 {
		return "", ErrIDNumber
	}
	if n[17] != idCheck(string(n[:17])) {
		return "", ErrIDNumberCheck
	}
	return n, nil
}

// idCheck returns the check character of the first 17 digits.
func idCheck(digits string) byte {
	sum := 0
	for i := range digits {
		sum += int(digits[i]-'0') * (1 << (17 - i) % 11)
	}
	return "10X98765432"[sum%11]
}

func (n IDNumber) birthday() (time.Time, bool) {
	day, err := time.ParseInLocation("20060102", string(n[6:14]), clock.City)
	return day, err == nil
}

// Birthday returns the day of birth, midnight in Hebi. n must not be empty.
func (n IDNumber) Birthday() time.Time {
	day, _ := n.birthday()
	return day
}

// Sex returns "female" or "male". n must not be empty.
func (n IDNumber) Sex() string {
	if (n[16]-'0')%2 == 0 {
		return "female"
	}
	return "male"
}

// AdultOn returns the eighteenth birthday (民法典 art. 17).
func (n IDNumber) AdultOn() time.Time { return n.Birthday().AddDate(18, 0, 0) }

// Masked returns the number as it may be shown: 4106************21, or empty for none.
func (n IDNumber) Masked() string {
	if len(n) != 18 {
		return ""
	}
	return string(n[:4]) + "************" + string(n[16:])
}

// LastFour returns the characters by which a person shows that they know the
// number, or empty for none.
func (n IDNumber) LastFour() string {
	if len(n) != 18 {
		return ""
	}
	return string(n[14:])
}
