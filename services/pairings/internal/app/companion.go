package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// What the vault is opened for at a companion parent's.
const (
	whatCompanion = "companion"          // the record: application, checks, interviews
	whatEvidence  = "companion_evidence" // what a check or an interview says is written
)

func companionPlace(companionID string) vault.Place {
	return vault.Place{Table: "companions", Column: "sealed", Row: companionID}
}

func evidencePlace(evidenceID string) vault.Place {
	return vault.Place{Table: "companion_evidence", Column: "sealed", Row: evidenceID}
}

// Application is what ApplyAsCompanion is given.
type Application struct {
	RegionCode string // where they want to help
	About      string // why; sealed
}

// ApplyAsCompanion takes the caller's application to be a companion parent and returns
// its id. Minors are refused, and so is a second application of one person while one is
// open. What teams know of the caller's identity is noted at once.
func (a *App) ApplyAsCompanion(ctx context.Context, n Application) (companionID string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return "", err
	}
	known := a.knownOf(ctx, who.VolunteerID)
	return idempotency.Do(ctx, a.db, a.clock.Now(), "applyAsCompanion", n, func(q postgres.Querier) (string, error) {
		region, ok, err := store.FindRegion(ctx, q, n.RegionCode)
		if err != nil {
			return "", err
		}
		if !ok {
			return "", apperr.For("region_code", errNoRegion)
		}
		minor, err := store.IsMinor(ctx, q, who.VolunteerID)
		if err != nil {
			return "", err
		}
		c, about, err := domain.Apply(region, who.VolunteerID, n.About, known.Minor || minor, a.clock.Now())
		if err != nil {
			return "", err
		}
		if err := a.insertCompanion(ctx, q, c, about); err != nil {
			return "", err
		}
		if c, err = store.LockCompanion(ctx, q, c.ID); err != nil {
			return "", err
		}
		if err := a.noteIdentity(ctx, q, c, known); err != nil {
			return "", err
		}
		return c.ID, a.judge(ctx, q, &c, c)
	})
}

// insertCompanion keeps a new application under a key of its own and tells the officers
// who are nearest.
func (a *App) insertCompanion(ctx context.Context, q postgres.Querier, c domain.Companion, about domain.CompanionAbout) error {
	if err := store.LockPersonsCompanions(ctx, q, c.VolunteerID); err != nil {
		return err
	}
	if had, err := store.FindMyCompanion(ctx, q, c.VolunteerID); err == nil && had.Open() {
		return domain.ErrCompanionTwice
	} else if err != nil && !errors.Is(err, domain.ErrNoCompanion) {
		return err
	}
	key, err := a.newKey(ctx, q, domain.KindCompanion, c.ID)
	if err != nil {
		return err
	}
	if c.Sealed, err = sealJSON(key, companionPlace(c.ID), about); err != nil {
		return err
	}
	if c.Version, err = store.InsertCompanion(ctx, q, c); err != nil {
		return err
	}
	desk, err := a.deskOf(ctx, q, c)
	if err != nil {
		return err
	}
	events := news(pairingsv1.NoticeCompanionApplied, subject{"companion", c.ID}, c.AppliedAt, map[string]string{"person": c.VolunteerID}, desk...)
	return outbox.Append(ctx, q, c.AppliedAt, append(events, changed(c))...)
}

func changed(c domain.Companion) outbox.Event {
	return pairingsv1.CompanionChanged{VolunteerID: c.VolunteerID, State: string(c.State), Version: c.Version}
}

// knownOf returns what teams know of a volunteer; nothing while they cannot be asked.
func (a *App) knownOf(ctx context.Context, volunteerID string) people.Person {
	return a.people.Find(ctx, []string{volunteerID})[volunteerID]
}

// deskOf returns the child-care officers who are nearest to where a companion parent
// wants to help, two at most.
func (a *App) deskOf(ctx context.Context, q postgres.Querier, c domain.Companion) ([]string, error) {
	officers, err := store.ListOfficers(ctx, q, c.RegionPath, []string{childCare}, a.clock.Now())
	return officers[:min(len(officers), 2)], err
}

// MyCompanion is where the caller stands.
type MyCompanion struct {
	domain.Companion
	RegionName   string
	Gates        domain.Gates
	Interviews   int                // by how many the caller was interviewed
	OffenceAsked bool               // the check is under way
	Code         domain.ConductCode // as it is in force
	Minor        bool               // of the caller; they cannot apply
	Offers       []string           // what the caller says she can give
}

