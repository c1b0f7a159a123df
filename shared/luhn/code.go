package luhn

import (
	"crypto/rand"
	"strings"
)

// Letters are what codes that people copy by hand are made of: no 0 and O, no
// 1 and I.
const Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// NewCode returns a code of n letters drawn at random, the last of which checks
// the others (Luhn's sum, modulo 32).
func NewCode(n int) string {
	drawn := make([]byte, n-1)
	_, _ = rand.Read(drawn) // never fails
	for i := range drawn {
		drawn[i] = Letters[int(drawn[i])%len(Letters)]
	}
	return string(drawn) + string(letter(string(drawn)))
}

// ReadCode returns a code as it was meant, however it was typed: small letters,
// full-width ones, spaces and dashes between. It reports whether its last letter
// checks the others; one wrong letter is always noticed.
func ReadCode(typed string) (code string, right bool) {
	code = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if r == ' ' || r == '　' || r == '-' {
			return -1
		}
		return r
	}, typed)
	code = strings.ToUpper(code)
	if len(code) < 2 || strings.Trim(code, Letters) != "" {
		return code, false
	}
	last := len(code) - 1
	return code, code[last] == letter(code[:last])
}

func letter(text string) byte {
	const n = len(Letters)
	sum := 0
	for i := range text {
		d := strings.IndexByte(Letters, text[len(text)-1-i])
		if i%2 == 0 {
			d *= 2
			d = d/n + d%n // the sum of its figures, as of a figure of ten
		}
		sum += d
	}
	return Letters[(n-sum%n)%n]
}
