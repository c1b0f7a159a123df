package roster

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Division is a statistical division as it is known.
type Division struct{ Code, Name, Path, Level, Parent string }

// Places finds divisions by what people write instead of their codes: 浚县善堂镇东街村,
// in one cell or three, with or without 镇 and 村. It is safe for one reader at a time.
type Places struct {
	byCode map[string]*place
	top    []*place
	asked  map[string][]hit // answers so far: a roster asks the same again and again
}

type place struct {
	Division
	below    []*place // at any depth
	names    []string // how it is called, the longest first
	official int      // how many of them are proper names; the rest are loose
}

// hit is a division that a text can mean.
type hit struct {
	at    *place
	loose int    // names on the way that were not proper
	rest  string // what was left of the text
}

// NewPlaces returns the places of a list in which parents stand before children.
func NewPlaces(list []Division) *Places {
	p := &Places{byCode: map[string]*place{}, asked: map[string][]hit{}}
	for _, d := range list {
		one := &place{Division: d}
		one.names, one.official = namesOf(d)
		p.byCode[d.Code] = one
		if p.byCode[d.Parent] == nil {
			p.top = append(p.top, one)
		}
		for above := p.byCode[d.Parent]; above != nil; above = p.byCode[above.Parent] {
			above.below = append(above.below, one)
		}
	}
	return p
}

// endings are what the names of divisions of a level end in, the longest first.
var endings = map[string][]string{
	"city":     {"市"},
	"county":   {"经济技术开发区", "县", "区"},
	"township": {"街道办事处", "街道办", "办事处", "街道", "镇", "乡"},
	"village":  {"社区居民委员会", "社区居委会", "村民委员会", "居民委员会", "村委会", "居委会", "社区", "村"},
}

// proper are the endings by which a division may be called that has one of them.
var proper = map[string][]string{
	"街道": {"街道办事处", "街道办", "办事处"}, "街道办事处": {"街道", "街道办", "办事处"},
	"村民委员会": {"村", "村委会", "村村委会", "村村民委员会"}, "社区居民委员会": {"社区", "社区居委会", "居委会"}, "居民委员会": {"社区", "居委会"},
	"经济技术开发区": {"经开区", "开发区"},
}

func namesOf(d Division) (names []string, official int) {
	names = []string{d.Name}
	stem, ending := d.Name, ""
	for _, e := range endings[d.Level] {
		if rest, ok := strings.CutSuffix(d.Name, e); ok {
			stem, ending = rest, e
			break
		}
	}
	for _, e := range proper[ending] {
		names = append(names, stem+e)
	}
	official = len(names)
	if d.Level == "county" && ending == "经济技术开发区" {
		names = append(names, "经济技术开发区", "经济开发区", "经开区", "开发区")
	}
	if utf8.RuneCountInString(stem) >= 2 {
		for _, e := range endings[d.Level] {
			if d.Level != "county" && !slices.Contains(names, stem+e) {
				names = append(names, stem+e)
			}
		}
		names = append(names, stem)
	}
	return names, official
}

// find returns the divisions that a text means: one, or several that it can
// mean as well, or none.
func (p *Places) find(text string, within []string) []*place {
	text = plainPlace(text)
	if one := p.byNumber(text); one != nil {
		return []*place{one}
	}
	var whole []hit
	for _, h := range p.read(text) {
		if h.rest == "" {
			whole = append(whole, h)
		}
	}
	return best(whole, within)
}

// begin is find for a text that goes on after the place: the name of a team.
func (p *Places) begin(text string, within []string) []*place {
	text = plainPlace(text)
	var longest []hit
	for _, h := range p.read(text) {
		if h.rest == text {
			continue
		}
		if len(longest) > 0 && len(h.rest) < len(longest[0].rest) {
			longest = nil
		}
		if len(longest) == 0 || len(h.rest) == len(longest[0].rest) {
			longest = append(longest, h)
		}
	}
	return best(longest, within)
}

// best keeps what the uploader answers for, when there is any, and of that
// what is called by its proper name.
func best(hits []hit, within []string) []*place {
	if own := slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return !covers(within, h.at.Path) }); len(own) > 0 {
		hits = own
	}
	least := 1 << 30
	for _, h := range hits {
		least = min(least, h.loose)
	}
	var found []*place
	for _, h := range hits {
		if h.loose == least && !slices.Contains(found, h.at) {
			found = append(found, h.at)
		}
	}
	return found
}

func covers(paths []string, path string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(path, p) })
}

// read returns every way to read names from the start of a text, one below the other.
func (p *Places) read(text string) []hit {
	if known, ok := p.asked[text]; ok {
		return known
	}
	var hits []hit
	var down func(from []*place, h hit, depth int)
	down = func(from []*place, h hit, depth int) {
		for _, one := range from {
			for i, name := range one.names {
				rest, ok := strings.CutPrefix(h.rest, name)
				if !ok {
					continue
				}
				next := hit{at: one, loose: h.loose, rest: rest}
				if i >= one.official {
					next.loose++
				}
				hits = append(hits, next)
				if rest != "" && depth < 4 && len(hits) < 1000 {
					down(one.below, next, depth+1)
				}
			}
		}
	}
	for _, top := range p.top {
		down(append([]*place{top}, top.below...), hit{rest: text}, 0)
	}
	p.asked[text] = hits
	return hits
}

// byNumber finds a division by its code, with or without the noughts of lower levels.
func (p *Places) byNumber(text string) *place {
	if len(text) < 4 || strings.Trim(text, "0123456789") != "" {
		return nil
	}
	for code := text; len(code) >= 4; code = code[:len(code)-1] {
		if one := p.byCode[code]; one != nil {
			return one
		}
		if code[len(code)-1] != '0' {
			return nil
		}
	}
	return nil
}

var placeSigns = strings.NewReplacer("河南省", "", "河南", "", "/", "", "-", "", "—", "", "·", "", ",", "", "、", "", ">", "", ".0", "")

// tails are what follows the place where its office is meant.
var tails = []string{"妇女联合会", "妇联", "妇女之家", "党群服务中心"}

func plainPlace(s string) string {
	s = placeSigns.Replace(squeeze(s))
	for _, tail := range tails {
		s = strings.TrimSuffix(s, tail)
	}
	return s
}

// fullName is 浚县善堂镇郭小寨村: from the county down, as people say it.
func (p *Places) fullName(one *place) string {
	name := one.Name
	if one.Level == "village" && one.official > 1 {
		name = one.names[1]
	}
	for above := p.byCode[one.Parent]; above != nil && above.Level != "city"; above = p.byCode[above.Parent] {
		name = above.Name + name
	}
	return name
}
