// Package teamsv1 is what the teams service tells the others, version 1.
//
// Events carry facts about people only as ids: no name, phone or address of a
// person is ever in one. Names of teams and regions are public and travel.
// Every event carries its aggregate's version, one higher at each change, so
// that a reader can ignore what it has already outgrown.
package teamsv1

import "time"

// Stream is the JetStream stream that holds these events.
const Stream = "TEAMS"

// RegionChanged says what a statistical division is now called and where it hangs.
type RegionChanged struct {
	Code  string `json:"code"`  // statistical code without trailing zeros of lower levels: "4106", "410621", "410621100", "410621100201"
	Name  string `json:"name"`  // "浚县"
	Path  string `json:"path"`  // codes from the city down, each followed by a slash: "4106/410621/410621100/"
	Level string `json:"level"` // city | county | township | village
	// MergedInto is the code of the division that this one became part of; its
	// brigades and people are there now, what it was stays readable.
	MergedInto string `json:"merged_into,omitempty"`
	Version    int64  `json:"version"`
}

// Subject is where this event is published.
func (RegionChanged) Subject() string { return "teams.v1.region.changed" }

// Aggregate returns the region's code and version.
func (e RegionChanged) Aggregate() (string, int64) { return "region/" + e.Code, e.Version }

// TeamChanged says what a brigade is now. It is told when the brigade is made and at every change.
type TeamChanged struct {
	TeamID        string `json:"team_id"`
	Name          string `json:"name"`
	RegionCode    string `json:"region_code"`
	RegionPath    string `json:"region_path"` // ends in a slash; a subtree is a prefix
	ReportingUnit string `json:"reporting_unit"`
	State         string `json:"state"`                  // draft | submitted | active | suspended | dissolved
	SuccessorID   string `json:"successor_id,omitempty"` // of a dissolved brigade that became part of another

	FoundedAt  time.Time `json:"founded_at,omitzero"`  // missing in events of earlier releases
	StateSince time.Time `json:"state_since,omitzero"` // missing: since it was founded

	Version int64 `json:"version"`
}

// Subject is where this event is published.
func (TeamChanged) Subject() string { return "teams.v1.team.changed" }

// Aggregate returns the team's id and version.
func (e TeamChanged) Aggregate() (string, int64) { return "team/" + e.TeamID, e.Version }

// TeamHandedOver says that a brigade has another leader (交接): what only the
// one before may know, such as the keys of shifts to come, counts no more. The
// memberships are told on their own.
type TeamHandedOver struct {
	TeamID  string    `json:"team_id"`
	From    string    `json:"from,omitempty"` // volunteer; missing when nobody led it
	To      string    `json:"to"`             // volunteer
	At      time.Time `json:"at"`
	Version int64     `json:"version"` // of the team
}

// Subject is where this event is published.
func (TeamHandedOver) Subject() string { return "teams.v1.team.handed-over" }

// Aggregate returns the team's id and version.
func (e TeamHandedOver) Aggregate() (string, int64) { return "team/" + e.TeamID, e.Version }

// MembershipChanged says what a volunteer now is in a team.
type MembershipChanged struct {
	MembershipID string `json:"membership_id"`
	TeamID       string `json:"team_id"`
	VolunteerID  string `json:"volunteer_id"`
	Role         string `json:"role"`  // member | deputy | leader
	State        string `json:"state"` // active | ended
	Version      int64  `json:"version"`
}

// Subject is where this event is published.
func (MembershipChanged) Subject() string { return "teams.v1.membership.changed" }

// Aggregate returns the membership's id and version.
func (e MembershipChanged) Aggregate() (string, int64) {
	return "membership/" + e.MembershipID, e.Version
}

// VolunteerChanged says that something about a person changed that others
// show or depend on. What it was is asked from teams, never told here.
type VolunteerChanged struct {
	VolunteerID     string `json:"volunteer_id"`
	Minor           bool   `json:"minor"`
	BoardConsent    bool   `json:"board_consent"`              // the name may stand on boards (条例 art. 20)
	RankConsent     bool   `json:"rank_consent,omitempty"`     // sees their rank, and is seen by neighbours who do; missing is no
	LocationConsent bool   `json:"location_consent,omitempty"` // the phone may compare its place at check-in and say that it is elsewhere; missing is no
	// WaitsForGuardian is true of a minor whose guardian has not agreed: they
	// cannot take part yet. Missing is no.
	WaitsForGuardian bool `json:"waits_for_guardian,omitempty"`
	Erased           bool `json:"erased"` // 注销: only a tombstone is left
	// MergedInto is whose record this one is part of now, empty for none: what
	// was done under this id is to be read as that person's. It never names one
	// that is merged itself.
	MergedInto string `json:"merged_into,omitempty"`
	Version    int64  `json:"version"`
}

// Subject is where this event is published.
func (VolunteerChanged) Subject() string { return "teams.v1.volunteer.changed" }