// GetMyCompanion returns where the caller stands, also after an application has ended;
// who never applied gets one without an id. What checks and interviews say is not in it.
func (a *App) GetMyCompanion(ctx context.Context) (mine MyCompanion, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return mine, err
	}
	mine.Minor = a.knownOf(ctx, who.VolunteerID).Minor
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		now := a.clock.Now()
		if mine.Code, err = store.FindCode(ctx, q, now); err != nil {
			return err
		}
		mine.Companion, err = store.FindMyCompanion(ctx, q, who.VolunteerID)
		if errors.Is(err, domain.ErrNoCompanion) {
			return nil
		}
		if err != nil {
			return err
		}
		if mine.Offers, err = store.FindOffers(ctx, q, mine.ID); err != nil {
			return err
		}
		facts, err := a.factsOf(ctx, q, []domain.Companion{mine.Companion})
		if err != nil {
			return err
		}
		mine.RegionName, mine.Gates, mine.Interviews, mine.OffenceAsked = facts[0].RegionName, facts[0].Gates, facts[0].Interviews, facts[0].OffenceAsked
		return nil
	})
	return mine, err
}

// SignConduct signs 《行为守则》 for the caller, in the version that was read. It
// returns domain.ErrCodeChanged when another one is in force.
func (a *App) SignConduct(ctx context.Context, version int) error {
	return a.onMine(ctx, func(q postgres.Querier, c *domain.Companion, by string) error {
		now := a.clock.Now()
		code, err := store.FindCode(ctx, q, now)
		if err != nil {
			return err
		}
		if code.Version != version {
			return domain.ErrCodeChanged
		}
		e, err := c.Sign(version, by, now)
		if err != nil {
			return err
		}
		return store.InsertEvidence(ctx, q, e)
	})
}

// LeaveCompanions ends the caller's application, or the caller's being a companion
// parent, by their own wish.
func (a *App) LeaveCompanions(ctx context.Context, reason string) error {
	return a.onMine(ctx, func(_ postgres.Querier, c *domain.Companion, _ string) (err error) {
		*c, err = c.Leave(reason, a.clock.Now())
		return err
	})
}

// onMine is onCompanion for the caller's own.
func (a *App) onMine(ctx context.Context, f func(q postgres.Querier, c *domain.Companion, by string) error) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	var mine domain.Companion
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		mine, err = store.FindMyCompanion(ctx, q, who.VolunteerID)
		return err
	}); errors.Is(err, domain.ErrNoCompanion) {
		return domain.ErrCompanionNone
	} else if err != nil {
		return err
	}
	return a.change(ctx, mine, func(q postgres.Querier, c *domain.Companion) error { return f(q, c, who.VolunteerID) })
}

// change locks a companion, does f to it, and then what follows from that.
func (a *App) change(ctx context.Context, found domain.Companion, f func(q postgres.Querier, c *domain.Companion) error) error {
	known := a.knownOf(ctx, found.VolunteerID)
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		c, err := store.LockCompanion(ctx, q, found.ID)
		if err != nil {
			return err
		}
		before := c
		if err := a.noteIdentity(ctx, q, c, known); err != nil {
			return err
		}
		if err := f(q, &c); err != nil {
			return err
		}
		return a.judge(ctx, q, &c, before)
	})
}

// facts are what a list shows of a companion beside its row.
type facts struct {
	RegionName   string
	Gates        domain.Gates
	Interviews   int
	OffenceAsked bool
	interviewers []string
}

// factsOf returns them in the order of the companions.
func (a *App) factsOf(ctx context.Context, q postgres.Querier, companions []domain.Companion) ([]facts, error) {
	now := a.clock.Now()
	ids, paths := make([]string, len(companions)), make([]string, len(companions))
	for i, c := range companions {
		ids[i], paths[i] = c.ID, c.RegionPath
	}
	gates, err := store.ListGates(ctx, q, ids, now)
	if err != nil {
		return nil, err
	}
	interviewers, err := store.ListInterviewers(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	names, err := store.RegionNames(ctx, q, paths)
	all := make([]facts, len(companions))
	for i, c := range companions {
		all[i] = facts{
			RegionName: names[c.RegionPath], Gates: gates[c.ID], Interviews: len(interviewers[c.ID]), interviewers: interviewers[c.ID],
			OffenceAsked: !c.OffenceAskedAt.IsZero(),
		}
	}
	return all, err
}
