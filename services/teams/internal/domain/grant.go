package domain

import "time"

// Grant is an officer's authority 授权: a role over a region and all below it,
// for a period.
type Grant struct {
	ID          string
	VolunteerID string
	Role        string // viewer | coordinator | child_care | administrator
	RegionCode  string
	RegionName  string // as read; not kept with the grant
	RegionPath  string // as read; not kept with the grant
	From        time.Time
	Until       time.Time // zero: until it is withdrawn
	GrantedBy   string    // empty: by whoever installed Qihe; never the officer themself
	Reason      string
	Version     int64
}

// ActiveAt reports whether the grant counts at t: from its first instant, no longer at its last.
func (g Grant) ActiveAt(t time.Time) bool {
	return !t.Before(g.From) && (g.Until.IsZero() || t.Before(g.Until))
}

// ActiveGrants returns those that count at t.
func ActiveGrants(grants []Grant, t time.Time) []Grant {
	active := make([]Grant, 0, len(grants))
	for _, g := range grants {
		if g.ActiveAt(t) {
			active = append(active, g)
		}
	}
	return active
}
