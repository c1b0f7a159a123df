package domain

import (
	"crypto/sha256"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/luhn"
)

// Display is a link with which a screen on a wall, to which nobody is signed in,
// reads what the wall of its region shows, and nothing else (大屏链接).
type Display struct {
	ID         string
	RegionPath string
	Label      string // where the screen hangs
	Hash       []byte // of the key, which is not kept
	MadeBy     string
	MadeAt     time.Time
	EndsAt     time.Time
	SeenAt     time.Time // when a screen opened it last; zero: never
	EndedBy    string
	EndedAt    time.Time // zero unless an officer ended it
}

// What can be wrong with a display's link.
var (
	ErrNoDisplay    = apperr.New(apperr.NotFound, "no_such_display", "这个大屏链接已经停用或到期，请到后台“大屏”里换一个。", "This wall screen's link has ended; please make a new one in the console.")
	ErrDisplayLabel = apperr.New(apperr.Invalid, "display_label", "请写明屏幕挂在哪里，40 字以内。", "Please say where the screen hangs, in at most 40 characters.")
	ErrDisplayDays  = apperr.New(apperr.Invalid, "display_days", "链接的有效期要在 1 到 366 天之间。", "A link is good for 1 to 366 days.")
)

// keyLetters is the length of a key: fifteen letters of five bits that nobody
// guesses, and one that checks them. Somebody may have to enter it with a remote
// control.
const keyLetters = 16

// NewDisplay returns a link for a region that is good for some days, and its key.
func NewDisplay(regionPath, label string, days int, by string, now time.Time) (d Display, key string, err error) {
	label = strings.TrimSpace(label)
	switch {
	case label == "" || utf8.RuneCountInString(label) > 40:
		return d, "", apperr.For("label", ErrDisplayLabel)
	case days < 1 || days > 366:
		return d, "", apperr.For("days", ErrDisplayDays)
	}
	key = luhn.NewCode(keyLetters)
	return Display{
		ID: id.New(), RegionPath: regionPath, Label: label, Hash: displayHash(key), MadeBy: by, MadeAt: now, EndsAt: now.AddDate(0, 0, days),
	}, key, nil
}

// Good reports whether screens may use the link.
func (d Display) Good(now time.Time) bool { return d.EndedAt.IsZero() && now.Before(d.EndsAt) }

// ReadDisplayKey returns the hash of a key, however it was typed. ok is false for
// what is none.
func ReadDisplayKey(typed string) (hash []byte, ok bool) {
	key, right := luhn.ReadCode(typed)
	if !right || len(key) != keyLetters {
		return nil, false
	}
	return displayHash(key), true
}

func displayHash(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:]
}
