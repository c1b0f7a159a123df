package domain

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ContactKind is how somebody was in touch.
type ContactKind string

// The kinds. A message counts as no call: nobody heard how the child sounds.
const (
	ContactVisit   ContactKind = "visit"
	ContactCall    ContactKind = "call"
	ContactMessage ContactKind = "message"
)

// ContactState is what became of a record.
type ContactState string

// The states.
const (
	ContactOpen      ContactState = "open" // waits for who supervises the pairing
	ContactConfirmed ContactState = "confirmed"
	ContactRefused   ContactState = "refused" // does not count; why is a word of ContactReasons
)

// ContactReasons are the words for why a record does not count: words and no free text,
// for it lies in the open.
var ContactReasons = []string{"not_held", "wrong_time", "twice", "other"}

// CountedReasons are the words for why a record counts for other minutes.
var CountedReasons = []string{"travel", "mistyped", "overlap", "asked"}

// Contact is a visit, a call or a message inside a pairing (走访/联系), made or attempted.
type Contact struct {
	ID          string // made on the phone
	PairingID   string
	VolunteerID string // who was there
	Kind        ContactKind
	Made        bool // false: attempted
	At          time.Time
	Minutes     int    // of what was made, as it was recorded
	Counted     int    // for how many it counts, when whoever confirmed says so; 0: for Minutes
	CountedWhy  string // a word of CountedReasons
	Attention   bool   // something wants a look
	Sealed      []byte // ContactNote under the child's own key
	BodyIndex   []byte // keyed fingerprint of what was sent
	RecordedAt  time.Time
	State       ContactState
	DecidedBy   string
	DecidedAt   time.Time
	Reason      string
	Reference   string // by which hours know it; empty: there are none
}

// Looks are what is looked at on a visit (六看六问): home safety, schooling, health, mood,
// bullying or assault and knows whom to ask, and what is dangerous in the season.
var Looks = []string{"home", "schooling", "health", "mood", "bullying", "season"}

// What a look says.
const (
	LookFine   = "fine"
	LookAttend = "attend" // wants a look by who supervises the pairing
)

// ContactNote is what was seen and said. It is sealed. There is no place in it for a
// picture.
type ContactNote struct {
	Looks map[string]string `json:"looks,omitempty"` // of Looks; on a visit all of them
	Note  string            `json:"note,omitempty"`
}

// NewContact is what a phone seals (app/sealed_message.go). A field that is not of these is refused.
type NewContact struct {
	ContactID string            `json:"contact_id"`
	PairingID string            `json:"pairing_id"`
	Kind      ContactKind       `json:"kind"`
	Made      bool              `json:"made"`
	At        time.Time         `json:"at"` // when it began
	Minutes   int               `json:"minutes"`
	Looks     map[string]string `json:"looks,omitempty"`
	Note      string            `json:"note,omitempty"`
}

const (
	contactsTaken = 30              // days back that a contact may be recorded: phones may be without network for long
	phonesAhead   = 5 * time.Minute // that a phone's clock may be ahead
	longestVisit  = 8 * 60          // minutes: nobody stays overnight (《行为守则》)
	longestCall   = 3 * 60
)

