package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrNoTeam says that there is no such brigade, or that it is not the asker's to see.
var ErrNoTeam = apperr.New(apperr.NotFound, "no_such_team", "没有这支服务队。", "There is no such team.")

// TeamState is where a brigade stands in its life.
type TeamState string

// The states of a brigade, in their usual order.
const (
	TeamDraft     TeamState = "draft"
	TeamSubmitted TeamState = "submitted"
	TeamActive    TeamState = "active"
	TeamSuspended TeamState = "suspended"
	TeamDissolved TeamState = "dissolved"
)

// Public reports whether everybody may know of a brigade in this state: an
// application is between the applicant and the office.
func (s TeamState) Public() bool { return s != TeamDraft && s != TeamSubmitted }

// Team is a brigade 巾帼志愿服务队.
type Team struct {
	ID            string
	Name          string
	RegionCode    string
	RegionName    string // as read; not kept with the team
	RegionPath    string // as read; not kept with the team
	ReportingUnit string
	Category      string
	Description   string
	State         TeamState
	StateReason   string
	StateSince    time.Time // zero: since it was founded
	Imported      bool      // came with a roster
	Headcount     int       // people a roster counted without naming them
	CreatedBy     string    // id; empty: by a roster, or before Qihe
	SuccessorID   string    // of a dissolved brigade that became part of another
	FoundedAt     time.Time
	Version       int64
}
