package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ActivityRecord (活动记录) is what came of a shift, told to everybody: what was
// done, how many were served, how many hours it was, and photos. Nobody is named
// in it by Qihe, and nobody has to write one.
type ActivityRecord struct {
	ShiftID       string
	TaskID        string
	TeamID        string
	RegionPath    string
	Title, Place  string
	ProgrammeName string
	StartsAt      time.Time
	EndsAt        time.Time
	Summary       string
	PeopleServed  int // 服务人次
	Came          int // whose attendance is confirmed
	Minutes       int // of theirs together
	WrittenAt     time.Time
}

// RecordFilter says whose records are wanted: exactly one of the first three.
type RecordFilter struct {
	TeamID, TaskID, ShiftID string

	Empty bool // also those that show nothing
	After Cursor
	Limit int
}

// What can be wrong with a record.
var (
	ErrRecordEarly = apperr.New(apperr.Conflict, "record_too_early", "活动还没结束。结束以后再来写活动记录。", "The shift is not over yet; please write its record afterwards.")
	ErrRecordsOf   = apperr.New(apperr.Invalid, "records_of", "请说明要看哪支队伍、哪个活动或哪一场的记录。", "Please say of which team, activity or shift.")
	ErrNoSuchTeam  = apperr.New(apperr.NotFound, "no_such_team", "没有这支服务队。", "There is no such team.")
	ErrNotHeld     = apperr.New(apperr.Conflict, "no_record_of_cancelled", "这一场没有举行，不用写活动记录。", "This shift did not take place; there is nothing to record.")
)

// Records returns nil when something can be told of the shift: it took place
// and is over.
func (s Shift) Records(now time.Time) error {
	switch {
	case s.State == ShiftCancelled || s.State == ShiftPaused:
		return ErrNotHeld
	case now.Before(s.EndsAt):
		return ErrRecordEarly
	}
	return nil
}
