package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ClaimKind says which end of an attendance a claim is about.
type ClaimKind string

// The kinds of claims.
const (
	ClaimIn  ClaimKind = "in"
	ClaimOut ClaimKind = "out"
)

// MaxTries is how many wrong codes one person may type or send later per
// shift. Twenty bits would otherwise fall to patience.
const MaxTries = 5

// Claim says "I was there", with evidence. It is kept as it came, whatever was
// decided; its id is made by the phone, so that sending it again is harmless.
type Claim struct {
	ID          string
	ShiftID     string
	VolunteerID string // whose presence
	ActorID     string // who claims it: the volunteer, or the leader who taps
	Kind        ClaimKind
	Evidence    Evidence
	WalkIn      bool    // a leader taps a member who did not sign up
	Signed      *Signed // of a claim that a phone kept; nil otherwise
	Mark        string  // the browser's that sent it; "" when it has none
	Shared      bool    // from a phone that several people declared to share
	ReceivedAt  time.Time
}

// Evidence is what a claim shows; exactly one of Code, Digits, Tap and Card is given.
type Evidence struct {
	Code   string    // of an opened link, or of one that the open page scanned
	SeenAt time.Time // when the link was opened, as the portal vouches; zero: the page scanned it
	Digits string
	Tap    bool   // the leader's own eyes
	Card   string // the token of a volunteer card that the leader scanned
}

// Seen reports whether somebody's presence was seen by another: tapped, or their
// card scanned.
func (e Evidence) Seen() bool { return e.Tap || e.Card != "" }

// Proved is what a claim proves of presence: how, and when.
type Proved struct {
	Method Method
	At     time.Time
	Doubt  Doubt // DoubtNone: it counts
}

// What can be wrong with a claim.
var (
	ErrEvidence     = apperr.New(apperr.Invalid, "evidence", "请扫队长的码，或输入屏幕上的六位数字。", "Please scan the leader's code or type the six digits on the screen.")
	ErrWrongDigits  = apperr.New(apperr.Conflict, "wrong_digits", "数字不对，请看着队长的屏幕再输一次。", "These digits are not right; please look at the leader's screen and type again.")
	ErrTooManyTries = apperr.New(apperr.TooMany, "too_many_tries", "已经输错 5 次，请改为扫码，或请队长点名。", "Five wrong tries; please scan the code or ask the leader to tap your name.")
	ErrOtherBrowser = apperr.New(apperr.Conflict, "other_browser", "这个签到是在别的手机上扫的码，不能用。请用自己的手机扫队长的码，或请队长点名。", "This code was scanned on another phone. Please scan the leader's code with your own, or ask the leader to tap your name.")
	ErrNoCard       = apperr.New(apperr.NotFound, "no_such_card", "这不是淇河的志愿者卡，请看看是不是扫错了，或按姓名点名。", "This is no volunteer card of Qihe; please check what you scanned, or tap the name.")
	ErrCardVoid     = apperr.New(apperr.Conflict, "card_void", "这张卡已经挂失或换过新卡，不能用了。请用新卡，或按姓名点名。", "This card was reported lost or was replaced. Please use the new one, or tap the name.")
	ErrCardAway     = apperr.New(apperr.Unavailable, "card_unavailable", "现在查不到志愿者卡，请过一会儿再扫，或按姓名点名。", "Cards cannot be looked up right now; please scan again in a moment, or tap the name.")
	ErrClaimReused  = apperr.New(apperr.Conflict, "claim_reused", "这次签到已用于别的活动，请刷新页面再试。", "This check-in was already used for something else; please reload the page.")
)

// NewEvidence returns e as it is judged, or ErrEvidence unless exactly one
// kind of evidence is given.
func NewEvidence(e Evidence) (Evidence, error) {
	given := 0
	for _, g := range []bool{e.Code != "", e.Digits != "", e.Tap, e.Card != ""} {
		if g {
			given++
		}
	}
	if given != 1 {
		return Evidence{}, ErrEvidence
	}
	e.Digits = halfWidth(e.Digits)
	return e, nil
}

