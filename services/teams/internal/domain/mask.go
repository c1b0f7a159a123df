package domain

import "strings"

// masked returns a number as it may be shown: its first and last signs, and a
// star for each between. One so short that fewer than three would be stars is
// all stars.
func masked(number string, first, last int) string {
	signs := []rune(number)
	hidden := len(signs) - first - last
	if hidden < 3 {
		return strings.Repeat("*", len(signs))
	}
	return string(signs[:first]) + strings.Repeat("*", hidden) + string(signs[len(signs)-last:])
}
