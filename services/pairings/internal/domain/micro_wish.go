package domain

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// WishState is how far a 微心愿 is.
type WishState string

// The states.
const (
	WishDrafted   WishState = "drafted"   // waits for another officer's eyes
	WishPublished WishState = "published" // everybody reads it
	WishClaimed   WishState = "claimed"   // by one
	WishFulfilled WishState = "fulfilled" // it was received
	WishRefused   WishState = "refused"   // its words say who somebody is
	WishWithdrawn WishState = "withdrawn" // or nobody wishes it any more
)

// ClaimLasts is how long who claimed a wish has for fulfilling it.
const ClaimLasts = 14 * 24 * time.Hour

// ClaimsAtOnce is how many wishes one person may have claimed at a time.
const ClaimsAtOnce = 3

// MicroWish is a small thing that a child or a family wishes for (微心愿). What a child
// said about a companion is a Wish.
type MicroWish struct {
	ID          string
	Number      int
	SubjectID   string // a child's or a family's
	RegionPath  string
	CountyPath  string
	Sort        string // study | warm | play | health | home | other
	Words       string // as everybody reads them
	State       WishState
	StateAt     time.Time
	DraftedBy   string
	DraftedAt   time.Time
	CheckedBy   string
	CheckedAt   time.Time
	ClaimedBy   string
	ClaimEnds   time.Time
	FulfilledBy string
	Version     int64
}

// What can be wrong with a wish.
var (
	ErrNoWish   = apperr.New(apperr.NotFound, "no_such_wish", "没有这个微心愿，或者它已经不公开了。", "There is no such wish, or it is not public any more.")
	ErrWishText = apperr.New(apperr.Invalid, "wish_text", "请写心愿，5 到 60 字，只写东西，不写人。", "Please write the wish in 5 to 60 characters: the thing, not the person.")
	ErrWishSays = apperr.New(apperr.Invalid, "wish_identifies", "这句话里有姓名、年龄、年级、电话、住址、学校、地名或者家里的情况，会让人知道是谁。请只写东西。",
		"These words hold a name, age, grade, number, address, school, place or something of the home; they say who it is. Please write only the thing.")
	ErrWishState    = apperr.New(apperr.Conflict, "wish_state", "这个心愿的状态刚刚变了，请刷新。", "This wish has just changed; please reload.")
	ErrWishTaken    = apperr.New(apperr.Conflict, "wish_taken", "这个心愿刚刚有人认领了。谢谢您，看看别的心愿吧。", "Somebody has just claimed this wish. Thank you; please look at another one.")
	ErrWishPersons  = apperr.New(apperr.Forbidden, "wish_persons", "写心愿的人不能自己核对，请由另一位负责人核对。", "Who wrote a wish does not check it; please leave it to another officer.")
	ErrWishReceiver = apperr.New(apperr.Forbidden, "wish_receiver", "认领的人不能自己登记签收。", "Who claimed a wish does not acknowledge it.")
	ErrWishClaimer  = apperr.New(apperr.Forbidden, "wish_claimer", "年满 18 周岁才能认领。谢谢您的心意。", "Wishes are claimed by adults. Thank you.")
	ErrWishMany     = apperr.New(apperr.Conflict, "wish_many", "您已经认领了 3 个心愿。先圆了这几个，再认领新的。", "You have three wishes already; please fulfil these first.")
)

// WishSorts are the sorts of wishes.
var WishSorts = []string{"study", "warm", "play", "health", "home", "other"}

// DraftWish writes a wish down for another officer to check. known is what the sealed
// record says of who it is; none of it may stand in the words.
func DraftWish(subjectID, regionPath, sort, words string, known []string, by string, now time.Time) (MicroWish, error) {
	words = strings.Join(strings.Fields(words), " ")
	if n := utf8.RuneCountInString(words); n < 5 || n > 60 {
		return MicroWish{}, apperr.For("words", ErrWishText)
	}
	if Identifies(words, known) {
		return MicroWish{}, apperr.For("words", ErrWishSays)
	}
	return MicroWish{
		ID: id.New(), SubjectID: subjectID, RegionPath: regionPath, CountyPath: countyOf(regionPath), Sort: sort, Words: words, State: WishDrafted, StateAt: now,
		DraftedBy: by, DraftedAt: now, Version: 1,
	}, nil
}

// countyOf is the part of a path that sums go down to: city and county.
func countyOf(path string) string {
	parts := strings.SplitAfterN(path, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "")
}

// Five digits in a row are no size and no price: they are of a telephone or a paper.
// Places end as places do. An age, a grade or a birthday says which child it is where
// there are few; and what is public calls nobody poor or left behind. It refuses some
// words too many: an officer finds others.
var identifying = regexp.MustCompile(`[0-9]{5,}|\p{Han}(村|镇|乡|小学|中学|幼儿园|社区|街道|号楼|单元)|岁|年级|[0-9]月[0-9]+[日号]|留守|困难|困境|贫困|低保|孤儿|残疾`)