// Aggregate returns the volunteer's id and version.
func (e VolunteerChanged) Aggregate() (string, int64) { return "volunteer/" + e.VolunteerID, e.Version }

// SessionRevoked says that a sign-in no longer counts.
type SessionRevoked struct {
	SessionID   string    `json:"session_id"`
	VolunteerID string    `json:"volunteer_id"`
	RevokedAt   time.Time `json:"revoked_at"`
	Version     int64     `json:"version"`
}

// Subject is where this event is published.
func (SessionRevoked) Subject() string { return "teams.v1.session.revoked" }

// Aggregate returns the session's id and version.
func (e SessionRevoked) Aggregate() (string, int64) { return "session/" + e.SessionID, e.Version }

// SessionChanged says that something about a sign-in changed which the portal
// tells the services: it was proved with a second factor.
type SessionChanged struct {
	SessionID   string `json:"session_id"`
	VolunteerID string `json:"volunteer_id"`
	Version     int64  `json:"version"`
}

// Subject is where this event is published.
func (SessionChanged) Subject() string { return "teams.v1.session.changed" }

// Aggregate returns the session's id and version.
func (e SessionChanged) Aggregate() (string, int64) { return "session/" + e.SessionID, e.Version }

// GrantChanged says that an officer's authority was given or withdrawn, or that
// its region's path is another now. Nothing is told when it begins or ends by
// its date: whoever keeps it compares the dates with the clock.
type GrantChanged struct {
	GrantID     string    `json:"grant_id"`
	VolunteerID string    `json:"volunteer_id"`
	Role        string    `json:"role"` // viewer | coordinator | child_care | administrator
	RegionPath  string    `json:"region_path"`
	State       string    `json:"state"` // active | ended: withdrawn
	From        time.Time `json:"from,omitzero"`
	Until       time.Time `json:"until,omitzero"` // zero: until it is withdrawn
	Version     int64     `json:"version"`
}

// Subject is where this event is published.
func (GrantChanged) Subject() string { return "teams.v1.grant.changed" }

// Aggregate returns the grant's id and version.
func (e GrantChanged) Aggregate() (string, int64) { return "grant/" + e.GrantID, e.Version }

// OfficeChanged says what a 妇联组织 or a 妇女之家 is now: where it is, and
// whether activities can be held there.
type OfficeChanged struct {
	OfficeID      string  `json:"office_id"`
	Kind          string  `json:"kind"` // federation | home
	Name          string  `json:"name"`
	RegionCode    string  `json:"region_code"`
	RegionPath    string  `json:"region_path"`
	Address       string  `json:"address"`
	Demonstration string  `json:"demonstration,omitempty"` // 示范: province | city | county
	IsVenue       bool    `json:"is_venue"`
	Latitude      float64 `json:"latitude,omitempty"` // with the longitude: 0, 0 is not known
	Longitude     float64 `json:"longitude,omitempty"`
	State         string  `json:"state"` // open | closed
	Version       int64   `json:"version"`
}

// Subject is where this event is published.
func (OfficeChanged) Subject() string { return "teams.v1.office.changed" }

// Aggregate returns the office's id and version.
func (e OfficeChanged) Aggregate() (string, int64) { return "office/" + e.OfficeID, e.Version }

// QualificationChanged says that a volunteer's paper 资质 was claimed,
// confirmed, refused or withdrawn, or belongs to another record since two were
// merged. It proves something only while it is confirmed and the clock is in
// its period; nothing is told when it ends by its date.
type QualificationChanged struct {
	QualificationID string    `json:"qualification_id"`
	VolunteerID     string    `json:"volunteer_id"`
	Kind            string    `json:"kind"`           // a code of the federation's list: "lawyer"
	State           string    `json:"state"`          // claimed | confirmed | refused | withdrawn
	From            time.Time `json:"from"`           // the start of the day it was issued on
	Until           time.Time `json:"until,omitzero"` // the end of its last good day; missing: for good
	Version         int64     `json:"version"`
}

// Subject is where this event is published.
func (QualificationChanged) Subject() string { return "teams.v1.qualification.changed" }

// Aggregate returns the qualification's id and version.
func (e QualificationChanged) Aggregate() (string, int64) {
	return "qualification/" + e.QualificationID, e.Version
}

// ComplaintUpheld says that a complaint about a volunteer was upheld; what was
// complained of stays with teams. A complaint is decided once.
type ComplaintUpheld struct {
	ComplaintID string    `json:"complaint_id"`
	VolunteerID string    `json:"volunteer_id"`
	DecidedAt   time.Time `json:"decided_at"`
	Version     int64     `json:"version"`
}

// Subject is where this event is published.
func (ComplaintUpheld) Subject() string { return "teams.v1.complaint.upheld" }

// Aggregate returns the complaint's id and version.
func (e ComplaintUpheld) Aggregate() (string, int64) { return "complaint/" + e.ComplaintID, e.Version }
