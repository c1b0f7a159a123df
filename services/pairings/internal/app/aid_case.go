package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

func planPlace(aidCaseID string) vault.Place {
	return vault.Place{Table: "aid_cases", Column: "plan", Row: aidCaseID}
}

func reviewPlace(reviewID string) vault.Place {
	return vault.Place{Table: "aid_reviews", Column: "sealed", Row: reviewID}
}

// NewAidCase is what OpenAidCase is given.
type NewAidCase struct {
	HouseholdID string
	HelperID    string
	TeamID      string // the brigade that she answers for; empty: she helps by herself
}

// OpenAidCase asks a volunteer to help a family that has consented, for who has the
// case, and returns the case's id. It returns domain.ErrAidTwice while another helps.
func (a *App) OpenAidCase(ctx context.Context, n NewAidCase) (aidCaseID string, err error) {
	if _, err := auth.From(ctx); err != nil {
		return "", err
	}
	helper := a.knownOf(ctx, n.HelperID)
	now := a.clock.Now()
	return idempotency.Do(ctx, a.db, now, "openAidCase", n, func(q postgres.Querier) (string, error) {
		h, who, err := a.lockFamily(ctx, q, n.HouseholdID)
		if err != nil {
			return "", err
		}
		if helper.Minor || helper.Name == "" { // nobody that teams know of
			return "", apperr.For("helper_id", domain.ErrAidHelper)
		}
		c, err := h.OpenAid(n.HelperID, n.TeamID, who.VolunteerID, now)
		if err != nil {
			return "", err
		}
		if err := store.InsertAidCase(ctx, q, c); err != nil {
			return "", err
		}
		return c.ID, a.tellAid(ctx, q, pairingsv1.NoticeAidAsked, c, nil, c.HelperID)
	})
}

// tellAid tells people something of a case, which none of them learns a family from.
func (a *App) tellAid(ctx context.Context, q postgres.Querier, kind pairingsv1.NoticeKind, c domain.AidCase, words map[string]string, to ...string) error {
	now := a.clock.Now()
	return outbox.Append(ctx, q, now, news(kind, subject{"aid_case", c.ID}, now, words, to...)...)
}

// PlanAidCase puts a plan to a case, for who has the family's case; another officer
// decides on it, and those nearest are told.
func (a *App) PlanAidCase(ctx context.Context, aidCaseID string, p domain.AidPlan) error {
	return a.onAid(ctx, aidCaseID, func(q postgres.Querier, c domain.AidCase, h domain.Household, who auth.Principal) (domain.AidCase, error) {
		p, err := p.Checked()
		if err != nil {
			return c, err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatAidPlan, h.ID)
		if err != nil {
			return c, err
		}
		sealed, err := sealJSON(key, planPlace(c.ID), p)
		if err != nil {
			return c, err
		}
		if c, err = c.Planned(sealed, who.VolunteerID, a.clock.Now()); err != nil {
			return c, err
		}
		desk, err := a.decidersOf(ctx, q, h, c)
		if err != nil {
			return c, err
		}
		return c, a.tellAid(ctx, q, pairingsv1.NoticeAidPlanned, c, nil, desk...)
	})
}

// onAid locks a case for who has the family's case, does f to it and writes it.
func (a *App) onAid(ctx context.Context, aidCaseID string, f func(q postgres.Querier, c domain.AidCase, h domain.Household, who auth.Principal) (domain.AidCase, error)) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, h, who, err := a.lockAid(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if c, err = f(q, c, h, who); err != nil {
			return err
		}
		return store.UpdateAidCase(ctx, q, c)
	})
}

// decidersOf returns the nearest officers who may decide on a plan, two at most.
func (a *App) decidersOf(ctx context.Context, q postgres.Querier, h domain.Household, c domain.AidCase) (deciders []string, err error) {
	officers, err := store.ListOfficers(ctx, q, h.RegionPath, []string{coordinator, childCare, administrator}, a.clock.Now())
	for _, one := range officers {
		if one != h.RegisteredBy && one != c.OpenedBy && one != c.PlannedBy && one != c.HelperID && len(deciders) < 2 {
			deciders = append(deciders, one)
		}
	}
	return deciders, err
}

// DecideAidCase approves a plan, or sends it back with a word for why. It is for
// another officer of the region, with a second factor: the database compares persons
// (domain.ErrAidPersons).
func (a *App) DecideAidCase(ctx context.Context, aidCaseID string, approved bool, reason string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		found, err := store.FindAidCase(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if !seesFamilies(who, found.RegionPath) {
			return domain.ErrNoAidCase
		}
		if err := who.RequireStrong(); err != nil {
			return err
		}
		h, err := store.LockHousehold(ctx, q, found.HouseholdID)
		if err != nil {
			return err
		}
		c, err := store.LockAidCase(ctx, q, aidCaseID)
		if err != nil {
			return err
		}
		if !approved {
			if c, err = c.Refuse(reason, a.clock.Now()); err != nil {
				return err
			}
		} else if c, err = c.Approve(who.VolunteerID, a.clock.Now()); err != nil {
			return err
		}
		if err := store.UpdateAidCase(ctx, q, c); err != nil {
			return err
		}
		if !approved {
			return a.tellAid(ctx, q, pairingsv1.NoticeAidSentBack, c, nil, h.OfficerID)
		}
		return a.tellAid(ctx, q, pairingsv1.NoticeAidRunning, c, nil, c.HelperID)
	})
}

