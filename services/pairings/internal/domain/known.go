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
