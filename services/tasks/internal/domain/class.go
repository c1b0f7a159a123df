package domain

import (
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// TaskKind says what somebody who comes does: serve, or learn. A class is an
// activity with all that belongs to one (ADR 47).
type TaskKind string

// The kinds.
const (
	KindService  TaskKind = "service"
	KindTraining TaskKind = "training"
)

// Plan says of what kind a task is, and how many of its shifts complete it when
// it is a class. The zero value leaves both as they are.
type Plan struct {
	Kind           TaskKind
	SessionsNeeded int // of a training; 0: as it is, at first all that are planned
}

// mostSessions is as many as a task may have shifts.
const mostSessions = 60

// What can be wrong with a class.
var (
	ErrKindFixed       = apperr.New(apperr.Invalid, "kind_fixed", "发布以后不能在活动和培训之间改。请取消后重新发布。", "An activity cannot become a class, or a class an activity, once it is published; please cancel and post anew.")
	ErrSessionsNeeded  = apperr.New(apperr.Invalid, "sessions_needed", "学满的次数要在 1 次和安排的 {n} 次课之间。", "Completing it must take between one and the {n} sessions that are planned.")
	ErrSessionsFixed   = apperr.New(apperr.Invalid, "sessions_fixed", "这个班学完会授予资质，或者已经有人学完，学满几次不能再改。", "This class grants a qualification, or somebody has completed it; how many sessions it takes can no longer be changed.")
	ErrNoClass         = apperr.New(apperr.NotFound, "no_such_class", "没有这个培训班，或者不在您负责的区划。", "There is no such class, or it is not in your division.")
	ErrNoOfficer       = apperr.New(apperr.Forbidden, "no_officer", "这一页只给妇联干部看。", "This page is for the federation's officers.")
	ErrGrantKind       = apperr.New(apperr.Invalid, "grant_kind", "请从资质种类里选。", "Please choose a qualification from the list.")
	ErrClassCompleted  = apperr.New(apperr.Conflict, "class_completed", "已经有人学完这个班，授予什么不能再改。漏了的，请在“资质”里给学员登记。", "Somebody has completed this class already, so what it grants can no longer be changed; record the qualification for them under 资质 instead.")
	ErrNoCertificate   = apperr.New(apperr.NotFound, "no_such_certificate", "查不到这个编号的参训证明，请核对编号。", "There is no certificate of attendance with this number; please check it.")
	ErrGrantsCancelled = apperr.New(apperr.Conflict, "class_cancelled", "这个培训班已经取消。", "This class has been cancelled.")
)

// Replan makes the task a service or a class of so many sessions. planned is
// how many shifts it has; fixed, that how many are needed is not the leader's to
// say any more.
func (t *Task) Replan(p Plan, planned int, fixed bool) error {
	before := Plan{t.Kind, t.SessionsNeeded}
	if p.Kind == "" {
		p.Kind = t.Kind
	}
	if p.Kind != t.Kind && t.State == TaskPublished {
		return apperr.For("kind", ErrKindFixed)
	}
	t.Kind, t.SessionsNeeded = p.Kind, 0
	if p.Kind == KindService {
		return nil
	}
	switch {
	case p.SessionsNeeded > 0:
		t.SessionsNeeded = p.SessionsNeeded
	case before.SessionsNeeded > 0:
		t.SessionsNeeded = before.SessionsNeeded
	default:
		t.SessionsNeeded = max(1, planned)
	}
	if t.SessionsNeeded == before.SessionsNeeded {
		return nil
	}
	if fixed {
		return apperr.For("sessions_needed", ErrSessionsFixed)
	}
	return t.enoughSessions(planned)
}

// enoughSessions refuses a class that nobody can complete.
func (t *Task) enoughSessions(planned int) error {
	if t.Kind == KindTraining && (t.SessionsNeeded < 1 || t.SessionsNeeded > min(mostSessions, max(1, planned))) {
		return apperr.For("sessions_needed", ErrSessionsNeeded.With("n", strconv.Itoa(planned)))
	}
	return nil
}

// ClassGrant is the qualification that whoever completes a class is given, as
// an administrator of its region set it.
type ClassGrant struct {
	ID     string
	TaskID string
	Kind   string // a code of teams' list; empty: nothing
	Months int    // how long it is good; 0: as the list has it
	SetBy  string
	SetAt  time.Time
}

// NewClassGrant returns what a class grants from now on. Once somebody has
// completed it nothing is changed any more: those before and after them would
// not be given the same.
func NewClassGrant(t Task, kind string, months int, completed bool, by string, now time.Time) (ClassGrant, error) {
	switch {
	case t.Kind != KindTraining:
		return ClassGrant{}, ErrNoClass
	case t.State == TaskCancelled:
		return ClassGrant{}, ErrGrantsCancelled
	case completed:
		return ClassGrant{}, ErrClassCompleted
	case kind != "" && !kindCode.MatchString(kind):
		return ClassGrant{}, apperr.For("kind", ErrGrantKind)
	}
	if kind == "" {
		months = 0
	}
	return ClassGrant{ID: id.New(), TaskID: t.ID, Kind: kind, Months: months, SetBy: by, SetAt: now}, nil
}