// What can be wrong with a contact.
var (
	ErrNoContact        = apperr.New(apperr.NotFound, "no_such_contact", "没有这条走访联系记录，或者不归您看。", "There is no such contact, or it is not yours to see.")
	ErrContactOver      = apperr.New(apperr.Conflict, "contact_over", "这份结对在那个时间没有进行，记录没有保存。请和督导人说一声。", "The pairing was not under way at that time; nothing was kept. Please tell the supervisor.")
	ErrContactConflict  = apperr.New(apperr.Conflict, "contact_conflict", "这条记录已经交过别的内容，没有改动。要补充，请另记一条。", "This record was sent before with other content; it stays as it was. Please record what is missing as another.")
	ErrContactIDs       = apperr.New(apperr.Invalid, "contact_ids", "这条记录不完整，请重新记一次。", "This record is not complete; please record it again.")
	ErrContactKind      = apperr.New(apperr.Invalid, "contact_kind", "请选走访、通话还是消息。", "Please choose visit, call or message.")
	ErrContactAt        = apperr.New(apperr.Invalid, "contact_at", "时间不对：要在过去三十天以内，不能是以后。", "The time must be within the past thirty days.")
	ErrContactMinutes   = apperr.New(apperr.Invalid, "contact_minutes", "时长不对：走访最多 8 小时、当天结束，通话和消息最多 3 小时；没联系上的不填。", "A visit is at most 8 hours and ends on its day, a call or a message at most 3 hours; an attempt has no minutes.")
	ErrContactLooks     = apperr.New(apperr.Invalid, "contact_looks", "走访的六项都要选一个；通话和消息不用选。", "On a visit all six need an answer; a call or a message has none.")
	ErrContactNote      = apperr.New(apperr.Invalid, "contact_note", "说明最多 500 字，只写字，不放照片。", "At most 500 characters; words only, no pictures.")
	ErrContactDecided   = apperr.New(apperr.Conflict, "contact_decided", "有一条已经处理过了，请刷新。", "One of these has been decided already; please reload.")
	ErrContactReason    = apperr.New(apperr.Invalid, "contact_reason", "不算的，请选一个原因。", "Please choose why it does not count.")
	ErrContactCounted   = apperr.New(apperr.Invalid, "contact_counted", "改时长要选一个原因，改后的时长要和原来不一样：走访最多 8 小时、当天结束，通话和消息最多 3 小时。", "To count other minutes, choose why; they differ from what was recorded, a visit is at most 8 hours and ends on its day, a call or a message at most 3 hours.")
	ErrContactOwn       = apperr.New(apperr.Forbidden, "contact_own", "自己的记录要由另一个人确认。", "Another person confirms what you recorded.")
	ErrContactNoBrigade = apperr.New(apperr.Conflict, "contact_no_brigade", "这位志愿者现在不在任何队伍里，时长没有地方记。请先在结对里选一支队伍。", "This volunteer is in no brigade now, so hours have no place. Please choose one for the pairing first.")
)

// Contact checks what a phone sent and returns the contact that it makes, its note not
// yet sealed.
func (n NewContact) Contact(volunteerID string, now time.Time) (Contact, ContactNote, error) {
	n.Note = strings.TrimSpace(n.Note)
	note := ContactNote{Looks: n.Looks, Note: n.Note}
	switch {
	case !id.Valid(n.ContactID) || !id.Valid(n.PairingID):
		return Contact{}, note, apperr.For("envelope", ErrContactIDs)
	case !slices.Contains([]ContactKind{ContactVisit, ContactCall, ContactMessage}, n.Kind):
		return Contact{}, note, apperr.For("envelope", ErrContactKind)
	case n.At.After(now.Add(phonesAhead)) || n.At.Before(now.AddDate(0, 0, -contactsTaken)):
		return Contact{}, note, apperr.For("envelope", ErrContactAt)
	case !n.lasts(now):
		return Contact{}, note, apperr.For("envelope", ErrContactMinutes)
	case !n.looked():
		return Contact{}, note, apperr.For("envelope", ErrContactLooks)
	case utf8.RuneCountInString(n.Note) > 500 || strings.Contains(n.Note, "data:image"):
		return Contact{}, note, apperr.For("envelope", ErrContactNote)
	}
	c := Contact{
		ID: n.ContactID, PairingID: n.PairingID, VolunteerID: volunteerID, Kind: n.Kind, Made: n.Made,
		At: n.At.UTC().Truncate(time.Microsecond), Minutes: n.Minutes, RecordedAt: now, State: ContactOpen,
	}
	for _, look := range n.Looks {
		c.Attention = c.Attention || look == LookAttend
	}
	return c, note, nil
}

