package domain

import (
	"strings"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrPhone says that a text is not a mainland mobile number.
var ErrPhone = apperr.New(apperr.Invalid, "phone_wrong", "手机号不对，请填 11 位手机号。", "This is not a mobile number; please give the 11 digits.")

// Phone is a mainland mobile number as its 11 digits, or empty for none.
type Phone string

// ParsePhone understands a number as people type it: with spaces or dashes,
// with +86, 86 or 0086 before it, in full-width digits. It returns ErrPhone,
// on the input called phone, for anything else.
func ParsePhone(s string) (Phone, error) {
	digits, err := plainDigits(s)
	if err != nil {
		return "", apperr.For("phone", ErrPhone)
	}
	for _, country := range []string{"+86", "0086", "86"} {
		if rest, ok := strings.CutPrefix(digits, country); ok && len(rest) == 11 {
			digits = rest
			break
		}
	}
	if len(digits) != 11 || digits[0] != '1' || digits[1] < '3' {
		return "", apperr.For("phone", ErrPhone)
	}
	return Phone(digits), nil
}

// Masked returns the number as it may be shown: 138****5678, or empty for none.
func (p Phone) Masked() string {
	if len(p) != 11 {
		return ""
	}
	return string(p[:3]) + "****" + string(p[7:])
}

// plainDigits makes full-width digits plain and drops what people put between
// them. It keeps a plus sign at the start and refuses everything else.
func plainDigits(s string) (string, error) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case (r == '+' || r == '＋') && b.Len() == 0:
			b.WriteByte('+')
		case strings.ContainsRune(" \t\r\n\u00a0\u200b\u202c\u202d\u3000-－‐‑–—―−()（）", r): // the invisible ones come with a pasted contact
		default:
			return "", ErrPhone
		}
	}
	return b.String(), nil
}