// called is what a place is called before that in which its name ends, once or several
// times: 屯子镇码头村 is 屯子 and 码头.
var called = regexp.MustCompile(`(\p{Han}{2,}?)(村民委员会|居民委员会|村委会|居委会|街道办事处|街道|社区|村|镇|乡|县|区|市)`)

// PlaceNames are how people call a place, with and without what its name ends in.
func PlaceNames(name string) []string {
	names := []string{name}
	for _, part := range called.FindAllStringSubmatch(name, -1) {
		names = append(names, part[1])
	}
	return names
}

// PlacesOf are the paths of a region and of those that it is in, without the city.
func PlacesOf(regionPath string) (paths []string) {
	parts := strings.SplitAfter(regionPath, "/")
	for i := 2; i < len(parts); i++ {
		paths = append(paths, strings.Join(parts[:i], ""))
	}
	return paths
}

// pupils are no schools.
var pupils = strings.NewReplacer("小学生", "学生", "中学生", "学生")

// Identifies reports whether words hold a number, a place, or a part of what is known:
// a name or the given name of one, four characters in a row of an address.
func Identifies(words string, known []string) bool {
	plain := plainText(pupils.Replace(words))
	if identifying.MatchString(plain) {
		return true
	}
	for _, secret := range known {
		runes := []rune(plainText(secret))
		switch n := len(runes); {
		case n < 2:
		case n <= 4: // a name: whole, and the given name
			if strings.Contains(plain, string(runes)) || n >= 3 && strings.Contains(plain, string(runes[1:])) {
				return true
			}
		default:
			for i := 0; i+4 <= n; i++ {
				if strings.Contains(plain, string(runes[i:i+4])) {
					return true
				}
			}
		}
	}
	return false
}

var digits = []rune("一二三四五六七八九")

// plainText leaves out what people put between the characters of a name, and makes full
// width and Chinese digits plain ones.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r = r - '！' + '!'
		case r == '〇' || r == '零':
			r = '0'
		}
		if i := slices.Index(digits, r); i >= 0 {
			r = '1' + rune(i)
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func (w MicroWish) at(state WishState, now time.Time) MicroWish {
	w.State, w.StateAt, w.Version = state, now, w.Version+1
	return w
}

// Decide publishes a wish, or refuses its words; another person than who wrote it must.
func (w MicroWish) Decide(publish bool, by string, now time.Time) (MicroWish, error) {
	if w.State != WishDrafted {
		return w, ErrWishState
	}
	w.CheckedBy, w.CheckedAt = by, now
	if !publish {
		w.Words = "" // they may say who somebody is
		return w.at(WishRefused, now), nil
	}
	return w.at(WishPublished, now), nil
}

// Claim gives a published wish to one person.
func (w MicroWish) Claim(by string, now time.Time) (MicroWish, error) {
	switch w.State {
	case WishPublished:
	case WishClaimed:
		return w, ErrWishTaken
	default:
		return w, ErrNoWish
	}
	w.ClaimedBy, w.ClaimEnds = by, now.Add(ClaimLasts)
	return w.at(WishClaimed, now), nil
}

// Return makes a claimed wish everybody's again.
func (w MicroWish) Return(now time.Time) (MicroWish, error) {
	if w.State != WishClaimed {
		return w, ErrWishState
	}
	w.ClaimedBy, w.ClaimEnds = "", time.Time{}
	return w.at(WishPublished, now), nil
}

// Fulfil notes that what was wished for was received.
func (w MicroWish) Fulfil(by string, now time.Time) (MicroWish, error) {
	if w.State != WishClaimed {
		return w, ErrWishState
	}
	w.FulfilledBy, w.ClaimEnds = by, time.Time{}
	return w.at(WishFulfilled, now), nil
}

// Withdraw takes a wish back that is not fulfilled.
func (w MicroWish) Withdraw(now time.Time) (MicroWish, error) {
	switch w.State {
	case WishDrafted, WishPublished, WishClaimed:
		w.ClaimedBy, w.ClaimEnds = "", time.Time{}
		return w.at(WishWithdrawn, now), nil
	}
	return w, ErrWishState
}

// LeastCell is the smallest number that a public table shows.
const LeastCell = 5

// Cell is a figure of a public table; an empty Name is all others together.
type Cell struct {
	Name string
	N    int
}

// PublicCells returns what may be shown of how many there are in each place. A number
// below LeastCell would say that it is one of a few: such places are put together with
// each other, and with the next larger ones until they are two places or more and
// LeastCell or more, so that no difference between what is shown and any sum of it gives
// a small number back. When even all together are fewer nothing is shown.
func PublicCells(counts map[string]int) []Cell {
	var cells []Cell
	for name, n := range counts {
		if n > 0 {
			cells = append(cells, Cell{name, n})
		}
	}
	slices.SortFunc(cells, func(a, b Cell) int { return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Name, b.Name)) })
	others, places := 0, 0
	for places < len(cells) {
		if cells[places].N >= LeastCell && (places == 0 || places > 1 && others >= LeastCell) {
			break
		}
		others, places = others+cells[places].N, places+1
	}
	shown := cells[places:]
	slices.Reverse(shown)
	if others >= LeastCell {
		shown = append(shown, Cell{N: others})
	}
	return shown
}
