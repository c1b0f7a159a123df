package domain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoOffice says that there is no such office, or that it is not the asker's to change.
	ErrNoOffice = apperr.New(apperr.NotFound, "no_such_office", "没有这个妇联组织或妇女之家。", "There is no such office.")
	// ErrFederationTaken says that a region has its federation already.
	ErrFederationTaken = apperr.New(apperr.Conflict, "federation_taken", "这个区划已经有一个妇联组织。要换新的，请先关闭原来的。", "This division has its federation already. To replace it, please close that one first.")
	// ErrOfficeClosed says that a closed office cannot be changed or chosen.
	ErrOfficeClosed = apperr.New(apperr.Conflict, "office_closed", "这个组织已经关闭，不能再改或再选。", "This office is closed; it can neither be changed nor chosen.")
	// ErrOfficeChanged says that somebody else changed the office since it was read.
	ErrOfficeChanged = apperr.New(apperr.Conflict, "office_changed", "别人刚刚改过这里的内容，请刷新后再改。", "Somebody changed this a moment ago; please reload the page and change it again.")
	// ErrOfficeAddress says that a venue needs an address, of at most 120 characters.
	ErrOfficeAddress = apperr.New(apperr.Invalid, "office_address", "请写地址（不超过 120 字）；能办活动的地方一定要有地址。", "Please give an address of at most 120 characters; a venue must have one.")
	// ErrOfficePhone says that a text is no telephone number of an office.
	ErrOfficePhone = apperr.New(apperr.Invalid, "office_phone", "电话不对，请写办公电话，例如 0392-3330000。", "This is no telephone number; please give the office's, such as 0392-3330000.")
	// ErrOfficePoint says that coordinates are not two, or not on this earth.
	ErrOfficePoint = apperr.New(apperr.Invalid, "office_point", "位置不对，经度和纬度要一起填。", "The position is not right; latitude and longitude go together.")
	// ErrDemonstration says that only a 妇女之家 has 示范 status.
	ErrDemonstration = apperr.New(apperr.Invalid, "office_demonstration", "只有妇女之家才有示范称号。", "Only a Women's Home has demonstration status.")
)

// The kinds of offices: 妇联组织, 妇女之家.
const (
	OfficeFederation = "federation"
	OfficeHome       = "home"
)

// OfficeFacts are what an officer says of an office.
type OfficeFacts struct {
	Kind                string // federation | home
	Name                string
	RegionCode          string
	Address             string
	Phone               string  // of the office, public; empty for none
	Demonstration       string  // 示范: province | city | county, or empty
	IsVenue             bool    // activities can be held here
	Latitude, Longitude float64 // both 0: not known
}

// Office is a 妇联组织 at a region, or a 妇女之家.
type Office struct {
	ID string
	OfficeFacts
	RegionName string // as read; not kept with the office
	RegionPath string // as read; not kept with the office
	Closed     bool
	Version    int64
}

// NewOffice returns an open office. It returns an error that names every input that is wrong.
func NewOffice(id string, facts OfficeFacts, region Region) (Office, error) {
	o := Office{ID: id, Version: 1}
	err := o.set(facts, region)
	return o, err
}

// Change writes other facts of an office that was read at a version. It
// returns ErrOfficeClosed, ErrOfficeChanged, or an error that names every
// input that is wrong.
func (o *Office) Change(facts OfficeFacts, region Region, version int64) error {
	switch {
	case o.Closed:
		return ErrOfficeClosed
	case o.Version != version:
		return ErrOfficeChanged
	}
	o.Version++
	return o.set(facts, region)
}

// Close ends an office. It returns ErrOfficeClosed when it is closed already.
func (o *Office) Close() error {
	if o.Closed {
		return ErrOfficeClosed
	}
	o.Closed = true
	o.Version++
	return nil
}

// Reopen opens a closed office again, and reports whether that is new.
func (o *Office) Reopen() bool {
	if !o.Closed {
		return false
	}
	o.Closed = false
	o.Version++
	return true
}

var officePhone = regexp.MustCompile(`^[0-9+() -]{3,24}$`)

func (o *Office) set(f OfficeFacts, region Region) error {
	var wrong []apperr.Field
	name, err := ParseThingName("name", f.Name)
	if err != nil {
		wrong = append(wrong, apperr.Wrong("name", ErrThingName))
	}
	f.Name, f.Address, f.Phone = name, strings.TrimSpace(f.Address), strings.TrimSpace(f.Phone)
	if utf8.RuneCountInString(f.Address) > 120 || f.IsVenue && f.Address == "" || strings.IndexFunc(f.Address, unicode.IsControl) >= 0 {
		wrong = append(wrong, apperr.Wrong("address", ErrOfficeAddress))
	}
	if f.Phone != "" && !officePhone.MatchString(f.Phone) {
		wrong = append(wrong, apperr.Wrong("phone", ErrOfficePhone))
	}
	if f.Kind != OfficeHome && f.Demonstration != "" {
		wrong = append(wrong, apperr.Wrong("demonstration", ErrDemonstration))
	}
	if (f.Latitude == 0) != (f.Longitude == 0) {
		wrong = append(wrong, apperr.Wrong("latitude", ErrOfficePoint))
	}
	if len(wrong) > 0 {
		return apperr.Together(wrong...)
	}
	f.RegionCode = region.Code
	o.OfficeFacts, o.RegionName, o.RegionPath = f, region.Name, region.Path
	return nil
}
