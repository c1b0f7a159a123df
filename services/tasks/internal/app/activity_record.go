package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// RecordView is the record of a shift as one reader sees it.
type RecordView struct {
	domain.ActivityRecord
	Photos      []domain.Photo
	TakenDown   []domain.Photo // for those who may take down only
	MayWrite    bool           // write the summary, add photos
	MayTakeDown bool
}

// RecordsView is a list of records, the newest shift first.
type RecordsView struct {
	TeamName string
	Records  []RecordView
}

// WriteRecord writes the summary of a shift that is over, for everybody to read.
// It is for those who lead the team, and for coordinators and administrators of
// its region, who may have to take a name out; others get NotFound.
func (a *App) WriteRecord(ctx context.Context, shiftID, summary string) (RecordsView, error) {
	type request struct{ ShiftID, Summary string }
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "write_record", request{shiftID, summary}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		shift, err := store.FindListing(ctx, q, shiftID)
		if err == nil && !reader.mayTakeDown(shift.TeamID, shift.RegionPath, domain.TaskPublished) {
			err = domain.ErrNotPublished
		}
		if err == nil {
			err = shift.Records(a.clock.Now())
		}
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.UpsertRecord(ctx, q, shift, strings.TrimSpace(summary), reader.VolunteerID, a.clock.Now())
	})
	if err != nil {
		return RecordsView{}, err
	}
	return a.ListRecords(ctx, domain.RecordFilter{ShiftID: shiftID, Limit: 1})
}

// ListRecords returns records for anybody, signed in or not. Of a single shift
// those who may write get it even while it says nothing.
func (a *App) ListRecords(ctx context.Context, f domain.RecordFilter) (view RecordsView, err error) {
	if named := slices.DeleteFunc([]string{f.TeamID, f.TaskID, f.ShiftID}, func(id string) bool { return id == "" }); len(named) != 1 {
		return RecordsView{}, domain.ErrRecordsOf
	}
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		reader, err := a.anybody(ctx, q)
		if err != nil {
			return err
		}
		f.Empty = f.ShiftID != "" && reader.VolunteerID != ""
		if f.TeamID != "" {
			if view.TeamName, err = store.FindTeamName(ctx, q, f.TeamID); err == nil && view.TeamName == "" {
				err = domain.ErrNoSuchTeam
			}
			if err != nil {
				return err
			}
		}
		records, err := store.ListRecords(ctx, q, f)
		if err != nil {
			return err
		}
		if len(records) == 0 && f.Empty {
			if records, err = a.unwritten(ctx, q, reader, f.ShiftID); err != nil {
				return err
			}
		}
		view.Records, err = viewRecords(ctx, q, reader, records)
		return err
	})
	return view, err
}

// unwritten returns what a leader's record of a shift begins with; nothing for others.
func (a *App) unwritten(ctx context.Context, q postgres.Querier, reader crew, shiftID string) ([]domain.ActivityRecord, error) {
	shift, err := store.FindListing(ctx, q, shiftID)
	if errors.Is(err, domain.ErrNotPublished) || err == nil && !reader.leads(shift.TeamID) {
		return nil, nil
	}
	return []domain.ActivityRecord{{
		ShiftID: shift.ID, TaskID: shift.TaskID, TeamID: shift.TeamID, RegionPath: shift.RegionPath, Title: shift.Title, Place: shift.Place,
		ProgrammeName: shift.ProgrammeName, StartsAt: shift.StartsAt, EndsAt: shift.EndsAt, PeopleServed: shift.PeopleServed,
	}}, err
}

func viewRecords(ctx context.Context, q postgres.Querier, reader crew, records []domain.ActivityRecord) ([]RecordView, error) {
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = r.ShiftID
	}
	photos, err := store.ListShiftPhotos(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	views := make([]RecordView, len(records))
	for i, r := range records {
		views[i] = RecordView{ActivityRecord: r, MayWrite: reader.leads(r.TeamID), MayTakeDown: reader.mayTakeDown(r.TeamID, r.RegionPath, domain.TaskPublished)}
		for _, p := range photos {
			switch {
			case p.ShiftID != r.ShiftID:
			case p.TakenDownAt.IsZero():
				views[i].Photos = append(views[i].Photos, p)
			case views[i].MayTakeDown:
				views[i].TakenDown = append(views[i].TakenDown, p)
			}
		}
	}
	return views, nil
}

// anybody is crewOf, and nobody with nothing when nobody is signed in.
func (a *App) anybody(ctx context.Context, q postgres.Querier) (crew, error) {
	reader, err := a.crewOf(ctx, q)
	if errors.Is(err, auth.ErrSignedOut) {
		return crew{}, nil
	}
	return reader, err
}
