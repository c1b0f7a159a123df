package roster

// Person is a person that rows speak of, and what becomes of them.
type Person struct {
	ID      string       // of the known one, else for whoever carries the plan out to fill in
	Known   *KnownPerson // nil: new
	Facts   PersonFacts  // what will be written; a number that is empty stays as it is
	Changed bool

	rows  []*Row
	parts []*Member
}

// Member is a person's part in a team, and what becomes of it.
type Member struct {
	Team    *Team
	Person  *Person
	Known   *KnownMember // nil: new
	Role    string
	Changed bool

	row *Row
}

// judgePeople finds out which rows are of the same person, and whether that
// person is known. A row with an error of its own is left out: what it says
// cannot be relied on.
func (j *judge) judgePeople() {
	teamOf := map[*Row]*Team{}
	for _, t := range j.teams {
		for _, row := range t.all() {
			teamOf[row] = t
		}
	}
	for _, row := range j.Rows {
		t := teamOf[row]
		if t == nil || row.Person.Name == "" || !row.Usable() {
			continue
		}
		if p := j.inFile(t, row); p != nil {
			j.join(t, p, row)
		}
	}
	for _, p := range j.people {
		j.match(p)
	}
}

// inFile returns the person of a row: one that an earlier row spoke of, or
// another; nil when that is in doubt.
func (j *judge) inFile(t *Team, row *Row) *Person {
	f := row.Person
	if f.IDKey != "" {
		if p := j.byID[f.IDKey]; p != nil {
			if p.Facts.Name != f.Name {
				j.both(IDTwoNames, idField, row, p.rows[0])
				return nil
			}
			return p
		}
	}
	if f.PhoneKey != "" {
		switch p := j.byPhone[f.PhoneKey]; {
		case p == nil:
		case p.Facts.Name != f.Name:
			row.find(PhoneShared, phoneField(row), j.place(p.rows[0]))
			row.Person.Phone, row.Person.PhoneKey = "", ""
		case p.Facts.IDKey != "" && f.IDKey != "":
			j.both(PhoneTwoIDs, idField, row, p.rows[0])
			return nil
		default:
			return p
		}
	}
	return j.byNameInFile(t, row)
}

// byNameInFile compares a row with others of the team that have its name. A
// leader who stands in the team's row and among the members is one person.
func (j *judge) byNameInFile(t *Team, row *Row) *Person {
	f := row.Person
	for _, p := range j.byName[nameIn(t, f.Name)] {
		different := p.Facts.IDKey != "" && f.IDKey != "" || p.Facts.PhoneKey != "" && f.PhoneKey != ""
		switch leader := p.rows[0].Team.Own || row.Team.Own; {
		case different && !leader, p.Facts.IDKey != "" && f.IDKey != "":
		case different, !leader:
			j.both(SameName, nameField, row, p.rows[0])
			return nil
		default:
			return p
		}
	}
	p := &Person{Facts: f}
	p.Facts.Role = ""
	j.people = append(j.people, p)
	return p
}

func nameIn(t *Team, name string) string {
	return t.Facts.Name + "\x00" + t.Facts.Region + "\x00" + name
}

// join adds what a row says to its person, and their part in the team.
func (j *judge) join(t *Team, p *Person, row *Row) {
	p.rows = append(p.rows, row)
	f := row.Person
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	if p.Facts.PhoneKey == "" {
		p.Facts.Phone, p.Facts.PhoneKey = f.Phone, f.PhoneKey
	}
	if p.Facts.IDKey == "" {
		p.Facts.ID, p.Facts.IDKey = f.ID, f.IDKey
	}
	fill(&p.Facts.Sex, f.Sex)
	fill(&p.Facts.Home, f.Home)
	if p.Facts.IDKey != "" {
		j.byID[p.Facts.IDKey] = p
	}
	if p.Facts.PhoneKey != "" {
		j.byPhone[p.Facts.PhoneKey] = p
	}
	for _, m := range p.parts {
		if m.Team == t {
			j.again(m, row)
			return
		}
	}
	name := nameIn(t, f.Name)
	j.byName[name] = append(j.byName[name], p)
	m := &Member{Team: t, Person: p, Role: f.Role, row: row}
	j.parts, p.parts = append(j.parts, m), append(p.parts, m)
}

