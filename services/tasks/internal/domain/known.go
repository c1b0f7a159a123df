package domain

// KnownTeam is what this service keeps of a brigade, as teams told it.
type KnownTeam struct {
	TeamID, Name  string
	RegionPath    string // ends in a slash; a subtree is a prefix
	ReportingUnit string
	State         string // only the teams of state active can post
	Version       int64
}

// KnownMembership is what this service keeps of who is what in a brigade.
type KnownMembership struct {
	MembershipID, TeamID, VolunteerID string
	Role                              string // member | deputy | leader
	State                             string // active | ended
	Version                           int64
}
