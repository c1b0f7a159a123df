package domain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// NoticeLife is how long a notice stays in an inbox.
const NoticeLife = 180 * 24 * time.Hour

// ErrNoNotice says that there is no such notice, or that it is somebody else's.
var ErrNoNotice = apperr.New(apperr.NotFound, "no_such_notice", "没有这条消息。", "There is no such message.")

// Words fill a notice's sentence: ids, dates, what a team or a task is called.
// They are never somebody's name, phone or a reason that somebody typed:
// people stand in them by id and are named when the notice is read.
type Words map[string]string

// Notice is a message 消息 in somebody's inbox: what happened, in words that
// are put together when it is read. How it reads is said by noticeKinds.
type Notice struct {
	ID          string
	VolunteerID string // whose inbox it is in
	Kind        NoticeKind
	SubjectKind string // what it is about: team | membership | task | attendance | grant …
	SubjectID   string
	Words       Words
	Urgent      bool   // matters now: it also goes out as a text message
	Source      string // what is told, where it may be told twice; empty: the transaction tells it once
	CreatedAt   time.Time
	ReadAt      time.Time // zero: not yet
}

// NewNotice returns a notice to somebody of what happened now. words are
// exactly those that the kind's sentence and address name.
func NewNotice(kind NoticeKind, volunteerID, subjectKind, subjectID string, words Words, now time.Time) Notice {
	return Notice{
		ID: id.New(), VolunteerID: volunteerID, Kind: kind, SubjectKind: subjectKind, SubjectID: subjectID,
		Words: words, Urgent: noticeKinds[kind].important, CreatedAt: now,
	}
}

// From returns the notice with what it tells, for what is heard from a stream:
// of one kind and source, somebody gets one notice, however often it is heard.
func (n Notice) From(source string) Notice {
	n.Source = source
	return n
}

// Check returns an error when the kind is unknown, or the words are not those
// it needs: a fault of ours, found by the first test that sends one.
func (n Notice) Check() error {
	if _, ok := noticeKinds[n.Kind]; !ok {
		return fmt.Errorf("notice kind %q is unknown", n.Kind)
	}
	if want, got := n.Kind.Needs(), slices.Sorted(maps.Keys(n.Words)); !slices.Equal(want, got) {
		return fmt.Errorf("notice %s has the words %q, and needs %q", n.Kind, got, want)
	}
	for _, name := range people {
		if value, ok := n.Words[name]; ok && !id.Valid(value) {
			return fmt.Errorf("notice %s: %s is not an id", n.Kind, name)
		}
	}
	return nil
}

// People returns the ids of those whom the sentence names.
func (n Notice) People() (ids []string) {
	for _, name := range people {
		if value, ok := n.Words[name]; ok {
			ids = append(ids, value)
		}
	}
	return ids
}

// Reader is for whom a notice is put into words, and when.
type Reader struct {
	Language string            // "en", or Chinese for all others
	Now      time.Time         // what 今天 is
	Names    map[string]string // of people, by id
}

// Title says in a few characters what sort of notice it is.
func (n Notice) Title(language string) string {
	k := noticeKinds[n.Kind]
	return pick(language, k.titleZH, k.titleEN)
}

// Text returns the sentence.
func (n Notice) Text(r Reader) string {
	k := noticeKinds[n.Kind]
	return r.fill(pick(r.Language, k.zh, k.en), n.Words)
}

// Address returns where a tap leads in the web app.
func (n Notice) Address() string {
	var pairs []string
	for name, value := range n.Words {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(noticeKinds[n.Kind].address)
}

func pick(language, zh, en string) string {
	if language == "en" {
		return en
	}
	return zh
}
