package domain

import "time"

// KnownMembership is what this service keeps of who is what in a brigade.
type KnownMembership struct {
	MembershipID, TeamID, VolunteerID string
	Role                              string // member | deputy | leader
	State                             string // active | ended
	Version                           int64
}

// KnownGrant is what this service keeps of an officer's authority.
type KnownGrant struct {
	GrantID, VolunteerID string
	Role                 string // viewer | coordinator | child_care | administrator
	RegionPath           string
	State                string // active | ended
	From, Until          time.Time
	Version              int64
}

// KnownOffice is what this service keeps of a 妇联组织 or a 妇女之家.
type KnownOffice struct {
	OfficeID, Name string
	Kind           string // federation | home
	RegionPath     string
	State          string // open | closed
	Version        int64
}
