package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Wish is what a child said when an officer asked (孩子自己的意愿; 《未成年人保护法》
// art. 22). The newest counts; without one that says yes there is no pairing.
type Wish struct {
	ID         string
	ChildID    string
	Wants      bool
	TalkedOn   string // 2026-11-24
	Sealed     []byte // WishWords
	RecordedBy string // who talked with the child
	RecordedAt time.Time
}

// WishWords are the child's own words.
type WishWords struct {
	Words string `json:"words"`
}

// What can be wrong with a wish.
var (
	ErrWishDay   = apperr.New(apperr.Invalid, "wish_day", "谈话日期不对：要在过去三十天以内，不能是以后。", "The day must be within the past thirty days.")
	ErrWishWords = apperr.New(apperr.Invalid, "wish_words", "请写孩子自己是怎么说的，300 字以内。", "Please write what the child said, in at most 300 characters.")
)

// NewWish returns what a child said on a day, its words not yet sealed.
func NewWish(childID string, wants bool, talkedOn, words, by string, now time.Time) (Wish, WishWords, error) {
	w := WishWords{strings.TrimSpace(words)}
	day, err := time.ParseInLocation(time.DateOnly, talkedOn, clock.City)
	switch {
	case err != nil || day.After(now) || day.Before(now.AddDate(0, 0, -31)):
		return Wish{}, w, apperr.For("talked_on", ErrWishDay)
	case !within(w.Words, 300):
		return Wish{}, w, apperr.For("words", ErrWishWords)
	}
	return Wish{ID: id.New(), ChildID: childID, Wants: wants, TalkedOn: talkedOn, RecordedBy: by, RecordedAt: now}, w, nil
}
