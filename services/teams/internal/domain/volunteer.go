package domain

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/luhn"
)

var (
	// ErrNoVolunteer says that there is no such person, or not for the asker to see.
	ErrNoVolunteer = apperr.New(apperr.NotFound, "no_such_volunteer", "没有这位志愿者。", "There is no such volunteer.")
	// ErrPhoneTaken says that somebody else is registered with the phone.
	ErrPhoneTaken = apperr.New(apperr.Conflict, "phone_taken", "这个手机号已经有人登记了。是同一个人的，请联系妇联合并；是家人共用的，请登记为共用手机。", "Somebody is registered with this phone already. If it is the same person, ask the office to merge the two; if the family shares it, register it as shared.")
	// ErrIDTaken says that somebody else is registered with the identity paper.
	ErrIDTaken = apperr.New(apperr.Conflict, "id_taken", "这个证件号已经登记过，请联系妇联核对，不要重复登记。", "This identity paper is registered already; please ask the office, and do not register twice.")
	// ErrName says that a text cannot be somebody's name.
	ErrName = apperr.New(apperr.Invalid, "name_wrong", "姓名不对，请写身份证上的姓名。", "This is not a name; please write it as it stands on the identity card.")
)

// VolunteerState is where a person's record stands.
type VolunteerState string

// The states of a record. An unclaimed 待认领 one was made by a roster or a
// leader: the person has no account yet and gathers hours all the same. A
// waiting 待监护人同意 one is a minor's without a guardian's consent. A merged
// one became part of another; an erased one 已注销 is a tombstone.
const (
	VolunteerUnclaimed VolunteerState = "unclaimed"
	VolunteerActive    VolunteerState = "active"
	VolunteerWaiting   VolunteerState = "waiting"
	VolunteerMerged    VolunteerState = "merged"
	VolunteerErased    VolunteerState = "erased"
)

// Here reports whether the person may join and serve: neither waiting for a
// guardian nor merged or erased.
func (s VolunteerState) Here() bool { return s == VolunteerUnclaimed || s == VolunteerActive }

// IDKind says which paper a number is of.
type IDKind string

// The papers: 居民身份证, 港澳台居民居住证, 护照, 外国人永久居留身份证.
const (
	IDNone            IDKind = ""
	IDResident        IDKind = "resident"
	IDHKMacaoTaiwan   IDKind = "hk_macao_taiwan"
	IDPassport        IDKind = "passport"
	IDForeignResident IDKind = "foreign_resident"
)

// Volunteer is a person 志愿者.
type Volunteer struct {
	ID              string
	Number          string // 志愿者编号, never the number of an identity card (MZ/T 061-2015)
	Name            string
	State           VolunteerState
	Phone           Phone // empty for somebody without one
	IDKind          IDKind
	IDNumber        string // of that paper; an IDNumber when IDKind is IDResident
	Sex             string // female | male | empty: not told
	RegionCode      string // home; empty: not told
	BoardConsent    bool   // the name may stand on public boards (条例 art. 20)
	RankConsent     bool   // sees their rank, and is seen by neighbours who do
	LocationConsent bool   // the phone may compare its place at check-in and say that it is elsewhere
	NationalConsent bool   // records may go to the national system (条例 art. 7)
	Minor           bool
	AdultOn         time.Time // a minor's eighteenth birthday; zero for an adult
	MergedInto      string    // id; empty unless merged
	JoinedAt        time.Time
	Version         int64
}

// NewVolunteer returns a person who joins now, unclaimed, with nothing known
// but the name.
func NewVolunteer(id string, serial int64, name string, now time.Time) (Volunteer, error) {
	name, err := ParseName(name)
	if err != nil {
		return Volunteer{}, err
	}
	return Volunteer{ID: id, Number: VolunteerNumber(now, serial), Name: name, State: VolunteerUnclaimed, JoinedAt: now, Version: 1}, nil
}

// VolunteerNumber returns the 志愿者编号 of a serial: HB, two digits of the year
// of joining in Hebi, seven of the serial, a check digit (Luhn).
func VolunteerNumber(joined time.Time, serial int64) string {
	digits := fmt.Sprintf("%02d%07d", joined.In(clock.City).Year()%100, serial)
	return "HB" + digits + string(luhn.Digit(digits))
}

// dots are the signs that people write for the one between the parts of a name.
var dots = strings.NewReplacer("•", "·", "・", "·", "．", "·", "‧", "·", "∙", "·")

// ParseName cleans a name as people and spreadsheets write it: outer and inner
// spaces of Chinese names go, the dots of 买买提·艾合买提 become one kind. It
// returns ErrName, on the input called name, for what no person is called.
func ParseName(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u3000' || r == '\u200b' || r == '\ufeff'
	}), " ")
	s = dots.Replace(s)
	if strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		s = strings.ReplaceAll(s, " ", "")
	}
	if n := utf8.RuneCountInString(s); n < 2 || n > 40 {
		return "", apperr.For("name", ErrName)
	}
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsMark(r), strings.ContainsRune("·.-' ’", r):
		default:
			return "", apperr.For("name", ErrName)
		}
	}
	if letters < 2 {
		return "", apperr.For("name", ErrName)
	}
	return s, nil
}

// Identify keeps the number of the resident identity card and what follows
// from it: the sex, and whether the person is a minor today.
func (v *Volunteer) Identify(n IDNumber, now time.Time) {
	v.IDKind, v.IDNumber, v.Sex = IDResident, string(n), n.Sex()
	v.Minor, v.AdultOn = false, time.Time{}
	if adult := n.AdultOn(); now.Before(adult) {
		v.Minor, v.AdultOn = true, adult
	}
}

// IDMasked returns the paper's number as it may be shown, or empty for none.
func (v Volunteer) IDMasked() string {
	if v.IDKind == IDResident {
		return IDNumber(v.IDNumber).Masked()
	}
	return masked(v.IDNumber, 2, 2)
}
