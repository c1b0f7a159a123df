package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// HouseholdState is how far things are with a family's record.
type HouseholdState string

// The states. Whether somebody helps is the matter of its AidCase.
const (
	HouseholdRegistered HouseholdState = "registered"        // consent is not there yet
	HouseholdConsented  HouseholdState = "consented"         // the family agreed on paper
	HouseholdWithdrawn  HouseholdState = "consent_withdrawn" // closed to all but who carries it out
	HouseholdErased     HouseholdState = "erased"            // the key is destroyed
)

// HouseholdKinds are the kinds of hardship: 低保, 特困, 低保边缘, 防止返贫监测对象,
// 孤儿·孤老·孤残, 两癌患者, 其他.
var HouseholdKinds = []string{"dibao", "tekun", "dibao_edge", "monitored", "alone", "cancer", "other"}

// Household is a family with a record in the vault. Who they are stands in Family,
// which is sealed.
type Household struct {
	ID           string
	Number       int // what people call the record by before they open it
	RegionCode   string
	RegionPath   string
	Kinds        []string // of HouseholdKinds
	Size         int      // how many they are
	State        HouseholdState
	StateAt      time.Time
	Sealed       []byte // Family under the family's own key
	RegisteredBy string
	RegisteredAt time.Time
	OfficerID    string    // who has the case
	EraseAt      time.Time // when the record is erased; zero: there is a consent
	HoldReason   string    // why it is not all the same; empty: it is
	HoldBy       string
	Version      int64
}

// Family is who a household is and what it needs.
type Family struct {
	Name      string         `json:"name"`  // as a helper knows it: 张家
	Phone     string         `json:"phone"` // of one of them
	Address   string         `json:"address"`
	Situation string         `json:"situation"`
	Members   []FamilyMember `json:"members"`
	Needs     []AidNeed      `json:"needs"`
}

// FamilyMember is one of a family.
type FamilyMember struct {
	Name     string `json:"name"`
	Relation string `json:"relation"` // to who is named first
	IDNumber string `json:"id_number,omitempty"`
}

// AidNeed is what a family needs: a measure that helps, or an amount of money, which
// is recorded here and never handled.
type AidNeed struct {
	Kind    string `json:"kind"` // living, medical, schooling, housing, care, work, company, legal, other
	Measure string `json:"measure,omitempty"`
	Yuan    int    `json:"yuan,omitempty"`
}

// NewHousehold is what a registration says.
type NewHousehold struct {
	RegionCode string
	HouseholdDetails
}

// HouseholdDetails is what may be changed of a registration.
type HouseholdDetails struct {
	Kinds []string
	Family
}

// What can be wrong with a family's record.
var (
	ErrNoHousehold     = apperr.New(apperr.NotFound, "no_such_household", "没有这份家庭档案，或者不在您的管辖范围内。", "There is no such record, or it is not one of yours.")
	ErrHouseholdTwice  = apperr.New(apperr.Conflict, "household_known", "这个身份证号已经登记在一份家庭档案里，不能重复登记。请找县区妇联核对。", "Somebody with this ID number is registered in a family already; please ask the county's federation.")
	ErrFamilyName      = apperr.New(apperr.Invalid, "family_name", "请写家庭称呼，比如“张家”，10 字以内。", "Please say what the family is called, in at most 10 characters.")
	ErrFamilyAddress   = apperr.New(apperr.Invalid, "family_address", "请写住址，写到门牌或者组，100 字以内。", "Please give the address, in at most 100 characters.")
	ErrFamilyPhone     = apperr.New(apperr.Invalid, "family_phone", "请写一个能打通的电话。", "Please give a telephone number.")
	ErrFamilySituation = apperr.New(apperr.Invalid, "family_situation", "请写家里的情况，500 字以内。", "Please say how things are, in at most 500 characters.")
	ErrFamilyMembers   = apperr.New(apperr.Invalid, "family_members", "请至少写一位家人的姓名和身份证号。", "Please name at least one of the family, with the ID number.")
	ErrFamilyMember    = apperr.New(apperr.Invalid, "family_member", "请写姓名和关系；身份证号是 18 位。", "Please give name and relation; an ID number has 18 characters.")
	ErrFamilyTwice     = apperr.New(apperr.Invalid, "family_member_twice", "这个身份证号在上面已经写过了。", "This ID number stands above already.")
	ErrAidNeed         = apperr.New(apperr.Invalid, "aid_need", "每一项需要都要写办法（100 字以内）或者金额。", "Each need has a measure, in at most 100 characters, or an amount.")
	ErrFamilyWithdrawn = apperr.New(apperr.Forbidden, "family_withdrawn", "这个家庭已经撤回同意，这份档案不能再看。", "The family withdrew its consent; this record can no longer be read.")
	ErrFamilyConsent   = apperr.New(apperr.Conflict, "family_not_consented", "还没有这个家庭的同意书，登记以后才能开始帮扶。", "There is no consent of the family yet; record it first.")
	ErrNoFamilyGround  = apperr.New(apperr.Forbidden, "no_family_ground", "这个家庭不是您负责的。请写明事由申请查看，由另一位负责人批准。", "This family is not one of your cases. Please ask for a purpose, which another officer approves.")
	ErrNotKeeper       = apperr.New(apperr.Invalid, "not_a_keeper", "这个人在这里没有统筹或者儿童关爱保护的授权，请先授权。", "This person is no coordinator or child-care officer there; please give them the authority first.")
)

