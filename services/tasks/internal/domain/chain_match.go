package domain

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

// Namesake is a member as a 接龙 may name them.
type Namesake struct {
	ID    string
	Name  string
	Phone string // masked: 138****5678
}

// ChainDoubt says why a line is asked about.
type ChainDoubt string

// The doubts. None: the people are certain.
const (
	ChainSure     ChainDoubt = ""
	ChainSameName ChainDoubt = "same_name" // several members are called so
	ChainAlike    ChainDoubt = "alike"     // no member is called so, but some nearly
	ChainTitle    ChainDoubt = "title"     // 王阿姨, 桂兰姐: part of a name
	ChainForOther ChainDoubt = "for_other" // 王桂兰的女儿: a member is named, but may not be who comes
	ChainSaysNo   ChainDoubt = "says_no"   // 去不了, 取消
	ChainUnknown  ChainDoubt = "unknown"
)

// ChainMatch is what a line says, as far as it can be known.
type ChainMatch struct {
	ChainLine
	Doubt ChainDoubt
	IDs   []string // who it names; with a doubt: who it may be
}

var (
	saysNo = regexp.MustCompile(`取消|不去了|去不了|来不了|不来了|不能去|不能来|不参加|退出|请假|有事不|撤了|删掉`)
	// Who wrote the line for somebody, in brackets or behind: (李秀英代报).
	byProxy  = regexp.MustCompile(`[(\[【][^)\]】]*(代|帮|替)[^)\]】]*[)\]】]|\p{Han}{2,4}(代报|代接|帮报|替报|代签|代接龙)`)
	forOther = regexp.MustCompile(`^(的|家的?|他|她)?(女儿|儿子|闺女|儿媳|媳妇|老公|爱人|丈夫|老婆|妈妈?|爸爸?|母亲|父亲|婆婆|公公|姐姐|妹妹|弟弟|哥哥|姐夫|妹夫|孙子|孙女|外孙|朋友|同事|邻居|家属|家人)`)
	proxyFor = regexp.MustCompile(`(替|代替|顶替|顶)$`)
	// What may stand directly before and behind a name and is no part of it.
	before = regexp.MustCompile(`(我是|我叫|本人|姓名|名字|报名|队员|志愿者|队长|副队长|新队员|加上|加|和|与|及|还有|带|参加|接龙)$`)
	behind = regexp.MustCompile(`^(阿姨|大姐|大姨|姨|婶|嫂|大嫂|姐|妹|老师|主任|队长|书记|医生|大夫|同志|女士|先生|师傅|报名|报|参加|准时|准到|到|去|来|能来|能去|可以|带|和|与|及|加|还有|两|俩|[一二三1-9](人|个|位|名)|全家|全程|自己|自带|坐车|骑|开车|我|本人|电话|手机|已|也|上午|下午|谢谢|愿意|积极|一起|一同|一块|收到|没问题|从|负责|穿|请|需要)`)
	// 王阿姨, 老王, 小王, 桂兰姐.
	surnameTitle = regexp.MustCompile(`^(?:(\p{Han})(?:阿姨|大姐|大姨|姨|婶|大婶|嫂|大嫂|姐|妹|老师|主任|队长|队|书记|医生|大夫|女士|师傅|会长|奶奶|大妈)|[老小大](\p{Han}))(?:$|[^\p{Han}])`)
	givenTitle   = regexp.MustCompile(`^(\p{Han}{2})(?:阿姨|大姐|姨|婶|嫂|姐|妹|老师|主任|队长)?(?:$|[^\p{Han}])`)
	hanRun       = regexp.MustCompile(`[\p{Han}·]+`)
	spaced       = regexp.MustCompile(`(^|\P{Han})(\p{Han}) +(\p{Han})(\P{Han}|$)`) // 董 洁
	phone        = regexp.MustCompile(`1\d{10}`)
)

// Crowd is the members of a brigade, to be found by name.
type Crowd struct {
	people []Namesake
	byName map[string][]Namesake
	names  []string // longest first
}

// NewCrowd returns a crowd of those who have a name.
func NewCrowd(people []Namesake) Crowd {
	c := Crowd{byName: map[string][]Namesake{}}
	for _, p := range people {
		if utf8.RuneCountInString(p.Name) < 2 {
			continue
		}
		c.people = append(c.people, p)
		if _, had := c.byName[p.Name]; !had {
			c.names = append(c.names, p.Name)
		}
		c.byName[p.Name] = append(c.byName[p.Name], p)
	}
	slices.SortFunc(c.names, func(x, y string) int { return len(y) - len(x) })
	return c
}

