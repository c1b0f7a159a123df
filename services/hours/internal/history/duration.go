package history

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

var (
	bareNumber = regexp.MustCompile(`^(\d{1,4}(?:\.\d+)?)$`)
	hoursOnly  = regexp.MustCompile(`^(\d{1,4}(?:\.\d+)?)(?:个)?(?:小时|时|h|hr|hrs|hours?|钟头)(半)?$`)
	andHalf    = regexp.MustCompile(`^(\d{1,2})个半(?:小时|钟头)$`)
	minsOnly   = regexp.MustCompile(`^(\d{1,4})(?:分钟|分|min|mins|minutes?|m)钟?$`)
	both       = regexp.MustCompile(`^(\d{1,2})(?:个)?(?:小时|时|h|钟头)(?:零)?(\d{1,2})(?:分钟|分|min|m)?$`)
	colon      = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::00)?$`)
	spoken     = strings.NewReplacer("两", "2", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
)

// readMinutes understands 2.5, 2.5小时, 2小时30分, 两个半小时, 半小时, 90分钟 and 2:30.
// A bare number is hours, unless the column is one of minutes. A doubt is not
// guessed: 0, and what is wrong.
func readMinutes(c spreadsheet.Cell, inMinutes bool) (int, domain.HistoryKind) {
	text := strings.ToLower(spreadsheet.Squeeze(c.Text))
	switch {
	case spreadsheet.Nothing(text):
		return 0, domain.HistoryNoTime
	case text == "半小时" || text == "半个小时":
		return 30, ""
	case text == "十小时" || text == "十个小时":
		return 600, ""
	}
	if !strings.Contains(text, "十") {
		text = spoken.Replace(text)
	}
	text = strings.ReplaceAll(text, "：", ":")
	number := func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f }
	minutes := math.NaN()
	if m := bareNumber.FindStringSubmatch(text); m != nil {
		minutes = number(m[1]) * 60
		if inMinutes {
			minutes = number(m[1])
		} else if c.Number && number(m[1]) < 1 && number(m[1]) != 0.5 {
			return 0, domain.HistoryTimeWrong // 2:30, which a spreadsheet keeps as part of a day, or a few minutes: nobody can say
		}
	} else if m := hoursOnly.FindStringSubmatch(text); m != nil {
		if minutes = number(m[1]) * 60; m[2] != "" {
			minutes += 30
		}
	} else if m := andHalf.FindStringSubmatch(text); m != nil {
		minutes = number(m[1])*60 + 30
	} else if m := minsOnly.FindStringSubmatch(text); m != nil {
		minutes = number(m[1])
	} else if m := firstOf(text, both, colon); m != nil && number(m[2]) < 60 {
		minutes = number(m[1])*60 + number(m[2])
	}
	whole := math.Round(minutes)
	switch {
	case math.IsNaN(minutes) || whole < 1:
		return 0, domain.HistoryTimeWrong
	case whole > 24*60:
		return 0, domain.HistoryTimeLong
	}
	return int(whole), ""
}

func firstOf(text string, styles ...*regexp.Regexp) []string {
	for _, style := range styles {
		if m := style.FindStringSubmatch(text); m != nil {
			return m
		}
	}
	return nil
}

var part = regexp.MustCompile(`^\d{4}([-/.年]\d{1,2}月?份?|年|\d{2})?$`) // a year, or a month of one

// readDay understands the styles of dates; 0, and what is wrong, for what is no
// whole day.
func readDay(book *spreadsheet.Book, c spreadsheet.Cell) (domain.Day, domain.HistoryKind) {
	text := spreadsheet.Squeeze(c.Text)
	if spreadsheet.Nothing(text) {
		return 0, domain.HistoryNoDay
	}
	if part.MatchString(text) {
		return 0, domain.HistoryDayPart
	}
	day, ok := book.Day(c)
	if !ok {
		return 0, domain.HistoryDayWrong
	}
	return domain.DayOf(day), ""
}
