package app

import (
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// upheldReasons says why a thing to verify was upheld, by its rule.
var upheldReasons = map[string]string{
	"overlap": "同一时间参加了两场活动", "hours": "一天的时长超过了项目规定", "travel": "两场活动之间来不及赶到", "codes_apart": "签到码来自很远的另一处",
	"device": "几个人用同一部手机签到", "round": "连续多次整点时长，现场没有人看到",
}

// AskAboutAnomalies asks about the lines of attendances about which a thing to
// verify was upheld. Whoever upheld it has asked, and so another person decides.
func (a *App) AskAboutAnomalies(ctx context.Context, q postgres.Querier, events []tasksv1.AnomalyDecided) error {
	var upheld []store.Upheld
	var attendanceIDs []string
	for _, e := range events {
		if e.State != "upheld" {
			continue
		}
		for _, attendanceID := range e.AttendanceIDs {
			upheld = append(upheld, store.Upheld{AnomalyID: e.AnomalyID, AttendanceID: attendanceID, Rule: e.Rule, DecidedBy: e.DecidedBy})
			attendanceIDs = append(attendanceIDs, attendanceID)
		}
	}
	if len(upheld) == 0 {
		return nil
	}
	if err := store.InsertUpheld(ctx, q, upheld); err != nil {
		return err
	}
	return a.askAboutUpheld(ctx, q, attendanceIDs)
}

// askAboutUpheld asks about those of the attendances that have a line. One that
// is asked about already, or was corrected, is passed over: somebody looks at it.
func (a *App) askAboutUpheld(ctx context.Context, q postgres.Querier, attendanceIDs []string) error {
	upheld, err := store.LockUpheld(ctx, q, attendanceIDs)
	if err != nil || len(upheld) == 0 {
		return err
	}
	lines, err := store.ListEntriesBySource(ctx, q, domain.SourceAttendance, attendanceIDs)
	if err != nil {
		return err
	}
	for _, u := range upheld {
		i := slices.IndexFunc(lines, func(e domain.Entry) bool { return e.SourceID == u.AttendanceID })
		if i < 0 {
			continue // not credited yet
		}
		if err := a.askAsUpheld(ctx, q, lines[i], u); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) askAsUpheld(ctx context.Context, q postgres.Querier, line domain.Entry, u store.Upheld) error {
	if err := store.UpdateUpheld(ctx, q, u); err != nil {
		return err
	}
	if _, err := store.LockEntry(ctx, q, line.ID); err != nil {
		return err
	}
	others, err := store.ListCorrectionsOfEntries(ctx, q, []domain.Entry{line})
	if err != nil || slices.ContainsFunc(others, func(c domain.Correction) bool { return c.State == domain.CorrectionOpen }) {
		return err
	}
	c, err := line.Ask(u.DecidedBy, domain.AsAnomaly, upheldReason(u.Rule), domain.Served{}, a.clock.Now())
	if err != nil {
		return err
	}
	if err := a.keepQuestion(ctx, q, line, c); !errors.Is(err, domain.ErrAlreadyReversed) {
		return err
	}
	return nil
}

func upheldReason(rule string) string {
	if why := upheldReasons[rule]; why != "" {
		return "待核实的记录核实属实：" + why
	}
	return "待核实的记录核实属实" // which rule it was is not told
}