// lasts reports whether the minutes can be: none of an attempt, and of what was made no
// more than have passed, on the day it began.
func (n NewContact) lasts(now time.Time) bool {
	if !n.Made {
		return n.Minutes == 0
	}
	most := longestCall
	if n.Kind == ContactVisit {
		most = longestVisit
	}
	if n.Minutes < 1 || n.Minutes > most {
		return false
	}
	ends := n.At.Add(time.Duration(n.Minutes) * time.Minute)
	return n.At.In(clock.City).Format(time.DateOnly) == ends.Add(-1).In(clock.City).Format(time.DateOnly) && !ends.After(now.Add(phonesAhead))
}

// looked reports whether all was looked at on a visit that was made, and nothing else.
func (n NewContact) looked() bool {
	if n.Kind != ContactVisit || !n.Made {
		return len(n.Looks) == 0
	}
	for _, look := range Looks {
		if said := n.Looks[look]; said != LookFine && said != LookAttend {
			return false
		}
	}
	return len(n.Looks) == len(Looks)
}

// handIn is for how long after its end what was done in a pairing may still be handed
// in: phones may be without network.
const handIn = 7 * 24 * time.Hour

// Takes reports whether a contact at an instant may be kept for the pairing: while it is
// under way, or was then. What the guardian does not agree to any more is not written.
func (p Pairing) Takes(at time.Time, child ChildState, now time.Time) bool {
	switch {
	case child != ChildPaired && child != ChildWaiting, p.OfficerAgreedAt.IsZero():
		return false
	case p.Meets():
		return true
	case p.State == PairingProposed:
		return false
	}
	return !at.After(p.StateAt) && (p.State == PairingPaused || now.Before(p.StateAt.Add(handIn)))
}

// Counts returns for how many minutes it counts.
func (c Contact) Counts() int {
	if c.Counted > 0 {
		return c.Counted
	}
	return c.Minutes
}

// To is when it ended, by the minutes that count.
func (c Contact) To() time.Time { return c.At.Add(time.Duration(c.Counts()) * time.Minute) }

// ContactDecision is what a supervisor says of one record: that it counts, or why not.
type ContactDecision struct {
	ContactID string
	Counts    bool
	Reason    string // a word of ContactReasons
	Minutes   int    // for how many it counts; 0: as it was recorded
	Why       string // then a word of CountedReasons
}

// Decide confirms a record, or says why it does not count. by is another person than who
// was there: the database knows who is one person, and refuses. What was made gets a
// reference for the hours; an attempt has none.
func (c Contact) Decide(d ContactDecision, by string, now time.Time) (Contact, error) {
	other := d.Minutes != 0 || d.Why != ""
	switch {
	case c.State != ContactOpen:
		return c, ErrContactDecided
	case !d.Counts && !slices.Contains(ContactReasons, d.Reason):
		return c, apperr.For("reason", ErrContactReason)
	case other && !(d.Counts && c.Made && d.Minutes != c.Minutes && slices.Contains(CountedReasons, d.Why) &&
		NewContact{Kind: c.Kind, Made: true, At: c.At, Minutes: d.Minutes}.lasts(now)):
		return c, apperr.For("minutes", ErrContactCounted)
	}
	c.State, c.DecidedBy, c.DecidedAt = ContactRefused, by, now
	if !d.Counts {
		c.Reason = d.Reason
		return c, nil
	}
	c.State, c.Counted, c.CountedWhy = ContactConfirmed, d.Minutes, d.Why
	if c.Made {
		c.Reference = id.Random()
	}
	return c, nil
}

// Township returns the region of a path that is no smaller than a township: what leaves
// this service says no village.
func Township(regionPath string) string {
	parts := strings.SplitAfter(regionPath, "/")
	return strings.Join(parts[:min(len(parts), 3)], "")
}
