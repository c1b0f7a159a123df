package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// CompanionState is how far things are with a companion parent.
type CompanionState string

// The states. One who is refused or has left may apply again: that is another row.
const (
	CompanionApplied   CompanionState = "applied"
	CompanionApproved  CompanionState = "approved"
	CompanionSuspended CompanionState = "suspended" // something ended or was taken back; comes back by itself when it is renewed
	CompanionRefused   CompanionState = "refused"   // by an officer, before or after the approval
	CompanionLeft      CompanionState = "left"      // by the volunteer's own wish
)

// Companion is a volunteer who wants to be, or is, a companion parent (代理家长).
// She is not the 被委托照护人 of the law.
type Companion struct {
	ID             string
	VolunteerID    string
	RegionCode     string // where they want to help
	RegionPath     string
	State          CompanionState
	StateSince     time.Time
	Reason         string // a word of Reasons, a Gate, or a Conflict; empty while applied or approved
	AppliedAt      time.Time
	Sealed         []byte // CompanionAbout under the companion's own key
	OffenceAskedBy string
	OffenceAskedAt time.Time
	ApprovedBy     string
	ApprovedAt     time.Time
	DueAt          time.Time // when the clock has to look at it; zero: never
	Version        int64
}

// CompanionAbout is what somebody says of themselves who wants to be a companion parent.
type CompanionAbout struct {
	About string `json:"about"`
}

// RefusalReasons are the words for why somebody is refused, and LeavingReasons those
// for why somebody leaves: words and no free text, for the applicant reads them.
var (
	RefusalReasons = []string{"not_suitable", "papers_missing", "no_child_waits", "conduct"}
	LeavingReasons = []string{"no_time", "moved", "health", "other"}
)

// What can be wrong with companion parents.
var (
	ErrNoCompanion       = apperr.New(apperr.NotFound, "no_such_companion", "没有这份代理家长申请，或者不在您的管辖范围内。", "There is no such application, or it is not one of yours.")
	ErrCompanionNone     = apperr.New(apperr.NotFound, "no_application", "您还没有申请做代理家长。", "You have not applied to be a companion parent.")
	ErrCompanionMinor    = apperr.New(apperr.Forbidden, "companion_minor", "代理家长要年满 18 周岁。谢谢您的心意，可以先参加队里的其他活动。", "Companion parents are 18 or older. Thank you; there is much else to do in your brigade.")
	ErrCompanionTwice    = apperr.New(apperr.Conflict, "companion_applied", "您已经申请过了，点开“结对”可以看到进度。", "You have applied already; open the page to see where you stand.")
	ErrCompanionAbout    = apperr.New(apperr.Invalid, "companion_about", "请写几句您为什么想陪伴孩子，300 字以内。", "Please say in at most 300 characters why you want to keep a child company.")
	ErrCompanionOver     = apperr.New(apperr.Conflict, "companion_over", "这份申请已经结束了，请刷新。", "This application is over; please reload.")
	ErrCompanionApproved = apperr.New(apperr.Conflict, "companion_approved", "已经批准过了，请刷新。", "This has been approved already; please reload.")
	ErrCompanionReason   = apperr.New(apperr.Invalid, "companion_reason", "请选一个原因。", "Please choose a reason.")
	ErrGatesOpen         = apperr.New(apperr.Conflict, "companion_gates", "还有没办完或者已经到期的事项，办完才能批准。", "Something is missing or has ended; it must be there before anybody is approved.")
	ErrCompanionPersons  = apperr.New(apperr.Forbidden, "companion_persons", "申请人自己、参加面谈的人不能批准，请由另一位负责人批准。", "Neither the applicant nor who interviewed approves; please leave it to another officer.")
	ErrCompanionOwn      = apperr.New(apperr.Forbidden, "companion_own", "这是您自己的申请，由其他负责人办理。", "This is your own application; others look after it.")
	ErrCompanionOnce     = apperr.New(apperr.Conflict, "companion_once", "这个人已经是代理家长了（同一个人的另一份记录）。", "This person is a companion parent already, under another record.")
)

