// Package luhn makes and checks the last digit of numbers that people copy by
// hand: volunteer numbers, certificate numbers (ISO/IEC 7812-1, annex B). One
// wrong digit, and almost every swap of two neighbours, is noticed.
package luhn

// Digit returns the check digit of a text of digits.
func Digit(digits string) byte {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// Valid reports whether a text is digits of which the last one checks the others.
func Valid(number string) bool {
	if len(number) < 2 {
		return false
	}
	for _, r := range number {
		if r < '0' || r > '9' {
			return false
		}
	}
	last := len(number) - 1
	return number[last] == Digit(number[:last])
}
