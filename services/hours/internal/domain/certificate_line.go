package domain

import "strings"

// CheckLine is a line that somebody pasted to have a certificate checked.
type CheckLine struct {
	Code   string
	Number RegisterNumber // zero: none
	Name   string         // what stands beside it
}

// ReadCheckLine finds a code or a number in a line, in any order with a name,
// with commas, tabs or spaces between, as a spreadsheet gives it.
func ReadCheckLine(line string) (l CheckLine) {
	parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t　,，、;；|", r) })
	var rest []string
	for _, part := range parts {
		if n, ok := ReadNumber(part); ok && l.Number.Issuer == "" {
			l.Number = n
		} else if code, ok := ReadCode(part); ok && l.Code == "" {
			l.Code = code
		} else {
			rest = append(rest, part)
		}
	}
	l.Name = strings.Join(rest, "")
	return l
}
