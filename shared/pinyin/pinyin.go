// Package pinyin lets people find a Chinese name the way they type it: by some
// of its characters, or by the initials of its pinyin (王桂兰 by 桂兰 or by gl).
//
// PostgreSQL's trigrams need three characters, and most Chinese names have two
// or three. So a name is kept with its Grams, an array under a GIN index: each
// of its characters, each pair of neighbours, and the same of its initials. A
// search asks for the grams of what was typed, which the index answers, and
// looks at the few rows that come back with Match.
package pinyin

import (
	"slices"
	"strings"
	"unicode"

	pinyin "github.com/mozillazg/go-pinyin"
)

// Initials returns the first letters of a name's pinyin and its own letters
// and digits, lower case, in order: 浚县 gives "xx", 第3小队 gives "d3xd".
func Initials(name string) string {
	var b strings.Builder
	runes := []rune(plain(name))
	for i := 0; i < len(runes); i++ {
		if known, n := special(runes[i:], i == 0); n > 0 {
			b.WriteString(known)
			i += n - 1
			continue
		}
		switch r := runes[i]; {
		case unicode.Is(unicode.Han, r):
			if sounds := pinyin.SinglePinyin(r, letters); len(sounds) > 0 && sounds[0] != "" {
				b.WriteByte(sounds[0][0])
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

var letters = pinyin.NewArgs()

// Grams returns what a name is found by, each once, in order.
func Grams(name string) []string {
	grams := slices.Concat(pieces(plain(name)), pieces(Initials(name)))
	slices.Sort(grams)
	return slices.Compact(grams)
}

// Query is what somebody typed.
type Query struct{ text string }

// Parse returns a query, empty when nothing was typed that can be looked for.
func Parse(typed string) Query { return Query{text: plain(typed)} }

// Empty reports whether everything matches.
func (q Query) Empty() bool { return q.text == "" }

// Grams returns those that every match has: the pairs of what was typed, or
// its only character.
func (q Query) Grams() []string {
	runes := []rune(q.text)
	if len(runes) == 1 {
		return []string{q.text}
	}
	var pairs []string
	for i := 0; i+1 < len(runes); i++ {
		pairs = append(pairs, string(runes[i:i+2]))
	}
	return pairs
}

// Text returns what was typed as it stands in a name or its initials: the
// value to compare with after the index has answered.
func (q Query) Text() string { return q.text }

// Match reports whether a name, or its initials, holds what was typed.
func (q Query) Match(name string) bool {
	return strings.Contains(plain(name), q.text) || strings.Contains(Initials(name), q.text)
}

// plain drops spaces and dots (买买提·艾合买提), makes full-width letters
// narrow and all letters small.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Han, r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func pieces(s string) []string {
	runes := []rune(s)
	var all []string
	for i := range runes {
		all = append(all, string(runes[i]))
		if i+1 < len(runes) {
			all = append(all, string(runes[i:i+2]))
		}
	}
	return all
}
