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
	ChildReferred ChildState = "referred" // told of by a 儿童主任, a village or a school; consent is not there yet
)

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
		ReferredBy: by, ReferredAt: now, Version: 1,
	}, p, nil
}

// adult is the age at which one is a minor no more, in years (《未成年人保护法》 art. 2).
const adult = 18

// within reports whether a text is there and no longer than so many characters.
func within(text string, most int) bool { return text != "" && utf8.RuneCountInString(text) <= most }
