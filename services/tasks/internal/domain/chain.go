package domain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// A 接龙 is how a WeChat group signs up: a message that everybody copies,
// adding a line with a number and their name. A leader pastes it; it is read
// here and matched to the brigade's members (chain_match.go). Nothing about it
// is certain: people number as they like, put emoji, phones and remarks beside
// their name, write for others, and sign off by writing into the line.

// ChainLine is a line of a 接龙 that names somebody.
type ChainLine struct {
	Number int    // as it was counted; 0 for none
	Text   string // as it was pasted, without blanks around it
	body   string // what is behind the number, in plain signs
}

// MaxChainLines is how many lines of a pasted text are read.
const MaxChainLines = 500

// ReadChain returns the lines of a pasted text that may name somebody. When
// some are numbered, those are the ones and the rest is heading; else every
// line is. Lines with a number and nothing behind it, and examples (例), are
// left out.
func ReadChain(text string) []ChainLine {
	var numbered, plain []ChainLine
	for raw := range strings.Lines(text) {
		line := ChainLine{Text: strings.TrimSpace(raw)}
		clean := plainSigns(line.Text)
		if clean == "" || example.MatchString(clean) {
			continue
		}
		if line.Number, line.body = cutNumber(clean); line.Number > 0 {
			if hasName(line.body) {
				numbered = append(numbered, line)
			}
			continue
		}
		line.body = clean
		if hasName(clean) && !strings.HasPrefix(clean, "#") {
			plain = append(plain, line)
		}
	}
	if len(numbered) == 0 {
		numbered = plain
	}
	return numbered[:min(len(numbered), MaxChainLines)]
}

var (
	example = regexp.MustCompile(`^(例|示例|范例|格式|模板)`)
	// A number, Arabic or Chinese, with or without brackets, and what follows it.
	// A Chinese one needs a mark behind it: 万 and 百 are surnames.
	arabic  = regexp.MustCompile(`^[(\[【<「第]?\s*(\d{1,3})\s*[)\]】>」]?\s*([号位]?\s*[.,:;、。)\-_—·]+|[号位]\s|\s|)\s*(.*)$`)
	chinese = regexp.MustCompile(`^[(\[【]?([一二三四五六七八九十百]{1,5})(?:[)\]】]|[.,:、。]+)\s*(.*)$`)
	// Behind its digits it is a date, a time, a price or a crowd.
	measure = regexp.MustCompile(`^[.:\-/]?\d|^(月|日|年|点|时|元|块|人|个|名|天|小时|分|:\d|场|路|栋|楼|米|公里)`)
)

// cutNumber returns the line's number and what is behind it; 0 when it has none.
func cutNumber(line string) (int, string) {
	if m := arabic.FindStringSubmatch(line); m != nil {
		n, _ := strconv.Atoi(m[1])
		behind := strings.TrimLeft(line[strings.Index(line, m[1])+len(m[1]):], " ")
		if n > 0 && !measure.MatchString(behind) {
			return n, m[3]
		}
		return 0, ""
	}
	if m := chinese.FindStringSubmatch(line); m != nil {
		return chineseNumber(m[1]), m[2]
	}
	return 0, ""
}

func chineseNumber(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		switch r {
		case '十':
			total, digit = total+10*max(digit, 1), 0
		case '百':
			total, digit = total+100*max(digit, 1), 0
		default:
			digit = strings.IndexRune("零一二三四五六七八九", r) / len("一")
		}
	}
	return total + digit
}

// plainSigns writes a line with the plain forms of its signs: full-width ones
// and numbers in circles as their ASCII, unseen ones not at all, emoji as blanks.
func plainSigns(line string) string {
	var b strings.Builder
	for _, r := range line {
		switch {
		case r >= '！' && r <= '～': // full-width ASCII
			b.WriteRune(r - '！' + '!')
		case r == '\u3000' || r == '\u00a0' || r == '\t':
			b.WriteByte(' ')
		case circled(r) > 0:
			b.WriteString(strconv.Itoa(circled(r)) + ".")
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r): // zero-width signs, variation selectors, the box around a digit
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r < unicode.MaxASCII || strings.ContainsRune("、。·—【】「」《》“”〈〉", r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// circled returns the number of ①, ⑴, ⒈, ❶, ㉑ and their like; 0 for other signs.
func circled(r rune) int {
	for _, from := range []struct {
		first, last rune
		number      int
	}{{'①', '⑳', 1}, {'⑴', '⒇', 1}, {'⒈', '⒛', 1}, {'❶', '❿', 1}, {'➀', '➉', 1}, {'➊', '➓', 1}, {'㉑', '㉟', 21}, {'㊱', '㊿', 36}} {
		if r >= from.first && r <= from.last {
			return int(r-from.first) + from.number
		}
	}
	return 0
}

func hasName(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
