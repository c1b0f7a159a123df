package domain

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var (
	// ErrNoTeam says that there is no such brigade, or that it is not the asker's to see.
	ErrNoTeam = apperr.New(apperr.NotFound, "no_such_team", "没有这支服务队。", "There is no such team.")
	// ErrTeamName says that a text cannot be a brigade's name.
	ErrTeamName = apperr.New(apperr.Invalid, "team_name_wrong", "请写队名，4 到 40 个字，要有汉字。", "Please name the team, with Chinese characters, 4 to 40 in all.")
	// ErrTeamNameTaken says that another brigade of the county is called the same.
	ErrTeamNameTaken = apperr.New(apperr.Conflict, "team_name_taken", "本县区已经有一支同名的服务队，请换个名字，或者加上村名、单位名。", "Another team of this county has that name; please choose another, or add the village or the body.")
	// ErrTeamUnit asks under which reporting unit a brigade's figures are counted.
	ErrTeamUnit = apperr.New(apperr.Invalid, "reporting_unit_missing", "请选择统计单位。", "Please choose the reporting unit.")
	// ErrTeamDescription says that a description is too long.
	ErrTeamDescription = apperr.New(apperr.Invalid, "description_too_long", "介绍请写在 1000 字以内。", "Please keep the description within 1,000 characters.")
	// ErrTooManyDrafts says that somebody has begun enough brigades.
	ErrTooManyDrafts = apperr.New(apperr.Conflict, "too_many_drafts", "您已经有三支服务队在筹备或等待审批，请先办好它们。", "Three teams of yours are being prepared or wait for approval; please finish those first.")
)

// MaxDrafts is how many brigades somebody may have in preparation at a time.
const MaxDrafts = 3

const maxDescription = 1000

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

// Working reports whether the brigade has been approved and still exists: it
// has members, and should have a leader.
func (s TeamState) Working() bool { return s == TeamActive || s == TeamSuspended }

// Team is a brigade 巾帼志愿服务队.
type Team struct {
	ID            string
	Name          string
	RegionCode    string
	RegionName    string // as read; not kept with the team
	RegionPath    string // as read; not kept with the team
	ReportingUnit string
	Category      string // code of a TeamCategory; empty: not told
	Description   string
	State         TeamState
	StateReason   string
	StateSince    time.Time // zero: since it was founded
	Imported      bool      // came with a roster
	Headcount     int       // people a roster counted without naming them
	CreatedBy     string    // id; empty: by a roster, or before Qihe
	SuccessorID   string    // of a dissolved brigade that became part of another
	JoinEpoch     int64     // one higher at every handover: join codes of before are worthless
	FoundedAt     time.Time
	Version       int64
}

// TeamDetails are what a brigade says about itself.
type TeamDetails struct {
	Name          string
	RegionCode    string // must be there; the caller has looked
	ReportingUnit string
	Category      string // must be in use; the caller has looked
	Description   string
}

// NewTeam returns a draft that its founder owns until it is approved.
func NewTeam(founderID string, d TeamDetails, now time.Time) (Team, error) {
	t := Team{ID: id.New(), State: TeamDraft, StateSince: now, CreatedBy: founderID, FoundedAt: now, Version: 1}
	return t, t.describe(d)
}

func (t *Team) describe(d TeamDetails) error {
	name, err := ParseTeamName(d.Name)
	if err != nil {
		return err
	}
	unit, description := strings.TrimSpace(d.ReportingUnit), strings.TrimSpace(d.Description)
	if unit == "" || utf8.RuneCountInString(unit) > 40 {
		return apperr.For("reporting_unit", ErrTeamUnit)
	}
	if utf8.RuneCountInString(description) > maxDescription {
		return apperr.For("description", ErrTeamDescription)
	}
	t.Name, t.RegionCode, t.ReportingUnit, t.Category, t.Description = name, d.RegionCode, unit, d.Category, description
	return nil
}

// ParseTeamName cleans a brigade's name as people and spreadsheets write it:
// spaces go, brackets become Chinese ones. It returns ErrTeamName, on the input
// called name, for what no brigade is called.
func ParseTeamName(s string) (string, error) {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return -1
		case r == '(':
			return '（'
		case r == ')':
			return '）'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
	han := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	odd := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsGraphic(r) }) >= 0
	if n := utf8.RuneCountInString(s); n < 4 || n > 40 || !han || odd {
		return "", apperr.For("name", ErrTeamName)
	}
	return s, nil
}
