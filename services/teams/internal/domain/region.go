// Package domain says who the people of Qihe are to each other, how they
// prove who they are, and which changes to that are allowed. It is pure: no
// database, no clock, no transport.
package domain

import (
	"maps"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoRegion says that there is no division with this code, or that it is not the asker's to use.
	ErrNoRegion = apperr.New(apperr.NotFound, "no_such_region", "没有这个区划。", "There is no such division.")
	// ErrRegionTaken says that a division with this code is there already.
	ErrRegionTaken = apperr.New(apperr.Conflict, "region_taken", "这个区划代码已经有了，请核对代码。", "There is a division with this code already; please check the code.")
	// ErrRegionCode says that a code does not follow from the division above it.
	ErrRegionCode = apperr.New(apperr.Invalid, "region_code", "区划代码不对：乡镇、街道 9 位，村、社区 12 位，开头要和上级的代码一样。", "The code is not right: 9 digits for a township, 12 for a village, beginning with the code of the division above.")
	// ErrCityCode says that a code is no city's, or no county's of that city.
	ErrCityCode = apperr.New(apperr.Invalid, "city_code", "区划代码不对：市 4 位，县区 6 位，开头是市的代码，并写明名称。", "The code is not right: 4 digits for a city, 6 for a county, beginning with the city's code, and each with its name.")
	// ErrRegionFixed says that a division of this level is not changed here.
	ErrRegionFixed = apperr.New(apperr.Conflict, "region_fixed", "市和县区不在这里改，只能改乡镇（街道）和村（社区）。", "The city and its counties are not changed here, only townships and villages.")
	// ErrRegionPlace says that a division cannot hang there, or become part of that.
	ErrRegionPlace = apperr.New(apperr.Conflict, "region_place", "不能移到或并到那里：村（社区）归乡镇（街道），乡镇（街道）归县区；合并要在同一级之间。", "It cannot go there: villages belong to townships, townships to counties; only divisions of one level can be merged.")
	// ErrRegionInUse says that something must be settled before a division becomes part of another.
	ErrRegionInUse = apperr.New(apperr.Conflict, "region_in_use", "这个区划还有正在用的授权，或者还开着的妇联组织、妇女之家。请先撤销授权、把组织改到新的区划，再合并。", "Somebody still has authority over this division, or an office there is open. Please withdraw the authority and move the office before merging.")
)

// The levels of divisions: 市, 县区, 乡镇（街道）, 村（社区）.
const (
	LevelCity     = "city"
	LevelCounty   = "county"
	LevelTownship = "township"
	LevelVillage  = "village"
)

// below says which level comes below each, and how long its codes are.
var below = map[string]struct {
	level  string
	digits int
}{LevelCity: {LevelCounty, 6}, LevelCounty: {LevelTownship, 9}, LevelTownship: {LevelVillage, 12}}

// Region is a statistical division 区划: the city, a county, a township or a village.
type Region struct {
	Code       string
	Name       string
	Path       string // codes from the city down, each followed by a slash
	Level      string // city | county | township | village
	Parent     string // code; empty for the city
	MergedInto string // code of the division it became part of; empty while it is one
	Version    int64
}

// NewCity returns a city and its counties, by code, for a place that has no divisions
// yet. Without a code and a name it returns none; with others than a city's and its
// counties' ErrRegionCode.
func NewCity(code, name string, counties map[string]string) ([]Region, error) {
	if code == "" || name == "" {
		return nil, nil
	}
	if len(code) != 4 || strings.Trim(code, "0123456789") != "" {
		return nil, apperr.For("code", ErrCityCode)
	}
	city := Region{Code: code, Name: name, Path: code + "/", Level: LevelCity, Version: 1}
	all := []Region{city}
	for _, c := range slices.Sorted(maps.Keys(counties)) {
		if len(c) != below[LevelCity].digits || !strings.HasPrefix(c, code) || strings.Trim(c, "0123456789") != "" || counties[c] == "" {
			return nil, apperr.For("code", ErrCityCode)
		}
		all = append(all, Region{Code: c, Name: counties[c], Path: city.Path + c + "/", Level: LevelCounty, Parent: code, Version: 1})
	}
	return all, nil
}

// NewRegion returns a township below a county, or a village below a township.
// It returns ErrRegionCode, on the input that is wrong, or ErrRegionFixed.
func NewRegion(parent Region, code, name string) (Region, error) {
	next := below[parent.Level]
	if next.level != LevelTownship && next.level != LevelVillage {
		return Region{}, ErrRegionFixed
	}
	if len(code) != next.digits || !strings.HasPrefix(code, parent.Code) {
		return Region{}, apperr.For("code", ErrRegionCode)
	}
	name, err := ParseThingName("name", name)
	if err != nil {
		return Region{}, err
	}
	return Region{Code: code, Name: name, Path: parent.Path + code + "/", Level: next.level, Parent: parent.Code, Version: 1}, nil
}

// Rename gives the division another name and reports whether it is another.
func (r *Region) Rename(name string) (bool, error) {
	if !r.changeable() {
		return false, ErrRegionFixed
	}
	name, err := ParseThingName("name", name)
	if err != nil || name == r.Name {
		return false, err
	}
	r.Name = name
	r.Version++
	return true, nil
}

// MayMoveTo returns nil if the division can hang below parent, and why not otherwise.
func (r Region) MayMoveTo(parent Region) error {
	switch {
	case !r.changeable():
		return ErrRegionFixed
	case below[parent.Level].level != r.Level || parent.Code == r.Parent:
		return ErrRegionPlace
	}
	return nil
}

// MayMergeInto returns nil if the division can become part of another, and why not otherwise.
func (r Region) MayMergeInto(into Region) error {
	switch {
	case !r.changeable():
		return ErrRegionFixed
	case into.Level != r.Level || into.Code == r.Code:
		return ErrRegionPlace
	}
	return nil
}

func (r Region) changeable() bool { return r.Level == LevelTownship || r.Level == LevelVillage }

// ShortName returns what people call a division: 裴庄村 for 裴庄村民委员会.
func ShortName(name string) string {
	for _, ending := range []string{"村民委员会", "村委会"} {
		if base, is := strings.CutSuffix(name, ending); is && base != "" {
			return strings.TrimSuffix(base, "村") + "村"
		}
	}
	if base, is := strings.CutSuffix(name, "居民委员会"); is && base != "" {
		return strings.TrimSuffix(base, "社区") + "社区"
	}
	return name
}

// Place returns the way to a division from the names on it, from the city
// down: 浚县 · 善堂镇 · 东街村, and 鹤壁市 for the city itself.
func Place(names []string) string {
	if len(names) > 1 {
		names = names[1:]
	}
	short := make([]string, len(names))
	for i, name := range names {
		short[i] = ShortName(name)
	}
	return strings.Join(short, " · ")
}
