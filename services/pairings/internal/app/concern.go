package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/vault"
)

// What the vault is opened for at a concern.
const (
	whatConcern      = "concern"       // what was seen, and of whom
	whatConcernStep  = "concern_step"  // what was done is written
	whatConcernPaper = "concern_paper" // the paper for the authority
	whatReporter     = "reporter"      // who raised it
)

func concernPlace(concernID string) vault.Place {
	return vault.Place{Table: "concerns", Column: "sealed", Row: concernID}
}

func reporterPlace(reporterKey string) vault.Place {
	return vault.Place{Table: "concerns", Column: "reporter_sealed", Row: reporterKey}
}

func stepPlace(stepID string) vault.Place {
	return vault.Place{Table: "concern_steps", Column: "sealed", Row: stepID}
}

// ofConcern is on what grounds a concern, and what hangs on it, is opened.
func ofConcern(c domain.Concern) domain.Ground {
	return domain.Ground{Basis: domain.BasisConcern, BasisID: c.ID}
}

// concernFor returns a concern to a child-care officer of its region who was proved with
// a second factor. To everybody else, whatever else they are in charge of, there is none.
func (a *App) concernFor(ctx context.Context, q postgres.Querier, concernID string, find func(context.Context, postgres.Querier, string) (domain.Concern, error)) (domain.Concern, auth.Principal, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return domain.Concern{}, who, err
	}
	c, err := find(ctx, q, concernID)
	if err != nil {
		return c, who, err
	}
	if !looksAfter(who, c.RegionPath) {
		return c, who, domain.ErrNoConcern
	}
	return c, who, who.RequireStrong()
}

// OpenedConcern is a concern as who may reads it.
type OpenedConcern struct {
	ListedConcern
	Told  domain.ConcernTold
	Steps []NamedStep
	Child *ConcernChild // of the record, for who has the concern while it is open
}

// NamedStep is a line of what was done.
type NamedStep struct {
	domain.Step
	domain.StepNote
	ByName string
}

// ConcernChild is what an authority must know of a child.
type ConcernChild struct {
	Number     int
	Sex        string
	RegionName string
	Person     domain.ChildPerson
	Circle     domain.Circle
}

// OpenConcern returns what was seen, and what was done, for child-care officers of the
// region, with a second factor. Who has it also reads the record of the child it is
// about, whatever became of the guardian's consent: the duty to report stays (ADR 74).
// Each of these is a line in the record of openings.
func (a *App) OpenConcern(ctx context.Context, concernID string) (OpenedConcern, error) {
	return a.readConcern(ctx, concernID, whatConcern)
}

func (a *App) readConcern(ctx context.Context, concernID, what string) (o OpenedConcern, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.concernFor(ctx, q, concernID, store.FindConcern)
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, ofConcern(c), what, c.ID)
		if err != nil {
			return err
		}
		regions, err := store.RegionNames(ctx, q, []string{c.RegionPath})
		if err != nil {
			return err
		}
		o = OpenedConcern{ListedConcern: listedConcern(c, regions[c.RegionPath], who)}
		if err := openJSON(key, concernPlace(c.ID), c.Sealed, &o.Told); err != nil {
			return err
		}
		if o.Steps, err = viewSteps(ctx, q, key, c.ID); err != nil {
			return err
		}
		if o.Told.ChildID != "" && o.Mine && c.State != domain.ConcernClosed {
			o.Child, err = a.childOfConcern(ctx, q, c, o.Told.ChildID, what)
		}
		return err
	})
	if err != nil {
		return OpenedConcern{}, err
	}
	a.nameConcern(ctx, &o)
	return o, nil
}

func viewSteps(ctx context.Context, q postgres.Querier, key *vault.DataKey, concernID string) ([]NamedStep, error) {
	steps, err := store.ListSteps(ctx, q, concernID)
	if err != nil {
		return nil, err
	}
	named := make([]NamedStep, len(steps))
	for i, s := range steps {
		named[i].Step = s
		if s.Sealed != nil {
			if err := openJSON(key, stepPlace(s.ID), s.Sealed, &named[i].StepNote); err != nil {
				return nil, err
			}
		}
	}
	return named, nil
}

// childOfConcern reads the record of the child; nil for one that is erased.
func (a *App) childOfConcern(ctx context.Context, q postgres.Querier, c domain.Concern, childID, what string) (*ConcernChild, error) {
	child, err := store.FindChild(ctx, q, childID)
	if err != nil {
		return nil, err
	}
	key, err := a.openOne(ctx, q, domain.Read, ofConcern(c), what, child.ID)
	if errors.Is(err, domain.ErrErased) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names, err := store.RegionNames(ctx, q, []string{child.RegionPath})
	if err != nil {
		return nil, err
	}
	view := ConcernChild{Number: child.Number, Sex: child.Sex, RegionName: names[child.RegionPath]}
	if err := openJSON(key, childPlace(child.ID), child.Sealed, &view.Person); err != nil {
		return nil, err
	}
	if child.Circle != nil {
		err = openJSON(key, circlePlace(child.ID), child.Circle, &view.Circle)
	}
	return &view, err
}

func (a *App) nameConcern(ctx context.Context, o *OpenedConcern) {
	var ids []string
	if o.HandlerID != "" {
		ids = append(ids, o.HandlerID)
	}
	for _, s := range o.Steps {
		ids = append(ids, s.ByID)
	}
	persons := a.people.Find(ctx, ids)
	if o.HandlerID != "" {
		o.HandlerName = persons[o.HandlerID].FullName()
	}
	for i, s := range o.Steps {
		o.Steps[i].ByName = persons[s.ByID].FullName()
	}
}
