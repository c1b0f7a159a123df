package domain

import (
	"math"
	"time"

	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

// Listing is a shift as lists show it: with its task, team and programme.
type Listing struct {
	Shift
	TeamID, TeamName, RegionPath string
	ReportingUnit                string
	TeamState                    string // as teams last told it
	ProgrammeID, ProgrammeName   string
	Kind                         TaskKind
	Title, Place                 string
	Latitude, Longitude          float64 // both zero when not given
	OnlyMembers                  bool
	ContactName, ContactPhone    string
}

// LedTask is a task as those who lead its team find it again: to go on with a
// draft, to change it, to post it once more.
type LedTask struct {
	ID            string    `db:"id"`
	TeamID        string    `db:"team_id"`
	TeamName      string    `db:"team_name"`
	ProgrammeName string    `db:"programme_name"`
	Title         string    `db:"title"`
	Place         string    `db:"place"`
	State         TaskState `db:"state"`
	Kind          TaskKind  `db:"kind"`
	Shifts        int       `db:"shifts"`
	FirstStartsAt time.Time `db:"-"` // both zero without a shift
	LastStartsAt  time.Time `db:"-"`
}

// ListingFilter narrows a list of published shifts. Zero values do not narrow.
type ListingFilter struct {
	IDs           []string
	TaskID        string
	EndingAfter   time.Time
	StartsBefore  time.Time
	Opened        bool // with StartsBefore: what has no fixed hours and can be done before then, too
	ProgrammeID   string
	Kind          TaskKind
	TeamIDs       []string
	Region        string // code; and everything below it
	Near          Circle
	Words         pinyin.Query // in the title or the place, characters or initials
	SignedUp      Person       // only where this person holds a seat or waits for one, or was without one
	States        []ShiftState
	Drafts        bool // drafts too
	OnlyMine      bool // only what the reader can take part in; app turns it into the next two
	NotProgrammes []string
	FreeFor       Person   // who has nothing else to do then
	MemberOf      []string // with FreeFor: the teams whose members-only activities are open to them
	After         Cursor
	Limit         int
}

// Circle is a place and how far around it; the zero value is everywhere.
type Circle struct {
	Latitude, Longitude float64
	Metres              int
}

// metresPerDegree is the length of a degree of latitude.
const metresPerDegree = 111_195

// Box returns the degrees between which everything in the circle lies.
func (c Circle) Box() (south, north, west, east float64) {
	high := float64(c.Metres) / metresPerDegree
	wide := high / math.Max(0.01, math.Cos(c.Latitude*math.Pi/180))
	return c.Latitude - high, c.Latitude + high, c.Longitude - wide, c.Longitude + wide
}

// Cursor is where the page before ended; the zero value is the beginning.
type Cursor struct {
	StartsAt time.Time
	ID       string
}

// Counts says how many of a shift are where. Whoever came without a seat is
// counted where they are, and beside that as a walk-in.
type Counts struct {
	SignedUp  int `db:"signed_up"`
	WalkIns   int `db:"walk_ins"`
	Present   int `db:"present"`
	Left      int `db:"gone"`
	Forgotten int `db:"forgotten"` // the shift is over and nobody checked out
	Missing   int `db:"missing"`   // signed up and not seen
	Confirmed int `db:"confirmed"`
}
