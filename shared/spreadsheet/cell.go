package spreadsheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Clean returns a cell's text with plain digits, letters and signs for
// full-width ones, one space for any space, and none of the characters that
// nobody sees.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	if r := []rune(s); len(r) > maxText {
		s = string(r[:maxText])
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r), r == '\u3000', r == '\u00a0':
			return ' '
		case unicode.Is(unicode.Cf, r), r == '\ufffd', unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// plain reports whether Clean leaves a text as it is, as it does nearly all of a list's.
func plain(s string) bool {
	for _, r := range s {
		if (r <= ' ' || r > '~') && (r < '\u4e00' || r > '\u9fff') {
			return false
		}
	}
	return len(s) <= maxText
}

// Squeeze is Clean without any space.
func Squeeze(s string) string { return strings.ReplaceAll(Clean(s), " ", "") }

// Nothing reports whether a cell says that there is nothing to say.
func Nothing(s string) bool {
	return strings.Trim(s, "-—–_/\\.·*") == "" || s == "无" || s == "没有" || s == "暂无" || s == "不详"
}

var (
	daily   = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?( .*|T.*)?$`)
	monthly = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?份?$`)
	yearly  = regexp.MustCompile(`^(\d{4})年?$`)
	compact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
)

// Day understands the styles of dates: 2023-5-1, 2023.5, 2023年5月1日,
// 20230501, 2023, and the serial number that a spreadsheet keeps. A month or a
// year is its first day. Midnight in Hebi.
func (b *Book) Day(c Cell) (time.Time, bool) {
	text := Clean(c.Text)
	if c.Number {
		if t, ok := serialDate(text, b.date1904); ok {
			return t, true
		}
	}
	text = strings.TrimSuffix(text, ".0")
	tight := text
	if strings.Contains(text, "年") {
		tight = Squeeze(text)
	}
	for _, style := range []*regexp.Regexp{daily, monthly, yearly, compact} {
		if m := style.FindStringSubmatch(tight); m != nil {
			part := func(i int) int {
				if i >= len(m) || m[i] == "" {
					return 1
				}
				n, _ := strconv.Atoi(m[i])
				return n
			}
			return calendarDay(part(1), part(2), part(3))
		}
	}
	return serialDate(text, b.date1904)
}

func calendarDay(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, clock.City)
	return t, t.Year() == year && int(t.Month()) == month && t.Day() == day && year >= 1900 && year < 2200
}

// serialDate returns the day that a spreadsheet counts as n, from 1900 or 1904.
// Smaller and larger numbers than those of 1927 to 2109 are something else.
func serialDate(text string, date1904 bool) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 10_000 || n > 76_500 {
		return time.Time{}, false
	}
	origin := time.Date(1899, 12, 30, 0, 0, 0, 0, clock.City)
	if date1904 {
		origin = time.Date(1904, 1, 1, 0, 0, 0, 0, clock.City)
	}
	return origin.AddDate(0, 0, int(math.Floor(n))), true
}
