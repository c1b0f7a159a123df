package roster

import "strings"

// county returns the code of the county of a place, the city's for the city's own.
func county(p *place) string { return p.Code[:min(6, len(p.Code))] }

// ownPlace returns where a team's row says it is, or nil and says why.
func (j *judge) ownPlace(row *Row) *place {
	places := j.options.Places
	within := j.options.Scope.Paths
	if known := j.known.team[j.options.Scope.TeamID]; known != nil {
		return places.byCode[known.Region]
	}
	if row.where != "" {
		found := places.find(row.where, within)
		if one := j.one(row, found); one != nil || len(found) > 1 {
			return one
		}
	}
	if one := only(places.begin(row.Team.Name, within)); one != nil && (row.where == "" || row.whereField == fieldWorkplace) {
		row.find(PlaceFromName, row.whereField, places.fullName(one))
		return j.inside(row, one)
	}
	if row.where != "" && row.whereField != fieldWorkplace {
		row.find(PlaceUnknown, row.whereField, "")
	} else {
		row.find(PlaceMissing, row.whereField, "")
	}
	return nil
}

// one returns the place when there is exactly one and it is the uploader's.
func (j *judge) one(row *Row, found []*place) *place {
	switch len(found) {
	case 0:
		return nil
	case 1:
		return j.inside(row, found[0])
	}
	row.find(PlaceAmbiguous, row.whereField, j.choices(found))
	return nil
}

func (j *judge) choices(found []*place) string {
	var names []string
	for _, p := range found[:min(len(found), 3)] {
		names = append(names, j.options.Places.fullName(p))
	}
	text := strings.Join(names, "、")
	if len(found) > 3 {
		text += " 等"
	}
	return text
}

// inside returns the place, and notes it when it is not the uploader's.
func (j *judge) inside(row *Row, p *place) *place {
	if j.options.Scope.TeamID == "" && !covers(j.options.Scope.Paths, p.Path) {
		row.find(PlaceOutside, row.whereField, j.options.Places.fullName(p))
	}
	return p
}

func only(found []*place) *place {
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

func (j *judge) where(teams []*Team) string {
	var found []*place
	for _, t := range teams {
		if t.at != nil {
			found = append(found, t.at)
		}
	}
	return j.choices(found)
}

func related(a, b *place) bool {
	return strings.HasPrefix(a.Path, b.Path) || strings.HasPrefix(b.Path, a.Path)
}

// home returns the place that a person's row gives, which may be unreadable:
// it is often a street or an employer.
func (j *judge) home(row *Row) *place {
	if row.where == "" {
		return nil
	}
	one := only(j.options.Places.find(row.where, j.options.Scope.Paths))
	switch {
	case one == nil && row.whereField != fieldWorkplace:
		row.find(HomeUnread, row.whereField, "")
	case one != nil && one.Level != "city":
		row.Person.Home = one.Code
	}
	return one
}

// locate says where a team is of which only members' rows speak.
func (j *judge) locate(t *Team) {
	places, scope := j.options.Places, j.options.Scope
	if scope.TeamID != "" {
		if known := j.known.team[scope.TeamID]; known != nil {
			t.at = places.byCode[known.Region]
		}
		return
	}
	var common *place
	for _, row := range t.members {
		if p := places.byCode[row.Person.Home]; p != nil {
			common = places.above(common, p)
		}
	}
	known := j.known.teams[t.Facts.Name]
	if common != nil {
		known = nil
		for _, k := range j.known.teams[t.Facts.Name] {
			if p := places.byCode[k.Region]; p != nil && related(p, common) {
				known = append(known, k)
			}
		}
	}
	named := only(places.begin(t.Facts.Name, scope.Paths))
	switch {
	case len(known) == 1:
		t.at = places.byCode[known[0].Region]
	case len(known) > 1:
		var at []*place
		for _, k := range known {
			at = append(at, places.byCode[k.Region])
		}
		t.fail(TeamAmbiguous, j.choices(at))
		return
	case named != nil && (common == nil || related(named, common)):
		t.at = named
	default:
		t.at = common
	}
	switch {
	case t.at == nil:
		t.fail(TeamUnknown, "")
	case !covers(scope.Paths, t.at.Path):
		t.fail(PlaceOutside, places.fullName(t.at))
	}
}

// above returns the lowest division that covers both.
func (p *Places) above(a, b *place) *place {
	if a == nil {
		return b
	}
	for a != nil && !strings.HasPrefix(b.Path, a.Path) {
		a = p.byCode[a.Parent]
	}
	return a
}
