package domain

import "testing"

func TestBoardSwitches(t *testing.T) {
	t.Parallel()
	const city, county, township = "4106/", "4106/410621/", "4106/410621/410621100/"
	all := BoardSwitches{ // the last day first
		{RegionPath: county, ValidFrom: 30, Off: true},
		{RegionPath: city, ValidFrom: 20, Off: false},
		{RegionPath: township, ValidFrom: 10, Off: false},
		{RegionPath: city, ValidFrom: 10, Off: true},
	}
	for _, c := range []struct {
		path string
		on   Day
		want string
	}{
		{city, 9, ""}, {city, 10, city}, {county, 10, city}, {township, 15, city}, // what is set below does not bring them back
		{city, 20, ""}, {county, 29, ""}, {county, 30, county}, {township, 30, county}, {city, 30, ""}, {"4106/410611/", 30, ""}, {"", 30, ""},
	} {
		if by, off := all.Off(c.path, c.on); by != c.want || off != (c.want != "") {
			t.Errorf("Off(%s, %d) = %q, %v; want %q", c.path, c.on, by, off, c.want)
		}
	}
	if got := all.City(); got != city {
		t.Errorf("City = %q", got)
	}
	if got := (BoardSwitches)(nil).City(); got != "" {
		t.Errorf("City of nothing = %q", got)
	}
}
