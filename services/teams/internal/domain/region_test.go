package domain_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

var (
	theCity   = domain.Region{Code: "4106", Name: "鹤壁市", Path: "4106/", Level: domain.LevelCity}
	theCounty = domain.Region{Code: "410621", Name: "浚县", Path: "4106/410621/", Level: domain.LevelCounty, Parent: "4106"}
	theTown   = domain.Region{Code: "410621100", Name: "善堂镇", Path: "4106/410621/410621100/", Level: domain.LevelTownship, Parent: "410621"}
	theVil    = domain.Region{Code: "410621100200", Name: "东街村民委员会", Path: "4106/410621/410621100/410621100200/", Level: domain.LevelVillage, Parent: "410621100"}
)

func TestNewRegion(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		parent     domain.Region
		code, name string
		want       error
	}{
		"a township below a county":     {theCounty, "410621101", "屯子镇", nil},
		"a village below a township":    {theTown, "410621100201", "西街村民委员会", nil},
		"a county below the city":       {theCity, "410622", "淇县", domain.ErrRegionFixed},
		"something below a village":     {theVil, "410621100200001", "一组", domain.ErrRegionFixed},
		"a village below a county":      {theCounty, "410621100201", "西街村", domain.ErrRegionCode},
		"with a code of another county": {theCounty, "410622101", "屯子镇", domain.ErrRegionCode},
		"with a name that is none":      {theCounty, "410621101", "·", domain.ErrThingName},
		"with a name of signs only":     {theCounty, "410621101", "$$$", domain.ErrThingName},
		"with a name on two lines":      {theCounty, "410621101", "屯子\n镇", domain.ErrThingName},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := domain.NewRegion(c.parent, c.code, c.name)
			if !errors.Is(err, c.want) || err == nil && (r.Path != c.parent.Path+c.code+"/" || r.Parent != c.parent.Code) {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
}

func TestMovesAndMerges(t *testing.T) {
	t.Parallel()
	otherTown := domain.Region{Code: "410621101", Level: domain.LevelTownship, Parent: "410621"}
	for name, c := range map[string]struct{ got, want error }{
		"a village to another township": {theVil.MayMoveTo(otherTown), nil},
		"a village to where it is":      {theVil.MayMoveTo(theTown), domain.ErrRegionPlace},
		"a village to a county":         {theVil.MayMoveTo(theCounty), domain.ErrRegionPlace},
		"a county anywhere":             {theCounty.MayMoveTo(theCity), domain.ErrRegionFixed},
		"a township into another":       {theTown.MayMergeInto(otherTown), nil},
		"a township into itself":        {theTown.MayMergeInto(theTown), domain.ErrRegionPlace},
		"a village into a township":     {theVil.MayMergeInto(theTown), domain.ErrRegionPlace},
		"a county into another":         {theCounty.MayMergeInto(theCounty), domain.ErrRegionFixed},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	got := []string{
		domain.Place([]string{"鹤壁市"}), domain.Place([]string{"鹤壁市", "浚县"}),
		domain.Place([]string{"鹤壁市", "浚县", "善堂镇", "东街村民委员会"}), domain.Place([]string{"鹤壁市", "淇滨区", "天山路街道", "天山社区居民委员会"}),
	}
	if diff := cmp.Diff([]string{"鹤壁市", "浚县", "浚县 · 善堂镇 · 东街村", "淇滨区 · 天山路街道 · 天山社区"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOffice(t *testing.T) {
	t.Parallel()
	good := domain.OfficeFacts{Kind: domain.OfficeHome, Name: "东街村妇女之家", Address: "东街村党群服务中心", Phone: "0392-1000001", Demonstration: "city", IsVenue: true, Latitude: 35.6, Longitude: 114.5}
	for name, c := range map[string]struct {
		change func(*domain.OfficeFacts)
		want   error
	}{
		"as it should be":                {func(*domain.OfficeFacts) {}, nil},
		"a venue without an address":     {func(f *domain.OfficeFacts) { f.Address = " " }, domain.ErrOfficeAddress},
		"no venue and no address":        {func(f *domain.OfficeFacts) { f.Address, f.IsVenue = "", false }, nil},
		"a phone that is a sentence":     {func(f *domain.OfficeFacts) { f.Phone = "问值班员" }, domain.ErrOfficePhone},
		"a federation with 示范 status":    {func(f *domain.OfficeFacts) { f.Kind = domain.OfficeFederation }, domain.ErrDemonstration},
		"a latitude without a longitude": {func(f *domain.OfficeFacts) { f.Longitude = 0 }, domain.ErrOfficePoint},
		"no name":                        {func(f *domain.OfficeFacts) { f.Name = "" }, domain.ErrThingName},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			facts := good
			c.change(&facts)
			o, err := domain.NewOffice("o", facts, theVil)
			if !errors.Is(err, c.want) || err == nil && o.RegionCode != theVil.Code {
				t.Errorf("%+v, %v", o, err)
			}
		})
	}
	t.Run("who read it before another changed it is told, and closed it stays", func(t *testing.T) {
		t.Parallel()
		o, err := domain.NewOffice("o", good, theVil)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Change(good, theTown, 1); err != nil || o.Version != 2 || o.RegionCode != theTown.Code {
			t.Error(o, err)
		}
		if err := o.Change(good, theVil, 1); !errors.Is(err, domain.ErrOfficeChanged) {
			t.Error(err)
		}
		if err := o.Close(); err != nil || !errors.Is(o.Close(), domain.ErrOfficeClosed) || !errors.Is(o.Change(good, theVil, 3), domain.ErrOfficeClosed) {
			t.Error(o, err)
		}
	})
}
