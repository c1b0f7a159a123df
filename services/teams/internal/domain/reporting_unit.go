package domain

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoUnit says that there is no reporting unit of this name.
	ErrNoUnit = apperr.New(apperr.NotFound, "no_such_reporting_unit", "没有这个统计单位。", "There is no such reporting unit.")
	// ErrUnitTaken says that a reporting unit of this name is there already.
	ErrUnitTaken = apperr.New(apperr.Conflict, "reporting_unit_taken", "已经有同名的统计单位，请换一个名称。", "There is a reporting unit of this name already; please choose another.")
	// ErrThingName says that a text cannot be the name of a unit, a division or an office.
	ErrThingName = apperr.New(apperr.Invalid, "name_not_fit", "名称请写 2 到 60 个字，不要换行。", "A name has 2 to 60 characters, on one line.")
	// ErrUnitRetired says that the unit was retired, or restored, already.
	ErrUnitRetired = apperr.New(apperr.Conflict, "reporting_unit_state", "这个统计单位的状态刚刚变过，请刷新后再看。", "This unit was changed a moment ago; please reload the page.")
)

// UnitKind says what sort of body a reporting unit is.
type UnitKind string

// The kinds of reporting units: 县区, 开发区和示范区, 市直单位, 学校, 企业, 团体会员, 其他.
const (
	UnitCounty          UnitKind = "county"
	UnitDevelopmentZone UnitKind = "development_zone"
	UnitCityBody        UnitKind = "city_body"
	UnitSchool          UnitKind = "school"
	UnitFirm            UnitKind = "firm"
	UnitAssociation     UnitKind = "association"
	UnitOther           UnitKind = "other"
)

// ReportingUnit is a 统计单位: where a brigade's figures are counted. Its name is its key.
type ReportingUnit struct {
	Name      string
	Kind      UnitKind
	Position  int       // in lists and reports
	RetiredAt time.Time // zero while new brigades may be counted here
	Version   int64
}

// NewReportingUnit returns a unit that can be chosen from now on.
func NewReportingUnit(name string, kind UnitKind, position int) (ReportingUnit, error) {
	name, err := ParseThingName("name", name)
	if err != nil {
		return ReportingUnit{}, err
	}
	return ReportingUnit{Name: name, Kind: kind, Position: position, Version: 1}, nil
}

// Rename gives the unit another name and reports whether it is another.
func (u *ReportingUnit) Rename(name string) (bool, error) {
	name, err := ParseThingName("new_name", name)
	if err != nil || name == u.Name {
		return false, err
	}
	u.Name = name
	u.Version++
	return true, nil
}

// Retire takes the unit out of the choice for new brigades; those that are
// counted here stay. It returns ErrUnitRetired when it is out already.
func (u *ReportingUnit) Retire(now time.Time) error {
	if !u.RetiredAt.IsZero() {
		return ErrUnitRetired
	}
	u.RetiredAt = now
	u.Version++
	return nil
}

// Restore takes back Retire. It returns ErrUnitRetired when the unit is not retired.
func (u *ReportingUnit) Restore() error {
	if u.RetiredAt.IsZero() {
		return ErrUnitRetired
	}
	u.RetiredAt = time.Time{}
	u.Version++
	return nil
}

// ParseThingName cleans the name of a unit, a division or an office. It
// returns ErrThingName, on the input called field, for what is none.
func ParseThingName(field, s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u3000' || r == '\u200b' || r == '\ufeff' }), " ")
	if n := utf8.RuneCountInString(s); n < 2 || n > 60 || strings.IndexFunc(s, unicode.IsControl) >= 0 || strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return "", apperr.For(field, ErrThingName)
	}
	return s, nil
}
