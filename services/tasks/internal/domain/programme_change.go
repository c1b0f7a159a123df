package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ProgrammeChange is what a programme is called, and whether it goes on, from a
// moment on. Changes are only added: what it was called when is always known.
type ProgrammeChange struct {
	Programme
	Reason    string
	ChangedBy string
	ChangedAt time.Time
}

// What can be wrong with a programme, and with a task of one that is retired.
var (
	ErrProgrammeName    = apperr.New(apperr.Invalid, "programme_name", "项目名称要写 2 到 30 个字。", "A programme's name has 2 to 30 characters.")
	ErrProgrammeTaken   = apperr.New(apperr.Conflict, "programme_taken", "已经有叫“{name}”的项目了，请换个名称，或恢复原来的那个。", "There is a programme called “{name}” already; please choose another name, or bring that one back.")
	ErrProgrammeRetired = apperr.New(apperr.Invalid, "programme_retired", "这个项目已经停用，不能发新活动，请另选一个项目。", "This programme has been retired and takes no new activities; please choose another.")
)

// NewProgramme adds a line of work at the end of the list.
func NewProgramme(name, reason string, position int, by string, now time.Time) (ProgrammeChange, error) {
	return Programme{ID: id.New(), Position: position}.Become(name, false, reason, by, now)
}

// Become renames the programme, retires it or brings it back, with the reason.
// What was done under it stays under it.
func (p Programme) Become(name string, retired bool, reason, by string, now time.Time) (ProgrammeChange, error) {
	name, reason = strings.TrimSpace(name), strings.TrimSpace(reason)
	switch n := utf8.RuneCountInString(name); {
	case n < 2 || n > 30:
		return ProgrammeChange{}, apperr.For("name", ErrProgrammeName)
	case reason == "":
		return ProgrammeChange{}, apperr.For("reason", ErrReasonMissing)
	}
	p.Name, p.Retired = name, retired
	p.Version++
	return ProgrammeChange{Programme: p, Reason: reason, ChangedBy: by, ChangedAt: now}, nil
}