// Match says whom a line names. It is sure only when every name it found is
// whole and one member's; all else is a question for the leader.
func (c Crowd) Match(line ChainLine) ChainMatch {
	m := ChainMatch{ChainLine: line}
	body := strings.TrimSpace(byProxy.ReplaceAllString(line.body, " "))
	body = spaced.ReplaceAllString(body, "$1$2$3$4")
	found, whole, other := c.find(body)
	for _, name := range found {
		ids := c.called(name, body)
		if len(ids) > 1 {
			m.Doubt = ChainSameName
		}
		m.IDs = append(m.IDs, ids...)
	}
	switch {
	case saysNo.MatchString(body):
		m.Doubt = ChainSaysNo
	case len(found) == 0:
		m.Doubt, m.IDs = c.guess(body)
	case other:
		m.Doubt = ChainForOther
	case !whole:
		m.Doubt = ChainAlike
	}
	return m
}

// find returns the names of members in the body, in their order. whole is false
// when one may be part of a longer name, other is true when one is named who
// may not be who comes.
func (c Crowd) find(body string) (found []string, whole, other bool) {
	whole = true
	type place struct {
		at   int
		name string
	}
	var places []place
	rest := body
	for _, name := range c.names {
		for {
			at := strings.Index(rest, name)
			if at < 0 {
				break
			}
			places = append(places, place{at, name})
			rest = rest[:at] + strings.Repeat("\x00", len(name)) + rest[at+len(name):]
		}
	}
	slices.SortFunc(places, func(x, y place) int { return x.at - y.at })
	for _, p := range places {
		left, right := strings.TrimRight(rest[:p.at], " "), rest[p.at+len(p.name):]
		if forOther.MatchString(right) || proxyFor.MatchString(left) {
			other = true
		}
		if cut(rest[:p.at], before, utf8.DecodeLastRuneInString) || cut(right, behind, utf8.DecodeRuneInString) && !forOther.MatchString(right) {
			whole = false
		}
		if !slices.Contains(found, p.name) {
			found = append(found, p.name)
		}
	}
	return found, whole, other
}

// cut reports whether a character that may belong to a name stands at the edge.
func cut(edge string, usual *regexp.Regexp, last func(string) (rune, int)) bool {
	r, _ := last(edge)
	return unicode.Is(unicode.Han, r) && !usual.MatchString(edge)
}

// called returns who is called so: of several, the one whose phone the line has.
func (c Crowd) called(name, body string) (ids []string) {
	for _, p := range c.byName[name] {
		ids = append(ids, p.ID)
	}
	if len(ids) < 2 {
		return ids
	}
	number := phone.FindString(body)
	for _, p := range c.byName[name] {
		if number != "" && p.Phone == number[:3]+"****"+number[7:] {
			return []string{p.ID}
		}
	}
	return ids
}

// guess returns who may be meant where no member's name stands.
func (c Crowd) guess(body string) (ChainDoubt, []string) {
	var alike, title []string
	for _, word := range hanRun.FindAllString(body, -1) {
		for _, p := range c.people {
			switch {
			case nearly(word, p.Name):
				alike = append(alike, p.ID)
			case partOf(word, p.Name):
				title = append(title, p.ID)
			}
		}
	}
	switch {
	case len(alike) > 0:
		return ChainAlike, distinct(alike)
	case len(title) > 0:
		return ChainTitle, distinct(title)
	}
	return ChainUnknown, nil
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// nearly reports whether a word begins with something one slip away from the
// name: another character of the same sound (贵 for 桂), or one left out or
// swapped.
func nearly(word, name string) bool {
	w, n := []rune(word), []rune(name)
	if len(w) >= len(n) {
		start := w[:len(n)]
		different, swapped := 0, slices.Sorted(slices.Values(start))
		for i := range n {
			if start[i] != n[i] {
				different++
			}
		}
		if different == 1 && pinyin.Initials(string(start)) == pinyin.Initials(name) {
			return true
		}
		if different == 2 && slices.Equal(swapped, slices.Sorted(slices.Values(n))) {
			return true
		}
	}
	// 王兰 for 王桂兰; not 王桂 for it, which is how anybody's name may begin.
	return len(n) == 3 && len(w) == 2 && w[0] == n[0] && w[1] == n[2]
}

// partOf reports whether a word names somebody by a part: 王阿姨, 小王, 桂兰姐.
func partOf(word, name string) bool {
	runes := []rune(name)
	if m := surnameTitle.FindStringSubmatch(word); m != nil {
		return m[1]+m[2] == string(runes[0])
	}
	m := givenTitle.FindStringSubmatch(word)
	return m != nil && len(runes) == 3 && m[1] == string(runes[1:])
}