// NewAidReview is what ReviewAidCase is given.
type NewAidReview struct{ Result, Note string }

// ReviewAidCase writes down how a quarter went, for who has the family's case, and
// makes the next one due.
func (a *App) ReviewAidCase(ctx context.Context, aidCaseID string, n NewAidReview) error {
	return a.onAid(ctx, aidCaseID, func(q postgres.Querier, c domain.AidCase, h domain.Household, who auth.Principal) (domain.AidCase, error) {
		note, err := domain.NewAidNote(n.Note)
		if err != nil {
			return c, err
		}
		next, review, err := c.Review(n.Result, who.VolunteerID, a.clock.Now())
		if err != nil {
			return c, err
		}
		key, err := a.openOne(ctx, q, domain.Write, ofCase, whatAidReview, h.ID)
		if err != nil {
			return c, err
		}
		if review.Sealed, err = sealJSON(key, reviewPlace(review.ID), note); err != nil {
			return c, err
		}
		return next, store.InsertAidReview(ctx, q, review)
	})
}

// EndAidCase ends helping, for who has the family's case: because the goal is met
// (帮扶结束（目标达成）) or for another reason. From now on the helper sees nothing of the
// family.
func (a *App) EndAidCase(ctx context.Context, aidCaseID, reason string) error {
	return a.onAid(ctx, aidCaseID, func(q postgres.Querier, c domain.AidCase, _ domain.Household, who auth.Principal) (domain.AidCase, error) {
		c, err := c.End(reason, who.VolunteerID, a.clock.Now())
		if err != nil {
			return c, err
		}
		return c, a.tellAid(ctx, q, pairingsv1.NoticeAidEnded, c, nil, c.HelperID)
	})
}

// endAidOf ends the open case of a locked family, if there is one, because what it
// stood on is gone.
func (a *App) endAidOf(ctx context.Context, q postgres.Querier, h domain.Household, reason, by string) error {
	c, err := store.LockOpenAidCase(ctx, q, h.ID)
	if err == domain.ErrNoAidCase { //nolint:errorlint // it is this very error
		return nil
	}
	if err != nil {
		return err
	}
	c = c.Fell(reason, by, a.clock.Now())
	if err := store.UpdateAidCase(ctx, q, c); err != nil {
		return err
	}
	return a.tellAid(ctx, q, pairingsv1.NoticeAidEnded, c, nil, c.HelperID)
}

// ListedAidCase is an open case as the desk's list shows one.
type ListedAidCase struct {
	domain.AidCase
	Number     int // of the family
	RegionName string
	HelperName string
}

// ListAidCases returns a page of the open cases of the regions in which the caller sees families:
// plans that wait first, then those whose review is due soonest.
func (a *App) ListAidCases(ctx context.Context, query ListQuery) (listed []ListedAidCase, next string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	page, err := query.page()
	if err != nil {
		return nil, "", err
	}
	listed, err = a.listAid(ctx, func(q postgres.Querier) (cases []domain.AidCase, err error) {
		cases, err = store.ListOpenAidCases(ctx, q, who.RegionsAs(coordinator, childCare, administrator), page)
		cases, next = cut(cases, query.Limit, func(c domain.AidCase) string { return c.ID })
		return cases, err
	})
	return listed, next, err
}

func (a *App) listAid(ctx context.Context, list func(q postgres.Querier) ([]domain.AidCase, error)) (listed []ListedAidCase, err error) {
	if err := a.db.Read(ctx, func(q postgres.Querier) error {
		cases, err := list(q)
		if err != nil {
			return err
		}
		families, paths := make([]string, len(cases)), make([]string, len(cases))
		for i, c := range cases {
			families[i], paths[i] = c.HouseholdID, c.RegionPath
		}
		numbers, err := store.HouseholdNumbers(ctx, q, families)
		if err != nil {
			return err
		}
		names, err := store.RegionNames(ctx, q, paths)
		listed = make([]ListedAidCase, len(cases))
		for i, c := range cases {
			listed[i] = ListedAidCase{AidCase: c, Number: numbers[c.HouseholdID], RegionName: names[c.RegionPath]}
		}
		return err
	}); err != nil {
		return nil, err
	}
	ids := make([]string, len(listed))
	for i, c := range listed {
		ids[i] = c.HelperID
	}
	persons := a.people.Find(ctx, ids)
	for i, c := range listed {
		listed[i].HelperName = persons[c.HelperID].FullName()
	}
	return listed, nil
}
