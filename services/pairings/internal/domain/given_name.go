package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// doubleSurnames are those of two characters that are met.
var doubleSurnames = []string{
	"欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "东方", "夏侯", "长孙", "宇文", "端木", "南宫", "司空", "百里", "呼延", "东郭",
}

// GivenName returns a name without its surname; one that is not Chinese, or of one
// character, stays as it is up to its first blank.
func GivenName(name string) string {
	letters := []rune(name)
	for i, r := range letters {
		if r == ' ' || r == '·' {
			return string(letters[:i])
		}
	}
	if len(letters) < 2 || letters[0] < '一' || letters[0] > '鿿' {
		return name
	}
	if len(letters) > 2 && slices.Contains(doubleSurnames, string(letters[:2])) {
		return string(letters[2:])
	}
	return string(letters[1:])
}

// AgeOn returns how old somebody is who was born on a day, 2016-03-01; 0 for no day.
func AgeOn(bornOn string, now time.Time) int {
	born, err := time.ParseInLocation(time.DateOnly, bornOn, clock.City)
	if err != nil {
		return 0
	}
	now = now.In(clock.City)
	age := now.Year() - born.Year()
	if now.Month() < born.Month() || now.Month() == born.Month() && now.Day() < born.Day() {
		age--
	}
	return max(age, 0)
}
