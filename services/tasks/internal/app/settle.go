package app

import (
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// Verdict is what a leader decides about an exception.
type Verdict string

// The verdicts.
const (
	VerdictReject Verdict = "reject"
	VerdictSetEnd Verdict = "set_end"
	VerdictAccept Verdict = "accept" // of somebody's own word, or of a check-in about which they are asked
	// VerdictHousehold says that the person lives with the reader: another
	// person confirms these hours, now and later.
	VerdictHousehold Verdict = "household"
)

// Decision is a leader's verdict on one attendance.
type Decision struct {
	AttendanceID string
	Verdict      Verdict
	EndedAt      time.Time // with VerdictSetEnd
	Reason       string
}

// settling is a shift while somebody confirms it.
type settling struct {
	shift       domain.Shift
	attendances []domain.Attendance
	by          domain.Decider
	now         time.Time
	rounding    int // minutes are cut to whole multiples of it

	asked map[string]bool // attendances about whose device somebody is asked: nothing counts unlooked-at

	away map[string]bool // attendances whose phone said that it was far from the place

	changed   []domain.Attendance
	household []string // who lives with whoever confirms, as they say now
}

// settle applies the decisions, then confirms whoever checked in and out and is
// theirs to confirm.
func (s *settling) settle(decisions []Decision) error {
	byID := make(map[string]*domain.Attendance, len(s.attendances))
	before := make([]domain.Attendance, len(s.attendances))
	for i := range s.attendances {
		byID[s.attendances[i].ID], before[i] = &s.attendances[i], s.attendances[i]
	}
	for _, d := range decisions {
		at, ok := byID[d.AttendanceID]
		if !ok {
			return domain.ErrNoSuchAttendance
		}
		if err := s.decide(at, d); err != nil {
			return err
		}
	}
	for i := range s.attendances {
		at := &s.attendances[i]
		at.Away, before[i].Away = s.away[at.ID], s.away[at.ID]
		if at.State == domain.AttendanceClosed && !s.asked[at.ID] && s.by.May(*at) == nil {
			if err := at.Confirm(s.shift, s.by.ID, s.now); err != nil {
				return err
			}
			at.Round(s.rounding)
		}
		if *at != before[i] {
			s.changed = append(s.changed, *at)
		}
	}
	return nil
}

// places returns the questions about those who were confirmed now and whose
// phone was elsewhere.
func (s *settling) places(teamID string) (found []domain.Finding) {
	for _, at := range s.changed {
		if at.Away && at.State == domain.AttendanceConfirmed {
			found = append(found, domain.AskAboutPlace(at, teamID))
		}
	}
	return found
}

func (s *settling) decide(at *domain.Attendance, d Decision) error {
	if err := s.by.May(*at); err != nil { // entering one's own end is deciding one's own hours as well
		return err
	}
	switch d.Verdict {
	case VerdictReject:
		return at.Reject(s.by.ID, d.Reason, s.now)
	case VerdictAccept:
		delete(s.asked, at.ID)
		return at.Accept()
	case VerdictHousehold:
		if at.Decided() {
			return domain.ErrAlreadyDecided
		}
		s.household = append(s.household, at.VolunteerID)
		s.by.Household = s.by.Household.With(at.VolunteerID)
		at.Turn, at.TurnOf, at.TurnUntil = domain.TurnNone, "", time.Time{} // whose it is now is found anew
		return nil
	default:
		delete(s.asked, at.ID)
		return at.SetEnd(s.shift, d.EndedAt.UTC(), d.Reason)
	}
}

func anyOpen(attendances []domain.Attendance) bool {
	for _, at := range attendances {
		if at.State == domain.AttendanceOpen {
			return true
		}
	}
	return false
}

func done(attendances []domain.Attendance) bool {
	for _, at := range attendances {
		if !at.Decided() {
			return false
		}
	}
	return true
}