// Judge returns how and when the claim proves presence. tries counts the
// person's wrong codes at this shift so far and is raised here; d is the phone
// that kept the claim, nil when none did.
func (c Claim) Judge(s Shift, d *Device, tries *int) (Proved, error) {
	e := c.Evidence
	switch {
	case e.Seen():
		return c.judgeTap(d), nil
	case e.Code != "" && !e.SeenAt.IsZero():
		if !s.Key.AcceptsCode(s.ID, e.Code, e.SeenAt) {
			return Proved{}, ErrCodeExpired
		}
		return Proved{Method: MethodLink, At: e.SeenAt}, nil
	case e.Code != "":
		return c.judgeCode(s, d, tries)
	case *tries >= MaxTries:
		return Proved{}, ErrTooManyTries
	case !s.Key.AcceptsDigits(s.ID, e.Digits, c.ReceivedAt):
		return Proved{}, wrong(tries, ErrWrongDigits)
	}
	return Proved{Method: MethodDigits, At: c.ReceivedAt}, nil
}

// judgeCode judges a code that the open page scanned: seen online when it is
// on the screen still, else by its own step.
func (c Claim) judgeCode(s Shift, d *Device, tries *int) (Proved, error) {
	if s.Key.AcceptsCode(s.ID, c.Evidence.Code, c.ReceivedAt) {
		return Proved{Method: MethodLink, At: c.ReceivedAt}, nil
	}
	switch {
	case d == nil:
		return Proved{}, ErrCodeExpired
	case *tries >= MaxTries:
		return Proved{}, ErrTooManyTries
	}
	at, ok := s.StepOf(c.Evidence.Code, d.right(c.Signed.ObservedAt))
	if !ok {
		return Proved{}, wrong(tries, ErrWrongCode) // looking through a whole shift costs milliseconds: not as often as one likes
	}
	if at.After(c.ReceivedAt) { // only a leader's screen whose clock is ahead draws it: seen it was, and only the phone says when
		return Proved{Method: MethodLinkOffline, At: earlier(d.right(c.Signed.ObservedAt), c.ReceivedAt), Doubt: DoubtClock}, nil
	}
	p := Proved{Method: MethodLinkOffline, At: at, Doubt: c.doubt(d, at)}
	if p.Doubt == DoubtNone && !d.sawIn(*c.Signed, at, c.ReceivedAt) {
		p.Doubt = DoubtClock // a picture of the screen that was passed on, say
	}
	return p, nil
}

// judgeTap judges what a leader saw: now, or when the phone kept it. A phone
// whose clock was moved since it was in touch cannot say when.
func (c Claim) judgeTap(d *Device) Proved {
	p := Proved{Method: MethodTap, At: c.ReceivedAt}
	if c.Evidence.Card != "" {
		p.Method = MethodCard
	}
	if d != nil {
		p.Method, p.At = p.Method.offline(), d.right(c.Signed.ObservedAt)
	}
	if c.ActorID == c.VolunteerID {
		p.Method = MethodOwn
	}
	if d == nil {
		return p
	}
	p.At = earlier(p.At, c.ReceivedAt)
	p.Doubt = c.doubt(d, p.At)
	if d.moved(*c.Signed, c.ReceivedAt) {
		p.Doubt = DoubtClock
	}
	return p
}

func (c Claim) doubt(d *Device, at time.Time) Doubt {
	switch {
	case c.ReceivedAt.Sub(at) > OfflineLife:
		return DoubtLate
	case at.Add(Step).Before(d.FirstSeenAt):
		return DoubtNewDevice
	}
	return DoubtNone
}

func wrong(tries *int, err error) error {
	*tries++
	if *tries == MaxTries {
		return ErrTooManyTries
	}
	return err
}

// halfWidth reads digits as an old phone's keyboard may type them.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '　':
			return -1
		}
		return r
	}, s)
}