// Register checks a registration and returns the record that it makes, its Family not
// yet sealed. Who registers a family has its case.
func (n NewHousehold) Register(region KnownRegion, by string, now time.Time) (Household, Family, error) {
	d, err := n.Checked()
	return Household{
		ID: id.New(), RegionCode: region.Code, RegionPath: region.Path, Kinds: d.Kinds, Size: len(d.Members), State: HouseholdRegistered, StateAt: now,
		RegisteredBy: by, RegisteredAt: now, OfficerID: by, EraseAt: now.AddDate(0, 0, referralKept), Version: 1,
	}, d.Family, err
}

// Checked returns the details without stray blanks, or what is wrong with them.
func (d HouseholdDetails) Checked() (HouseholdDetails, error) {
	d.Kinds = slices.Compact(slices.Sorted(slices.Values(d.Kinds)))
	d.Name, d.Phone, d.Address, d.Situation = strings.TrimSpace(d.Name), tidy(d.Phone), strings.TrimSpace(d.Address), strings.TrimSpace(d.Situation)
	d.Members, d.Needs = slices.Clone(d.Members), slices.Clone(d.Needs)
	switch {
	case !within(d.Name, 10):
		return d, apperr.For("name", ErrFamilyName)
	case len(d.Phone) < 7:
		return d, apperr.For("phone", ErrFamilyPhone)
	case !within(d.Address, 100):
		return d, apperr.For("address", ErrFamilyAddress)
	case !within(d.Situation, 500):
		return d, apperr.For("situation", ErrFamilySituation)
	case len(d.Members) == 0:
		return d, apperr.For("members", ErrFamilyMembers)
	case len(d.Papers()) == 0:
		return d, apperr.For("members[0].id_number", ErrFamilyMembers)
	}
	var papers []string
	for i, m := range d.Members {
		m = FamilyMember{strings.TrimSpace(m.Name), strings.TrimSpace(m.Relation), tidy(m.IDNumber)}
		d.Members[i] = m
		if !within(m.Name, 40) || !within(m.Relation, 20) || m.IDNumber != "" && len(m.IDNumber) != 18 {
			return d, apperr.For(fmt.Sprintf("members[%d].name", i), ErrFamilyMember)
		}
		if m.IDNumber != "" && slices.Contains(papers, m.IDNumber) {
			return d, apperr.For(fmt.Sprintf("members[%d].id_number", i), ErrFamilyTwice)
		}
		papers = append(papers, m.IDNumber)
	}
	for i, n := range d.Needs {
		n.Measure = strings.TrimSpace(n.Measure)
		d.Needs[i] = n
		if n.Measure == "" && n.Yuan == 0 || n.Measure != "" && !within(n.Measure, 100) {
			return d, apperr.For(fmt.Sprintf("needs[%d].measure", i), ErrAidNeed)
		}
	}
	return d, nil
}

// Papers returns the ID numbers of a family's members, as far as they are known.
func (f Family) Papers() (numbers []string) {
	for _, m := range f.Members {
		if m.IDNumber != "" {
			numbers = append(numbers, m.IDNumber)
		}
	}
	return numbers
}

// Settle brings the state in line with whether there is a consent that is good. A
// record that is erased stays as it is.
func (h Household) Settle(consented bool, now time.Time) Household {
	next := h.State
	switch {
	case h.State == HouseholdErased:
	case consented:
		next = HouseholdConsented
	case h.State == HouseholdConsented:
		next = HouseholdRegistered // it ran out: as if registered today
	}
	if next == h.State {
		return h
	}
	h.State, h.StateAt, h.EraseAt, h.Version = next, now, time.Time{}, h.Version+1
	if next == HouseholdRegistered {
		h.EraseAt = now.AddDate(0, 0, referralKept)
	}
	return h
}

// Withdraw ends what the family's consent allowed.
func (h Household) Withdraw(now time.Time) Household {
	h.State, h.StateAt, h.EraseAt, h.Version = HouseholdWithdrawn, now, now.AddDate(0, 0, withdrawnKept), h.Version+1
	return h
}

// Hold keeps a record from being erased by the clock, with a reason; without one it
// lets go.
func (h Household) Hold(reason, by string) (Household, error) {
	reason, by, err := holdOf(reason, by)
	if err == nil {
		h.HoldReason, h.HoldBy, h.Version = reason, by, h.Version+1
	}
	return h, err
}

// HouseholdConsent is a family's yes, on paper. It is good for three years at most.
type HouseholdConsent struct {
	ID          string
	HouseholdID string
	FormNumber  string
	Sealed      []byte // ConsentForm
	GivenOn     string
	EndsAt      time.Time
	RecordedBy  string
	RecordedAt  time.Time
	WithdrawnAt time.Time // zero: it stands
	WithdrawnBy string
}

// Good reports whether a consent lets anybody help.
func (c HouseholdConsent) Good(now time.Time) bool {
	return c.WithdrawnAt.IsZero() && now.Before(c.EndsAt)
}

// RecordFor checks a paper form and returns the family's consent, whose form is not
// yet sealed.
func (n NewPaper) RecordFor(householdID, by string, now time.Time) (HouseholdConsent, ConsentForm, error) {
	number, form, day, err := n.checked(now)
	return HouseholdConsent{
		ID: id.New(), HouseholdID: householdID, FormNumber: number, GivenOn: n.GivenOn, EndsAt: day.AddDate(consentYears, 0, 0), RecordedBy: by, RecordedAt: now,
	}, form, err
}