// Apply checks an application and returns the companion that it makes, its About not
// yet sealed. minor is what teams say.
func Apply(region KnownRegion, volunteerID, about string, minor bool, now time.Time) (Companion, CompanionAbout, error) {
	about = strings.TrimSpace(about)
	switch {
	case minor:
		return Companion{}, CompanionAbout{}, ErrCompanionMinor
	case !within(about, 300):
		return Companion{}, CompanionAbout{}, apperr.For("about", ErrCompanionAbout)
	}
	return Companion{
		ID: id.New(), VolunteerID: volunteerID, RegionCode: region.Code, RegionPath: region.Path,
		State: CompanionApplied, StateSince: now, AppliedAt: now, Version: 1,
	}, CompanionAbout{about}, nil
}

// Open reports whether things go on: neither refused nor left.
func (c Companion) Open() bool { return c.State != CompanionRefused && c.State != CompanionLeft }

// Approve says yes. by is another person than the applicant and the interviewers: the
// database knows who is one person, and refuses.
func (c Companion) Approve(gates Gates, by string, now time.Time) (Companion, error) {
	switch {
	case !c.Open():
		return c, ErrCompanionOver
	case c.State == CompanionApproved:
		return c, ErrCompanionApproved
	case gates.FirstOpen(now) != "":
		return c, ErrGatesOpen
	}
	c.ApprovedBy, c.ApprovedAt = by, now
	return c.become(CompanionApproved, "", now), nil
}

// Refuse says no, also to who was approved.
func (c Companion) Refuse(reason string, now time.Time) (Companion, error) {
	return c.end(CompanionRefused, reason, RefusalReasons, now)
}

// Leave is the volunteer's own wish.
func (c Companion) Leave(reason string, now time.Time) (Companion, error) {
	return c.end(CompanionLeft, reason, LeavingReasons, now)
}

func (c Companion) end(state CompanionState, reason string, reasons []string, now time.Time) (Companion, error) {
	if !c.Open() {
		return c, ErrCompanionOver
	}
	for _, known := range reasons {
		if reason == known {
			c.DueAt = time.Time{}
			return c.become(state, reason, now), nil
		}
	}
	return c, apperr.For("reason", ErrCompanionReason)
}

// Conflict is a constraint's name for why somebody cannot be a companion parent
// whatever was shown; empty for no reason.
type Conflict string

// ConflictErased is that of somebody who is not there any more.
const ConflictErased Conflict = "companions_erased_check"

// Judge returns the companion as the clock and what has been shown make it: suspended
// once anything has ended, back when all is there again. Nobody is approved by it who
// was not before.
func (c Companion) Judge(gates Gates, conflict Conflict, now time.Time) Companion {
	open := gates.FirstOpen(now)
	if conflict != "" {
		open = string(conflict)
	}
	switch {
	case c.State == CompanionApproved && open != "":
		c = c.become(CompanionSuspended, open, now)
	case c.State == CompanionSuspended && open == "":
		c = c.become(CompanionApproved, "", now)
	case c.State == CompanionSuspended:
		c.Reason = open
	}
	c.DueAt = time.Time{}
	switch {
	case c.State == CompanionApproved:
		c.DueAt = gates.NextLook(now)
	case c.State == CompanionSuspended && open == GateIdentity:
		c.DueAt = now.Add(identityAgain)
	}
	return c
}

// identityAgain is after how long teams are asked again for an identity that they did
// not tell: they may have been away.
const identityAgain = time.Hour

func (c Companion) become(state CompanionState, reason string, now time.Time) Companion {
	c.State, c.StateSince, c.Reason, c.Version = state, now, reason, c.Version+1
	return c
}

// short reports whether a text is there, of at least and at most so many characters.
func short(text string, least, most int) bool {
	n := utf8.RuneCountInString(text)
	return n >= least && n <= most
}
