package domain

import (
	"slices"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrMustTell refuses to switch off what somebody has to be told.
var ErrMustTell = apperr.New(apperr.Invalid, "must_be_told", "这一类消息不能关闭。", "This kind of message cannot be switched off.")

var (
	mayMute   = []NoticeKind{NoticeTaskPublished, NoticeHoursConfirmed}
	maySilent = []NoticeKind{NoticeTaskCancelled, NoticeTaskChanged, NoticeGrantGiven, NoticeSeatOffered, NoticeSeatFree, NoticeTomorrow, NoticeSoon}
)

// NoticePreferences are what somebody wants to be told of, and how.
type NoticePreferences struct {
	Muted  []NoticeKind // that do not come into the inbox
	NoText []NoticeKind // that do not come as a text message
	Quiet  bool         // no text messages at night
}

// FirstPreferences are those of somebody who never chose.
func FirstPreferences() NoticePreferences { return NoticePreferences{Quiet: true} }

// NewNoticePreferences returns the choice, or ErrMustTell on muted or no_text:
// what decides about a person cannot be muted, nor a warning silenced.
func NewNoticePreferences(muted, noText []NoticeKind, quiet bool) (NoticePreferences, error) {
	for _, kind := range muted {
		if !slices.Contains(mayMute, kind) {
			return NoticePreferences{}, apperr.For("muted", ErrMustTell)
		}
	}
	for _, kind := range noText {
		if !slices.Contains(maySilent, kind) {
			return NoticePreferences{}, apperr.For("no_text", ErrMustTell)
		}
	}
	return NoticePreferences{Muted: sorted(muted), NoText: sorted(noText), Quiet: quiet}, nil
}

func sorted(kinds []NoticeKind) []NoticeKind {
	kinds = slices.Clone(kinds)
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
