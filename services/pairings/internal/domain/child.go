package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ChildState is how far things are with a child.
type ChildState string

// The states.
const (
	ChildReferred  ChildState = "referred"          // told of by a 儿童主任, a village or a school; consent is not there yet
	ChildConsented ChildState = "consented"         // the guardian agreed; the child has not said yes yet
	ChildWaiting   ChildState = "waiting"           // for a companion parent
	ChildPaired    ChildState = "paired"            // somebody stands by it
	ChildWithdrawn ChildState = "consent_withdrawn" // the guardian took her consent back: closed to all but who carries it out
	ChildErased    ChildState = "erased"            // the key is destroyed
)

const (
	referralKept  = 90 // days that a referral without consent is kept
	withdrawnKept = 30 // days that a record is kept after a no or a withdrawal
)

// TheClock stands for who erased a record when its time was over: nobody did.
const TheClock = "00000000-0000-0000-0000-000000000000"

// Child is a minor with a record in the vault. Who it is stands in ChildPerson,
// which is sealed.
type Child struct {
	ID         string
	Number     int // what people call the record by before they open it
	RegionCode string
	RegionPath string
	BirthYear  int
	Sex        string // female | male
	State      ChildState
	Sealed     []byte // ChildPerson under the child's own key
	PaperIndex []byte // of the ID number; nil: not known
	ReferredBy string
	ReferredAt time.Time
	OfficerID  string // the child-care officer who has the case; empty: nobody yet
	Version    int64

	Circle       []byte   // Circle under the child's own key; nil: not recorded yet
	Needs        []string // company, study, family_calls, health, feelings, safety
	CompanionSex string   // female | male | any
	StateAt      time.Time
	EraseAt      time.Time // when the record is erased; zero: there is a consent
	HoldReason   string    // why it is not all the same; empty: it is
	HoldBy       string
}

// Settle brings the state in line with what is there: a consent that is good, the
// child's wish, and somebody who stands by it. Who is erased stays so.
func (c Child) Settle(consented, wants, paired bool, now time.Time) Child {
	if c.State == ChildErased {
		return c
	}
	next := c.State
	switch {
	case consented && wants && paired:
		next = ChildPaired
	case consented && wants:
		next = ChildWaiting
	case consented:
		next = ChildConsented
	case c.State != ChildWithdrawn:
		next = ChildReferred
	}
	if next == c.State {
		return c
	}
	c.State, c.StateAt, c.EraseAt, c.Version = next, now, time.Time{}, c.Version+1
	if next == ChildReferred { // the consent ran out: as if referred today
		c.EraseAt = now.AddDate(0, 0, referralKept)
	}
	return c
}

// Withdraw ends what the guardian's consent allowed.
func (c Child) Withdraw(now time.Time) Child {
	c.State, c.StateAt, c.EraseAt, c.Version = ChildWithdrawn, now, now.AddDate(0, 0, withdrawnKept), c.Version+1
	return c
}

// Refused notes that the guardian said no: the record is kept no longer than after
// a withdrawal.
func (c Child) Refused(now time.Time) Child {
	if until := now.AddDate(0, 0, withdrawnKept); c.State == ChildReferred && until.Before(c.EraseAt) {
		c.EraseAt, c.Version = until, c.Version+1
	}
	return c
}

// Hold keeps a record from being erased by the clock, with a reason; without one it
// lets go.
func (c Child) Hold(reason, by string) (Child, error) {
	reason, by, err := holdOf(reason, by)
	if err == nil {
		c.HoldReason, c.HoldBy, c.Version = reason, by, c.Version+1
	}
	return c, err
}

// holdOf returns why a record is kept and who says so, nobody when it is let go.
func holdOf(reason, by string) (why, whose string, err error) {
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > 200 {
		return "", "", apperr.For("reason", ErrHoldReason)
	}
	if reason == "" {
		by = ""
	}
	return reason, by, nil
}

// ChildPerson is who a child is.
type ChildPerson struct {
	Name     string `json:"name"`
	BornOn   string `json:"born_on"` // 2016-03-01
	IDNumber string `json:"id_number,omitempty"`
	Address  string `json:"address"` // house and street in the village
	Reason   string `json:"reason"`  // why the child is referred
}

// NewChild is what a referral says.
type NewChild struct {
	RegionCode, Sex string
	Person          ChildPerson
}

// What can be wrong with a referral.
var (
	ErrNoChild     = apperr.New(apperr.NotFound, "no_such_child", "没有这份档案，或者不在您的管辖范围内。", "There is no such record, or it is not one of yours.")
	ErrChildName   = apperr.New(apperr.Invalid, "child_name", "请写孩子的姓名，40 字以内。", "Please give the child's name, in at most 40 characters.")
	ErrChildBorn   = apperr.New(apperr.Invalid, "child_born", "出生日期不对：要是已经出生、未满 18 周岁的孩子。", "This is not the birthday of a child under 18.")
	ErrChildWhere  = apperr.New(apperr.Invalid, "child_address", "请写住址，写到门牌或者组，100 字以内。", "Please give the address, in at most 100 characters.")
	ErrChildReason = apperr.New(apperr.Invalid, "child_reason", "请写为什么需要陪伴，300 字以内。", "Please say why the child needs company, in at most 300 characters.")
	ErrHoldReason  = apperr.New(apperr.Invalid, "hold_reason", "请写为什么要多留，200 字以内，不要写孩子的姓名。", "Please say in at most 200 characters why it must be kept, without the child's name.")
	ErrChildTwice  = apperr.New(apperr.Conflict, "child_known", "这个身份证号已经登记过一份档案，不用再登记。请找县区的儿童关爱负责人。", "There is a record with this ID number already; please ask the county's child-care officer.")
)

// Refer checks a referral and returns the record that it makes, its Person not yet
// sealed.
func (n NewChild) Refer(region KnownRegion, by string, now time.Time) (Child, ChildPerson, error) {
	p := n.Person
	p.Name, p.Address, p.Reason = strings.TrimSpace(p.Name), strings.TrimSpace(p.Address), strings.TrimSpace(p.Reason)
	born, err := time.ParseInLocation(time.DateOnly, p.BornOn, clock.City)
	switch {
	case !within(p.Name, 40):
		return Child{}, p, apperr.For("name", ErrChildName)
	case err != nil || born.After(now) || !born.AddDate(adult, 0, 0).After(now):
		return Child{}, p, apperr.For("born_on", ErrChildBorn)
	case !within(p.Address, 100):
		return Child{}, p, apperr.For("address", ErrChildWhere)
	case !within(p.Reason, 300):
		return Child{}, p, apperr.For("reason", ErrChildReason)
	}
	return Child{
		ID: id.New(), RegionCode: region.Code, RegionPath: region.Path, BirthYear: born.Year(), Sex: n.Sex, State: ChildReferred,
		ReferredBy: by, ReferredAt: now, Version: 1, CompanionSex: "any", StateAt: now, EraseAt: now.AddDate(0, 0, referralKept),
	}, p, nil
}

// adult is the age at which one is a minor no more, in years (《未成年人保护法》 art. 2).
const adult = 18

// within reports whether a text is there and no longer than so many characters.
func within(text string, most int) bool { return text != "" && utf8.RuneCountInString(text) <= most }
