package roster

// judgeRoles compares what people are in their teams with what they are known
// to be. A leader changes hands on the team's page, where both are asked; a
// roster changes roles only while a team waits for its approval.
func (j *judge) judgeRoles() {
	leaders := map[*Team]*Member{}
	for _, m := range j.parts {
		if !m.row.Usable() {
			continue
		}
		j.judgeRole(m)
		if m.Role != "leader" {
			continue
		}
		if first := leaders[m.Team]; first != nil && first.Person != m.Person {
			j.both(TwoLeaders, roleField, m.row, first.row)
			continue
		}
		leaders[m.Team] = m
	}
	for _, t := range j.teams {
		if t.Known == nil && t.at != nil && leaders[t] == nil && len(t.rows) > 0 && t.rows[0].Usable() {
			t.rows[0].find(NoLeader, fieldLeader, "")
		}
	}
}

func (j *judge) judgeRole(m *Member) {
	said := m.Role
	if m.Role == "" {
		m.Role = "member"
	}
	if m.Team.Known == nil {
		return
	}
	settled := m.Team.Known.State == "active" || m.Team.Known.State == "suspended"
	if m.Person.Known != nil {
		m.Known = j.known.member(m.Team.Known.ID, m.Person.Known.ID)
	}
	switch k := m.Known; {
	case k != nil && !k.Active:
		m.row.find(LeftBefore, -1, "")
	case k != nil && (said == "" || said == k.Role):
		m.Role = k.Role
	case k != nil && settled:
		m.row.find(RoleKept, fieldRole, "")
		m.Role = k.Role
	case k != nil:
		m.Changed = true
	case settled && m.Role == "leader":
		m.row.find(RoleKept, fieldRole, "")
		m.Role = "member"
	case m.Role == "leader" && j.hasOtherLeader(m):
		m.row.find(TwoLeaders, fieldRole, "登记的队长")
	}
}

func (j *judge) hasOtherLeader(m *Member) bool {
	for _, k := range j.known.members[m.Team.Known.ID] {
		if k.Active && k.Role == "leader" && (m.Person.Known == nil || k.Person != m.Person.Known.ID) {
			return true
		}
	}
	return false
}

// holdBack keeps the members of a team back whose own row must be put right.
func (j *judge) holdBack() {
	for _, t := range j.teams {
		if t.Known != nil || len(t.rows) == 0 {
			continue
		}
		usable := false
		for _, row := range t.rows {
			usable = usable || row.Usable()
		}
		if usable {
			continue
		}
		for _, row := range t.members {
			row.find(TeamHeld, fieldTeam, j.place(t.rows[0]))
		}
	}
}
