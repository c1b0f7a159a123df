package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// AnomalyView is a thing to verify with the evidence side by side.
type AnomalyView struct {
	domain.Anomaly
	Person   people.Person
	Facts    []Fact
	Concerns bool // the reader, who therefore does not decide it
}

// Fact is one of the attendances that a finding is about.
type Fact struct {
	domain.Listing
	Attendance domain.Attendance
}

// ListAnomalies returns what waits to be verified in the reader's region,
// longest first; nothing for who holds no office that decides.
func (a *App) ListAnomalies(ctx context.Context, region string) (views []AnomalyView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		offices := reader.RegionsDecided()
		if len(offices) == 0 {
			return nil
		}
		found, err := store.ListAnomalies(ctx, q, offices, region, 100)
		if err != nil {
			return err
		}
		views, err = viewAnomalies(ctx, q, reader, found)
		return err
	})
	if err == nil {
		a.nameAnomalies(ctx, views)
	}
	return views, err
}

// ListMyAnomalies returns what was asked about the reader, newest first.
func (a *App) ListMyAnomalies(ctx context.Context) (views []AnomalyView, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		found, err := store.ListAnomaliesOf(ctx, q, reader.self)
		if err != nil {
			return err
		}
		views, err = viewAnomalies(ctx, q, reader, found)
		return err
	})
	return views, err
}

// AnswerAnomaly is the reader's own word about what was asked, given once.
// Others get NotFound.
func (a *App) AnswerAnomaly(ctx context.Context, anomalyID, answer string) error {
	type request struct{ AnomalyID, Answer string }
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "answer_anomaly", request{anomalyID, answer}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		about, err := store.LockAnomaly(ctx, q, anomalyID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.self.Is(about.VolunteerID) {
			return struct{}{}, domain.ErrNoSuchAnomaly
		}
		if err := about.Say(answer, a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, store.UpdateAnomaly(ctx, q, about)
	})
	return err
}

// DecideAnomaly decides a thing to verify, with the reason. It belongs to a
// coordinator or administrator of the team's region, other than whom it
// concerns (ErrOwnAnomaly); others get NotFound. What follows from an upheld one
// is a correction, which is another person's to ask for and to decide.
func (a *App) DecideAnomaly(ctx context.Context, anomalyID string, state domain.AnomalyState, reason string) error {
	type request struct {
		AnomalyID, Reason string
		State             domain.AnomalyState
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "decide_anomaly", request{anomalyID, reason, state}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		about, err := store.LockAnomaly(ctx, q, anomalyID)
		if err != nil {
			return struct{}{}, err
		}
		listing, err := store.FindAnyListing(ctx, q, about.ShiftID)
		if err != nil {
			return struct{}{}, err
		}
		if !reader.Principal.Decides(listing.RegionPath) {
			return struct{}{}, domain.ErrNoSuchAnomaly
		}
		if err := about.Decide(reader.VolunteerID, reader.self, state, reason, a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.keepDecided(ctx, q, about)
	})
	return err
}

func (a *App) keepDecided(ctx context.Context, q postgres.Querier, about domain.Anomaly) error {
	if err := store.UpdateAnomaly(ctx, q, about); err != nil {
		return err
	}
	events, err := a.tellAnomaly(ctx, q, tasksv1.NoticeAnomalyDecided, about)
	if err != nil {
		return err
	}
	rule := string(about.Rule)
	if about.Rule == domain.RulePlace {
		rule = "" // events are for ever, and where somebody was is not
	}
	return outbox.Append(ctx, q, a.clock.Now(), append(events, tasksv1.AnomalyDecided{
		AnomalyID: about.ID, Rule: rule, State: string(about.State), VolunteerID: about.VolunteerID,
		AttendanceIDs: about.AttendanceIDs, DecidedBy: about.DecidedBy, DecidedAt: about.DecidedAt, Version: about.Version,
	})...)
}

func viewAnomalies(ctx context.Context, q postgres.Querier, reader crew, found []domain.Anomaly) ([]AnomalyView, error) {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.AttendanceIDs...)
	}
	attendances, err := store.ListAttendancesByID(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var shiftIDs []string
	byID := make(map[string]domain.Attendance, len(attendances))
	for _, at := range attendances {
		byID[at.ID] = at
		shiftIDs = append(shiftIDs, at.ShiftID)
	}
	listings, err := store.ListListings(ctx, q, domain.ListingFilter{IDs: append([]string{}, shiftIDs...), Drafts: true})
	if err != nil {
		return nil, err
	}
	shifts := make(map[string]domain.Listing, len(listings))
	for _, l := range listings {
		shifts[l.ID] = l
	}
	views := make([]AnomalyView, len(found))
	for i, f := range found {
		views[i] = AnomalyView{Anomaly: f, Concerns: reader.self.Is(f.VolunteerID)}
		for _, id := range f.AttendanceIDs {
			if at, ok := byID[id]; ok {
				views[i].Facts = append(views[i].Facts, Fact{Listing: shifts[at.ShiftID], Attendance: at})
			}
		}
	}
	return views, nil
}

// nameAnomalies fills in names, outside any transaction.
func (a *App) nameAnomalies(ctx context.Context, views []AnomalyView) {
	ids := make([]string, len(views))
	for i, v := range views {
		ids[i] = v.VolunteerID
	}
	found := a.people.Find(ctx, ids)
	for i := range views {
		views[i].Person = found[ids[i]]
	}
}
