// Package domain holds the rules of pairings: who may stand by whom, what must be
// true before, and on what grounds anybody reads about a child. It does no I/O.
package domain

import "time"

// KnownRegion is what this service keeps of a statistical division (区划).
type KnownRegion struct {
	Code, Name string
	Path       string // codes from the city down, each followed by a slash
	Version    int64
}

// KnownGrant is what this service keeps of an officer's authority (授权).
type KnownGrant struct {
	GrantID, VolunteerID string
	Role                 string // viewer | coordinator | child_care | administrator
	RegionPath           string
	State                string // active | ended
	From, Until          time.Time
	Version              int64
}

// KnownPerson is what this service keeps of people: no name.
type KnownPerson struct {
	VolunteerID   string
	Minor, Erased bool
	MergedInto    string // whose record this is now; empty: their own
	Version       int64
}

// KnownTraining is a paper that proves 岗前培训.
type KnownTraining struct {
	QualificationID, VolunteerID string
	State                        string // claimed | confirmed | refused | withdrawn
	From, Until                  time.Time
	Version                      int64
}
