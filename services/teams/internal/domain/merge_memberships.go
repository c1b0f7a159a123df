package domain

import "time"

// MovedMemberships are what becomes of two records' open memberships when one
// record becomes part of the other, in the order in which it is written.
type MovedMemberships struct {
	Changed []Membership // closed, or in a higher role now
	Made    []Membership // gone's, in the survivor's name
	Told    []Membership // those of them that others hear of
}

// MoveMemberships closes the open memberships of gone and gives the active
// ones to the survivor. In a team that both are in, the survivor stays, in the
// higher of the two roles: a team does not lose its leader by it. What either
// has only asked for gives way to what the other has.
func MoveMemberships(gone, kept []Membership, survivorID, by string, newID func() string, now time.Time) MovedMemberships {
	own := map[string]Membership{}
	for _, m := range kept {
		own[m.TeamID] = m
	}
	var moved MovedMemberships
	for _, m := range gone {
		before := m
		m.Close(by, EndingMerged, "", now)
		moved.Changed = append(moved.Changed, m)
		if before.State != MembershipActive {
			continue
		}
		moved.Told = append(moved.Told, m)
		mine, both := own[before.TeamID]
		switch {
		case both && mine.State == MembershipActive && higher(before.Role, mine.Role):
			mine.Role = before.Role
			mine.Version++
			moved.Changed, moved.Told = append(moved.Changed, mine), append(moved.Told, mine)
			continue
		case both && mine.State == MembershipActive:
			continue
		case both:
			mine.Close(by, EndingMerged, "", now)
			moved.Changed = append(moved.Changed, mine)
		}
		moved.Made = append(moved.Made, before.of(survivorID, newID()))
		moved.Told = append(moved.Told, moved.Made[len(moved.Made)-1])
	}
	return moved
}

// of returns the membership in another record's name, as a new one.
func (m Membership) of(volunteerID, newID string) Membership {
	if m.RequestedBy == m.VolunteerID {
		m.RequestedBy = volunteerID
	}
	if m.DecidedBy == m.VolunteerID {
		m.DecidedBy = volunteerID
	}
	m.ID, m.VolunteerID, m.Version = newID, volunteerID, 1
	return m
}

func higher(a, b Role) bool {
	rank := map[Role]int{RoleMember: 1, RoleDeputy: 2, RoleLeader: 3}
	return rank[a] > rank[b]
}
