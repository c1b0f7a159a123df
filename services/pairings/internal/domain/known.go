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

// KnownMembership is what a volunteer is in a brigade.
type KnownMembership struct {
	MembershipID, TeamID, VolunteerID string
	Role                              string // member | deputy | leader
	State                             string // active | ended
	Version                           int64
}

// The lines of work that contacts and visits count for.
const (
	LineCompanion = "companion" // 留守儿童代理家长: pairings with a child
	LineAid       = "aid"       // 爱心助困一帮一
)

// FirstProgrammes are those of every new installation, by line; tasks say which they
// are elsewhere.
var FirstProgrammes = map[string]string{
	LineCompanion: "0190c0de-0000-7000-8000-000000000003",
	LineAid:       "0190c0de-0000-7000-8000-000000000004",
}

// KnownProgramme is what this service keeps of a programme (项目).
type KnownProgramme struct {
	ProgrammeID string
	Line        string // LineCompanion | LineAid; empty: another
	Version     int64
}

// NewKnownProgramme returns what is kept of a programme that is called so.
func NewKnownProgramme(programmeID, name string, version int64) KnownProgramme {
	k := KnownProgramme{ProgrammeID: programmeID, Version: version}
	for line, called := range map[string]string{LineCompanion: "留守儿童代理家长", LineAid: "爱心助困一帮一"} {
		if programmeID == FirstProgrammes[line] || name == called {
			k.Line = line
		}
	}
	return k
}

// KnownUnit is the reporting unit (统计单位) of a brigade.
type KnownUnit struct {
	TeamID, ReportingUnit string
	Version               int64
}

// KnownTeam is what a brigade is called.
type KnownTeam struct {
	TeamID, Name string
	Version      int64
}
