package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// SheetView is a shift with the rows of its printed sheets, as they are to be
// typed in.
type SheetView struct {
	Shift     ShiftView
	PrintedAt time.Time // the last time; zero: never
	Rows      []SheetRow
}

// SheetRow is a row, with who stands on it and what is known of them.
type SheetRow struct {
	domain.SheetLine
	Holder     string             // who stands on it, or signed the empty row; empty: nobody yet
	Name       string             // of the holder
	Typed      bool               // it was typed in
	Attendance *domain.Attendance // nil: not seen
}

// FindSheet returns the rows of a shift's printed sheets in the order of the
// paper. Others than the team's leader and deputies get NotFound.
func (a *App) FindSheet(ctx context.Context, shiftID string) (view SheetView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := a.mustLead(ctx, q, reader, shiftID)
		if err != nil {
			return err
		}
		views, err := a.viewShifts(ctx, q, reader, []domain.Listing{listing})
		if err != nil {
			return err
		}
		view.Shift = views[0]
		if view.PrintedAt, err = store.FindLastPrint(ctx, q, shiftID); err != nil {
			return err
		}
		view.Rows, err = readRows(ctx, q, shiftID)
		return err
	})
	if err != nil {
		return SheetView{}, err
	}
	var ids []string
	for _, r := range view.Rows {
		if r.Holder != "" {
			ids = append(ids, r.Holder)
		}
	}
	found := a.people.Find(ctx, ids)
	for i, r := range view.Rows {
		if r.Holder != "" {
			view.Rows[i].Name = found[r.Holder].FullName()
		}
	}
	return view, nil
}

func readRows(ctx context.Context, q postgres.Querier, shiftID string) ([]SheetRow, error) {
	lines, err := store.ListSheetLines(ctx, q, shiftID)
	if err != nil {
		return nil, err
	}
	typed, err := store.ListTyped(ctx, q, shiftID)
	if err != nil {
		return nil, err
	}
	attendances, err := store.ListShiftAttendances(ctx, q, shiftID)
	if err != nil {
		return nil, err
	}
	known := make(map[string]*domain.Attendance, len(attendances))
	for _, at := range attendances {
		known[at.VolunteerID] = &at
	}
	rows := make([]SheetRow, len(lines))
	for i, l := range lines {
		r := SheetRow{SheetLine: l, Holder: l.VolunteerID}
		if v, ok := typed[l.Code]; ok {
			r.Holder, r.Typed = v, true
		}
		r.Attendance = known[r.Holder]
		rows[i] = r
	}
	return rows, nil
}
