// Package demo makes the demo city: a believable Hebi with its brigades, people
// and two years of service, the same for the same options, so that whoever
// starts Qihe sees it alive and every test and screenshot can be repeated.
//
// The package yields facts, ids included. Each service's LoadDemo keeps its
// own share of them under its own rules; nothing here knows a table.
package demo

import (
	"iter"
	"time"
)

// City is all facts of a demo city. Small things are slices; what grows with
// the years is yielded by Tasks.
type City struct {
	Day            time.Time       // midnight of the city's today, Asia/Shanghai
	Regions        []Region        // parents before children
	ReportingUnits []ReportingUnit // where teams are counted, in their order
	Programmes     []Programme
	Offices        []Office
	Teams          []Team
	Volunteers     []Volunteer
	Memberships    []Membership
	Grants         []Grant

	options    Options
	seed       uint64 // of people and teams: they are the same on every day
	places     *gazetteer
	activities []activity
	crews      []crew // of each team, in the order of Teams
	plan       []plannedTask
	show       showcase
	progress   func(done, total int)
}

// Options say how large the city is and which day it is there.
type Options struct {
	Scale float64   // 1 is the whole city of 1,676 brigades; 0.01 a hundredth
	Day   time.Time // any instant of the day
}

// Region is one statistical division.
type Region struct {
	Code, Name, Path, Level string // as in teamsv1.RegionChanged
	Parent                  string // code; empty for the city
}

// ReportingUnit is where teams are counted: a list apart from the regions.
type ReportingUnit struct {
	Name, Kind string // kind as in the registry: county, development_zone, city_body, school, firm, association
	Position   int
}

// Office is a 妇联组织 or a 妇女之家.
type Office struct {
	ID, Kind, Name, RegionCode, Address, Phone string // kind: federation | home
	Demonstration                              string // 示范: province | city | county, or empty
	IsVenue                                    bool
	Latitude, Longitude                        float64 // 0, 0: not known
}

// Programme is a city-wide line of work.
type Programme struct{ ID, Name string }

// Team is a brigade.
type Team struct {
	ID, Name, RegionCode, RegionPath, ReportingUnit string
	Category                                        string // what sort of body it belongs to: village | community | organ …
	FoundedAt                                       time.Time
}

// Volunteer is a person.
type Volunteer struct {
	ID, Number, Name, Phone string
	BoardConsent            bool
	JoinedAt                time.Time
}

// Membership says what a volunteer is in a team.
type Membership struct {
	ID, TeamID, VolunteerID, Role string // role: member | deputy | leader
	Since                         time.Time
}

// Grant gives an officer a role over a region and all below it.
type Grant struct {
	ID, VolunteerID, Role, RegionCode, RegionPath string
	From                                          time.Time
}

// Task is an activity of a team with its shifts, or a class with its sessions.
type Task struct {
	ID, TeamID, ProgrammeID, CreatedBy string
	Title, Description, Place          string
	Latitude, Longitude                float64
	Risks, Insurance, Bring            string
	Risky                              bool
	ContactName, ContactPhone          string
	PublishedAt                        time.Time
	Shifts                             []Shift

	Training       bool // a class
	SessionsNeeded int  // of a class: how many complete it
	Certificates   []Certificate
}

// Certificate is that somebody completed a class.
type Certificate struct {
	ID, Number, VolunteerID string
	CompletedOn             time.Time // of the session that completed it
	IssuedAt                time.Time
	Minutes                 int // attended until then
}

// Shift is one time window. Past shifts are confirmed, coming ones open.
type Shift struct {
	ID               string
	StartsAt, EndsAt time.Time
	Capacity         int
	PeopleServed     int
	ConfirmedBy      string    // empty while open
	ConfirmedAt      time.Time // zero while open
	SignUps          []SignUp
}

// SignUp is a volunteer's seat, and what became of it.
type SignUp struct {
	ID, VolunteerID string
	SignedUpAt      time.Time
	Attendance      *Attendance // nil: still to come, or did not come
}

// Attendance is a confirmed presence.
type Attendance struct {
	ID                  string
	CheckedIn, CheckOut time.Time
	Verification        string    // A | B | C | D
	From, To            time.Time // credited interval
	Minutes             int
	ConfirmedBy         string // never the volunteer
}

// Account is a sign-in to hand to somebody who tries Qihe.
type Account struct{ Title, Name, Phone string }

// NewCity makes the city. The same options give the same city.
func NewCity(o Options) (*City, error) { return build(o) }

// Tasks yields every task with its shifts, sign-ups and attendances, oldest
// first, and open ones for the coming weeks at the end. Each call yields the same.
func (c *City) Tasks() iter.Seq[Task] { return c.tasks() }

// Classes yields those of the Tasks that are classes.
func (c *City) Classes() iter.Seq[Task] { return c.classes() }

// Observed returns the same city, which tells f now and then how far a reader
// of its Tasks has come: the tasks read, and all there are.
func (c *City) Observed(f func(done, total int)) *City {
	observed := *c
	observed.progress = f
	return &observed
}

// Accounts returns one sign-in each for a volunteer, a leader, a city officer and a county officer.
func (c *City) Accounts() []Account { return c.accounts() }
