package domain

import "time"

// KnownTeam is what this service keeps of a brigade, as teams told it.
type KnownTeam struct {
	TeamID, Name  string
	RegionPath    string // ends in a slash; a subtree is a prefix
	ReportingUnit string
	State         string // only the teams of state active can post
	SuccessorID   string // of a dissolved one that became part of another
	Version       int64
}

// KnownMembership is what this service keeps of who is what in a brigade.
type KnownMembership struct {
	MembershipID, TeamID, VolunteerID string
	Role                              string // member | deputy | leader
	State                             string // active | ended
	Version                           int64
}

// KnownMerge says whose record another one is now.
type KnownMerge struct {
	VolunteerID, MergedInto string
	Version                 int64
}

// KnownHandover is the last time that a brigade got another leader.
type KnownHandover struct {
	TeamID, ToID string
	At           time.Time
	Version      int64 // of the team
}
