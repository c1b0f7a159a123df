package roster

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

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
	if len(upper) == 18 && strings.HasSuffix(upper, "000") && (err != nil || format == spreadsheet.CSV) {
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
