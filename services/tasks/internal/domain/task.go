// Package domain says what tasks, shifts, sign-ups and attendances are and
// which changes to them are allowed. It does no I/O.
package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// TaskState says how far a task has come.
type TaskState string

// The states of a task.
const (
	TaskDraft     TaskState = "draft"
	TaskPublished TaskState = "published"
	TaskCancelled TaskState = "cancelled"
)

// Task is a piece of work, or a class, that a team's leader posts under a programme.
type Task struct {
	ID             string
	TeamID         string
	ProgrammeID    string
	CreatedBy      string
	CampaignID     string // taken up from; empty: from none
	Kind           TaskKind
	SessionsNeeded int // of a class: how many of its shifts complete it
	Details
	State       TaskState
	CreatedAt   time.Time
	PublishedAt time.Time // zero while a draft
	Reason      string    // why cancelled
	Version     int64
}

// Details are what the volunteers are told.
type Details struct {
	Title, Description  string
	Place               string
	Latitude, Longitude float64 // both zero when not given
	Risks               string  // what may happen and how to be careful
	Risky               bool    // may endanger the person
	Insurance           string
	Bring               string
	ContactName         string
	ContactPhone        string
	OnlyMembers         bool // only members of the brigades that hold it take part
}

// Why a task cannot be drafted or published.
var (
	ErrTitleMissing     = apperr.New(apperr.Invalid, "title_missing", "请写明活动名称。", "Please give the activity a name.")
	ErrPlaceMissing     = apperr.New(apperr.Invalid, "place_missing", "请写明集合地点。", "Please say where to meet.")
	ErrRisksMissing     = apperr.New(apperr.Invalid, "risks_missing", "请写明可能的风险和注意事项（《志愿服务条例》第十二条）。", "Please state the risks and how to be careful (Regulations on Volunteer Service, art. 12).")
	ErrContactMissing   = apperr.New(apperr.Invalid, "contact_missing", "请写明联系人和电话。", "Please give a contact person and phone number.")
	ErrInsuranceMissing = apperr.New(apperr.Invalid, "insurance_missing", "有人身危险的活动须事先办好保险，请写明保险情况（《志愿服务条例》第十七条）。", "An activity that may endanger people needs insurance beforehand; please state it (art. 17).")
	ErrShiftsMissing    = apperr.New(apperr.Invalid, "shifts_missing", "请至少安排一个场次，写明时间和人数。", "Please plan at least one shift with its time and number of people.")
)

// NewTask returns a draft. Only the title is needed to begin with.
func NewTask(teamID, programmeID, createdBy string, d Details, now time.Time) (Task, error) {
	d = d.trimmed()
	if d.Title == "" {
		return Task{}, apperr.For("title", ErrTitleMissing)
	}
	return Task{
		ID: id.New(), TeamID: teamID, ProgrammeID: programmeID, CreatedBy: createdBy,
		Kind: KindService, Details: d, State: TaskDraft, CreatedAt: now, Version: 1,
	}, nil
}

// Publish opens the task for signing up, once all is said that the law wants
// said beforehand: 《志愿服务条例》 art. 12 (true and complete information, the
// risks) and art. 17 (insurance where the person may be endangered). The error
// names every field that is missing. Publishing a published task does nothing.
func (t *Task) Publish(shifts []Shift, now time.Time) error {
	switch t.State {
	case TaskPublished:
		return nil
	case TaskCancelled:
		return ErrTaskCancelled
	}
	if missing := t.missing(shifts); len(missing) > 0 {
		return apperr.Together(missing...)
	}
	if err := t.enoughSessions(len(shifts)); err != nil {
		return err
	}
	for _, s := range shifts {
		if !s.EndsAt.After(now) {
			return apperr.For("shifts", ErrShiftPast)
		}
	}
	t.State, t.PublishedAt = TaskPublished, now
	t.Version++
	return nil
}

func (t *Task) missing(shifts []Shift) []apperr.Field {
	fields := t.unsaid()
	if len(shifts) == 0 {
		fields = append(fields, apperr.Wrong("shifts", ErrShiftsMissing))
	}
	return fields
}

// unsaid names what the law wants said and the details do not say.
func (t *Task) unsaid() []apperr.Field {
	var fields []apperr.Field
	need := func(ok bool, field string, reason *apperr.Error) {
		if !ok {
			fields = append(fields, apperr.Wrong(field, reason))
		}
	}
	need(t.Place != "", "place", ErrPlaceMissing)
	need(t.Risks != "", "risks", ErrRisksMissing)
	need(t.ContactName != "", "contact_name", ErrContactMissing)
	need(t.ContactPhone != "", "contact_phone", ErrContactMissing)
	need(!t.Risky || t.Insurance != "", "insurance", ErrInsuranceMissing)
	return fields
}

func (d Details) trimmed() Details {
	for _, s := range []*string{&d.Title, &d.Description, &d.Place, &d.Risks, &d.Insurance, &d.Bring, &d.ContactName, &d.ContactPhone} {
		*s = strings.TrimSpace(*s)
	}
	return d
}
