package roster

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// clean returns a cell's text with plain digits, letters and signs for
// full-width ones, one space for any space, and none of the characters that
// nobody sees.
func clean(s string) string {
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

// plain reports whether clean leaves a text as it is, as it does nearly all of a roster's.
func plain(s string) bool {
	for _, r := range s {
		if (r <= ' ' || r > '~') && (r < '\u4e00' || r > '\u9fff') {
			return false
		}
	}
	return len(s) <= maxText
}

// squeeze is clean without any space.
func squeeze(s string) string { return strings.ReplaceAll(clean(s), " ", "") }

// nothing reports whether a cell says that there is nothing to say.
func nothing(s string) bool {
	return strings.Trim(s, "-—–_/\\.·*") == "" || s == "无" || s == "没有" || s == "暂无" || s == "不详"
}

var withExponent = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d+$`)

// digitsOf returns a number kept as 13812345678.0 or 1.3812345678E10 as its digits.
func digitsOf(s string) string {
	s = strings.TrimPrefix(squeeze(s), "'")
	if whole, ok := strings.CutSuffix(s, ".0"); ok {
		s = whole
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && withExponent.MatchString(s) && n < 1e15 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return s
}

var landline = regexp.MustCompile(`^(0\d{2,3}-?)?\d{7,8}(-\d+)?$`)

// readPhone returns a mobile number's digits, or empty and what is wrong.
func readPhone(c Cell) (string, Kind) {
	text := digitsOf(c.Text)
	if nothing(text) {
		return "", ""
	}
	if phone, err := domain.ParsePhone(text); err == nil {
		return string(phone), ""
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/、,;|或", r) })
	switch {
	case len(parts) > 1, len(text) == 22:
		return "", PhoneTwo
	case landline.MatchString(text):
		return "", PhoneLandline
	}
	return "", PhoneWrong
}

// readID returns an identity number, or empty and what is wrong. A spreadsheet
// keeps 15 digits of a number and makes noughts of the rest, so that what ends
// in 000 was ruined, unless the cell is text and the check character fits.
func readID(c Cell, format Format) (string, Kind) {
	text := strings.TrimPrefix(squeeze(c.Text), "'")
	if nothing(text) {
		return "", ""
	}
	upper := strings.ToUpper(text)
	if withExponent.MatchString(upper) || c.Number && len(upper) > 15 {
		return "", IDRuined
	}
	id, err := domain.ParseIDNumber(text)
	if len(upper) == 18 && strings.HasSuffix(upper, "000") && (err != nil || format == CSV) {
		return "", IDRuined
	}
	switch {
	case err == nil:
		return string(id), ""
	case errors.Is(err, domain.ErrIDNumberCheck):
		return "", IDCheck
	case errors.Is(err, domain.ErrIDNumberOld):
		return "", IDOld
	}
	return "", IDWrong
}

var (
	daily   = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?( .*|T.*)?$`)
	monthly = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?份?$`)
	yearly  = regexp.MustCompile(`^(\d{4})年?$`)
	compact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
)

// readDate understands the styles of dates: 2023-5-1, 2023.5, 2023年5月1日,
// 20230501, 2023, and the serial number that a spreadsheet keeps. A month or a
// year is its first day. Midnight in Hebi.
func readDate(c Cell, date1904 bool) (time.Time, bool) {
	text := clean(c.Text)
	if c.Number {
		if t, ok := serialDate(text, date1904); ok {
			return t, true
		}
	}
	text = strings.TrimSuffix(text, ".0")
	tight := text
	if strings.Contains(text, "年") {
		tight = squeeze(text)
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
	return serialDate(text, date1904)
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

var counted = regexp.MustCompile(`^(\d{1,5})(\.0+)?(人|名|个)?$`)

// readCount understands 25, 25人 and 25.0.
func readCount(text string) (int, bool) {
	m := counted.FindStringSubmatch(squeeze(text))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil
}

// readSex returns female, male, or empty.
func readSex(text string) string {
	switch strings.ToLower(squeeze(text)) {
	case "女", "女性", "f", "female":
		return "female"
	case "男", "男性", "m", "male":
		return "male"
	}
	return ""
}

// readRole returns a role and whether the word is one that says so.
func readRole(text string) (role string, clear bool) {
	text = squeeze(text)
	switch {
	case strings.Contains(text, "副"), strings.Contains(text, "队长助理"):
		return "deputy", true
	case strings.HasSuffix(text, "队长"), strings.Contains(text, "负责人"), text == "领队", text == "组长", strings.ToLower(text) == "leader":
		return "leader", true
	case text == "队员", text == "成员", text == "志愿者", text == "组员", text == "普通队员":
		return "member", true
	}
	return "member", false
}
