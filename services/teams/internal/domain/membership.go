package domain

import "time"

// Role is what somebody is in a brigade.
type Role string

// The roles in a brigade: 队员, 副队长, 队长. NoRole is for whoever is not in it.
const (
	NoRole     Role = ""
	RoleMember Role = "member"
	RoleDeputy Role = "deputy"
	RoleLeader Role = "leader"
)

// Leads reports whether the role runs the brigade.
func (r Role) Leads() bool { return r == RoleLeader || r == RoleDeputy }

// Membership says what a volunteer is in a team. A team has at most one active
// membership of a person.
type Membership struct {
	ID          string
	TeamID      string
	VolunteerID string
	Role        Role
	Since       time.Time
	Version     int64
}