// again is the second row of a person in a team.
func (j *judge) again(m *Member, row *Row) {
	role := row.Person.Role
	switch {
	case m.row.Team.Own || row.Team.Own:
		m.Role = "leader"
	case m.Role == role, role == "":
	case m.Role == "":
		m.Role = role
	default:
		j.both(RoleTwice, roleField, row, m.row)
		return
	}
	if !m.row.Team.Own && !row.Team.Own {
		row.find(RowRepeated, -1, j.place(m.row))
	}
	if m.row.Person.Joined.IsZero() {
		m.row.Person.Joined = row.Person.Joined
	}
}

// match finds out whom of the known a person is: by identity number, else by
// phone and name, else by name in the same team.
func (j *judge) match(p *Person) {
	row := p.rows[0]
	k := j.matchByNumber(p)
	if !row.Usable() {
		return
	}
	if k == nil {
		k = j.matchByName(p)
	}
	if k == nil || !row.Usable() {
		return
	}
	if other := j.taken[k.ID]; other != nil {
		j.both(SameName, nameField, row, other.rows[0])
		return
	}
	j.taken[k.ID] = p
	p.Known, p.ID = k, k.ID
	j.compare(p)
}

func (j *judge) matchByNumber(p *Person) *KnownPerson {
	row, f := p.rows[0], &p.Facts
	if f.IDKey != "" {
		if k := j.known.id[f.IDKey]; k != nil {
			if k.Name != f.Name {
				row.find(IDOther, idField(row), "")
				return nil
			}
			if other := j.known.phone[f.PhoneKey]; other != nil && other != k {
				row.find(PhoneTaken, phoneField(row), "")
				f.Phone, f.PhoneKey = "", ""
			}
			return k
		}
	}
	k := j.known.phone[f.PhoneKey]
	switch {
	case k == nil:
		return nil
	case k.Name != f.Name:
		row.find(PhoneTaken, phoneField(row), "")
		f.Phone, f.PhoneKey = "", ""
		return nil
	case k.IDKey != "" && f.IDKey != "":
		row.find(PhoneOtherID, idField(row), "")
		return nil
	}
	return k
}

func (j *judge) matchByName(p *Person) *KnownPerson {
	row, f := p.rows[0], p.Facts
	var found []*KnownPerson
	for _, m := range p.parts {
		if m.Team.Known == nil {
			continue
		}
		for _, k := range j.known.named(m.Team.Known.ID, f.Name) {
			if k.IDKey == "" || f.IDKey == "" { // else the numbers say that they are two
				found = append(found, k)
			}
		}
	}
	switch {
	case len(found) == 0:
		return nil
	case len(found) > 1:
		row.find(NameTwice, nameField(row), "")
		return nil
	case found[0].PhoneKey != "" && f.PhoneKey != "":
		row.find(PhoneDiffers, phoneField(row), "")
		return nil
	}
	return found[0]
}

// compare keeps of the facts what is new. The phone of a record that its owner
// has claimed is how they sign in, and only theirs to change.
func (j *judge) compare(p *Person) {
	f, k := &p.Facts, p.Known
	if f.PhoneKey == k.PhoneKey {
		f.Phone = ""
	}
	if f.Phone != "" && k.Claimed {
		p.rows[0].find(PhoneKept, phoneField(p.rows[0]), "")
		f.Phone, f.PhoneKey = "", ""
	}
	if f.IDKey == k.IDKey {
		f.ID = ""
	}
	if k.Sex != "" && f.ID == "" {
		f.Sex = ""
	}
	if k.Home != "" {
		f.Home = ""
	}
	p.Changed = f.Phone != "" || f.ID != "" || f.Sex != "" && f.Sex != k.Sex || f.Home != ""
}

func nameField(r *Row) field  { return r.either(fieldName, fieldLeader) }
func phoneField(r *Row) field { return r.either(fieldPhone, fieldLeaderPhone) }
func idField(r *Row) field    { return r.either(fieldID, fieldLeaderID) }

func roleField(*Row) field { return fieldRole }
func teamField(*Row) field { return fieldTeam }

func (r *Row) either(member, leader field) field {
	if r.Team.Own {
		return leader
	}
	return member
}
