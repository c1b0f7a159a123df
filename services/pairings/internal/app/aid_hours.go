package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListedAidVisit is a visit as a list at the desk shows it: by the family's number, and
// nothing of what was written.
type ListedAidVisit struct {
	domain.AidVisit
	HouseholdID           string
	Number                int // of the family
	RegionName            string
	ByName, DecidedByName string
}

// familyDesk are who sees families in their regions; see seesFamilies.
var familyDesk = []string{coordinator, childCare, administrator}

// ListAidVisitsToDecide returns the visits of helpers that wait for the caller, who has
// the families' cases, the oldest first. Where who has the case helps herself, they wait
// for everybody else of the desk. To others it is empty.
func (a *App) ListAidVisitsToDecide(ctx context.Context) ([]ListedAidVisit, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.listVisits(ctx, func(q postgres.Querier) ([]domain.AidVisit, error) {
		return store.ListAidVisitsToDecide(ctx, q, who.VolunteerID, who.RegionsAs(familyDesk...), toDecideAtOnce)
	})
}

// FindAidVisits returns on which visit a line of hours rests, by the reference that the
// line has as its source, or by the first eight characters of it. It is for
// officers of the region; to others it is empty. No record is opened.
func (a *App) FindAidVisits(ctx context.Context, reference string) ([]ListedAidVisit, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.listVisits(ctx, func(q postgres.Querier) ([]domain.AidVisit, error) {
		return store.ListAidVisitsByReference(ctx, q, reference, who.RegionsAs(familyDesk...))
	})
}

// listVisits puts numbers and names to visits.
func (a *App) listVisits(ctx context.Context, list func(q postgres.Querier) ([]domain.AidVisit, error)) (listed []ListedAidVisit, err error) {
	if err := a.db.Read(ctx, func(q postgres.Querier) error {
		visits, err := list(q)
		if err != nil {
			return err
		}
		ids := make([]string, len(visits))
		for i, v := range visits {
			ids[i] = v.AidCaseID
		}
		cases, err := store.ListAidCases(ctx, q, ids)
		if err != nil {
			return err
		}
		families, paths := make([]string, 0, len(cases)), make([]string, 0, len(cases))
		for _, c := range cases {
			families, paths = append(families, c.HouseholdID), append(paths, c.RegionPath)
		}
		numbers, err := store.HouseholdNumbers(ctx, q, families)
		if err != nil {
			return err
		}
		names, err := store.RegionNames(ctx, q, paths)
		listed = make([]ListedAidVisit, len(visits))
		for i, v := range visits {
			c := cases[v.AidCaseID]
			listed[i] = ListedAidVisit{AidVisit: v, HouseholdID: c.HouseholdID, Number: numbers[c.HouseholdID], RegionName: names[c.RegionPath]}
		}
		return err
	}); err != nil {
		return nil, err
	}
	var ids []string
	for _, v := range listed {
		ids = append(ids, v.By)
		if v.DecidedBy != "" {
			ids = append(ids, v.DecidedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	for i, v := range listed {
		listed[i].ByName = persons[v.By].FullName()
		if v.DecidedBy != "" {
			listed[i].DecidedByName = persons[v.DecidedBy].FullName()
		}
	}
	return listed, nil
}

// AidVisitDecision is what is said of one visit: that it counts, or why not.
type AidVisitDecision struct {
	VisitID string
	Counts  bool
	Reason  string // a word of domain.ContactReasons
}

// DecideAidVisits confirms visits, or says why they do not count, all or none. It is for
// officers of the region; the database refuses who was there, under whichever record.
// What counts is told to hours by a reference that says nothing of the family.
func (a *App) DecideAidVisits(ctx context.Context, decisions []AidVisitDecision) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "decideAidVisits", decisions, func(q postgres.Querier) (struct{}, error) {
		sorted := slices.SortedFunc(slices.Values(decisions), func(x, y AidVisitDecision) int { // one order for all: no deadlock
			return strings.Compare(x.VisitID, y.VisitID)
		})
		for _, d := range sorted {
			if err := a.decideAidVisit(ctx, q, d, who); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	return err
}

func (a *App) decideAidVisit(ctx context.Context, q postgres.Querier, d AidVisitDecision, who auth.Principal) error {
	now := a.clock.Now()
	v, err := store.LockAidVisit(ctx, q, d.VisitID)
	if err != nil {
		return err
	}
	c, err := store.FindAidCase(ctx, q, v.AidCaseID)
	if err != nil {
		return err
	}
	if !seesFamilies(who, c.RegionPath) {
		return domain.ErrNoAidVisit
	}
	if v, err = v.Decide(d.Counts, d.Reason, who.VolunteerID, now); err != nil {
		return err
	}
	if err := store.UpdateAidVisitDecision(ctx, q, v); err != nil {
		return err
	}
	if v.State == domain.VisitConfirmed {
		return creditVisit(ctx, q, c, v, now)
	}
	words := map[string]string{"why": v.Reason, "day": v.VisitedAt.In(clock.City).Format(time.DateOnly)}
	return outbox.Append(ctx, q, now, news(pairingsv1.NoticeAidVisitRefused, subject{"aid_case", c.ID}, now, words, v.By)...)
}

// creditVisit tells hours what a helper is credited for, and nothing of the family.
func creditVisit(ctx context.Context, q postgres.Querier, c domain.AidCase, v domain.AidVisit, now time.Time) error {
	teamID, err := brigadeFor(ctx, q, c.TeamID, v.By)
	if err == nil && teamID == "" {
		err = domain.ErrAidNoBrigade
	}
	if err != nil {
		return err
	}
	return credit(ctx, q, now, pairingsv1.ContactConfirmed{
		Reference: v.Reference, Line: domain.LineAid, TeamID: teamID, RegionPath: c.RegionPath,
		VolunteerID: v.By, From: v.VisitedAt, To: v.To(), Minutes: v.Minutes, ConfirmedBy: v.DecidedBy, ConfirmedAt: v.DecidedAt,
	})
}
