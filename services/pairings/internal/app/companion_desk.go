package app

import (
	"context"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListedCompanion is a companion parent as the desk's list shows one: who, and what is
// there; not what a check or an interview says.
type ListedCompanion struct {
	domain.Companion
	facts
	Name       string
	EndsFirst  time.Time // when the first of what was shown ends; zero: nothing ends
	Reads      bool      // the reader may open the record, with a second factor
	MayApprove bool      // as far as can be seen: she neither is the applicant nor interviewed
}

// CompanionPage is a page of companion parents.
type CompanionPage struct {
	Items  []ListedCompanion
	Next   string         // empty after the last
	Counts map[string]int // of all pages, by part
}

// ListCompanions returns a page of the companion parents of the regions in which the caller
// is a child-care officer, coordinator or administrator: suspended ones and applications
// first. To who is none of these it returns none.
func (a *App) ListCompanions(ctx context.Context, query ListQuery) (page CompanionPage, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return page, err
	}
	asked, err := query.page()
	if err != nil {
		return page, err
	}
	now, paths := a.clock.Now(), who.RegionsAs(interviewers...)
	var companions []domain.Companion
	var known []facts
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if companions, err = store.ListCompanions(ctx, q, paths, asked, now); err != nil {
			return err
		}
		companions, page.Next = cut(companions, query.Limit, func(c domain.Companion) string { return c.ID })
		if page.Counts, err = store.CountCompanions(ctx, q, paths, now); err != nil {
			return err
		}
		known, err = a.factsOf(ctx, q, companions)
		return err
	})
	if err != nil {
		return CompanionPage{}, err
	}
	ids := make([]string, len(companions))
	for i, c := range companions {
		ids[i] = c.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	page.Items = make([]ListedCompanion, len(companions))
	for i, c := range companions {
		page.Items[i] = listedCompanion(c, known[i], persons[c.VolunteerID].FullName(), who)
	}
	return page, nil
}

func listedCompanion(c domain.Companion, known facts, name string, who auth.Principal) ListedCompanion {
	l := ListedCompanion{
		Companion: c, facts: known, Name: name, Reads: looksAfter(who, c.RegionPath),
		MayApprove: looksAfter(who, c.RegionPath) && c.VolunteerID != who.VolunteerID && !slices.Contains(known.interviewers, who.VolunteerID),
	}
	for _, g := range known.Gates {
		if g.Shown && !g.GoodUntil.IsZero() && (l.EndsFirst.IsZero() || g.GoodUntil.Before(l.EndsFirst)) {
			l.EndsFirst = g.GoodUntil
		}
	}
	return l
}

// OpenedCompanion is a companion parent's record with what was sealed.
type OpenedCompanion struct {
	ListedCompanion
	About    string
	Evidence []ReadEvidence // newest first
}

// ReadEvidence is evidence with its note.
type ReadEvidence struct {
	domain.Evidence
	domain.EvidenceNote
	ByName string
}

// OpenCompanion returns a companion parent's record, and writes down that it was read
// before it does. It is for child-care officers of the region, with a second factor,
// but not for the applicant.
func (a *App) OpenCompanion(ctx context.Context, companionID string) (o OpenedCompanion, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, who, err := a.companionFor(ctx, q, companionID, childCare)
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, domain.Ground{Basis: domain.BasisVetting}, whatCompanion, c.ID)
		if err != nil {
			return err
		}
		var about domain.CompanionAbout
		if err := openJSON(key, companionPlace(c.ID), c.Sealed, &about); err != nil {
			return err
		}
		known, err := a.factsOf(ctx, q, []domain.Companion{c})
		if err != nil {
			return err
		}
		evidence, err := store.ListEvidence(ctx, q, c.ID)
		if err != nil {
			return err
		}
		o = OpenedCompanion{ListedCompanion: listedCompanion(c, known[0], "", who), About: about.About, Evidence: make([]ReadEvidence, len(evidence))}
		for i, e := range evidence {
			o.Evidence[i].Evidence = e
			if len(e.Sealed) == 0 {
				continue
			}
			if err := openJSON(key, evidencePlace(e.ID), e.Sealed, &o.Evidence[i].EvidenceNote); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return OpenedCompanion{}, err
	}
	a.nameEvidence(ctx, &o)
	return o, nil
}

func (a *App) nameEvidence(ctx context.Context, o *OpenedCompanion) {
	ids := []string{o.VolunteerID}
	for _, e := range o.Evidence {
		ids = append(ids, e.ByID)
	}
	persons := a.people.Find(ctx, ids)
	o.Name = persons[o.VolunteerID].FullName()
	for i, e := range o.Evidence {
		o.Evidence[i].ByName = persons[e.ByID].FullName()
	}
}

// AskOffenceCheck notes that the caller, a child-care officer of the region with a
// second factor, has asked the police for 违法犯罪记录查询.
func (a *App) AskOffenceCheck(ctx context.Context, companionID string) error {
	return a.onDesk(ctx, companionID, []string{childCare}, func(_ postgres.Querier, c *domain.Companion, by string) error {
		if !c.Open() {
			return domain.ErrCompanionOver
		}
		c.OffenceAskedBy, c.OffenceAskedAt = by, a.clock.Now()
		return nil
	})
}

// RecordEvidence keeps what a check or an interview says, sealed, and returns its id. A
// check is recorded by child-care officers of the region, an interview also by its
// coordinators and administrators; all with a second factor, and never by the applicant.
func (a *App) RecordEvidence(ctx context.Context, companionID string, n domain.NewEvidence) (evidenceID string, err error) {
	roles := []string{childCare}
	if n.Kind == domain.GateInterview {
		roles = interviewers
	}
	found, by, err := a.findFor(ctx, companionID, roles)
	if err != nil {
		return "", err
	}
	known := a.knownOf(ctx, found.VolunteerID)
	type asked struct {
		CompanionID string
		Evidence    domain.NewEvidence
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "recordEvidence", asked{companionID, n}, func(q postgres.Querier) (string, error) {
		c, err := store.LockCompanion(ctx, q, companionID)
		if err != nil {
			return "", err
		}
		before := c
		if err := a.noteIdentity(ctx, q, c, known); err != nil {
			return "", err
		}
		e, note, err := c.Record(n, by, a.clock.Now())
		if err != nil {
			return "", err
		}
		key, err := a.openOne(ctx, q, domain.Write, domain.Ground{Basis: domain.BasisVetting}, whatEvidence, c.ID)
		if err != nil {
			return "", err
		}
		if e.Sealed, err = sealJSON(key, evidencePlace(e.ID), note); err != nil {
			return "", err
		}
		if err := store.InsertEvidence(ctx, q, e); err != nil {
			return "", err
		}
		if n.Kind == domain.GateOffence {
			c.OffenceAskedBy, c.OffenceAskedAt = "", time.Time{} // the next one is asked for anew
		}
		return e.ID, a.judge(ctx, q, &c, before)
	})
}

// DecideCompanion approves, or refuses with a reason, also who was approved before. It
// is for child-care officers of the region with a second factor; who approves is neither
// the applicant nor one of those who interviewed, whichever record they use.
func (a *App) DecideCompanion(ctx context.Context, companionID string, approved bool, reason string) error {
	return a.onDesk(ctx, companionID, []string{childCare}, func(q postgres.Querier, c *domain.Companion, by string) (err error) {
		now := a.clock.Now()
		if !approved {
			*c, err = c.Refuse(reason, now)
			return err
		}
		gates, err := store.ListGates(ctx, q, []string{c.ID}, now)
		if err != nil {
			return err
		}
		if *c, err = c.Approve(gates[c.ID], by, now); err != nil {
			return err
		}
		return store.UpdateCompanion(ctx, q, *c)
	})
}

// onDesk is change for who has one of the roles over the companion's region.
func (a *App) onDesk(ctx context.Context, companionID string, roles []string, f func(q postgres.Querier, c *domain.Companion, by string) error) error {
	found, by, err := a.findFor(ctx, companionID, roles)
	if err != nil {
		return err
	}
	return a.change(ctx, found, func(q postgres.Querier, c *domain.Companion) error { return f(q, c, by) })
}

func (a *App) findFor(ctx context.Context, companionID string, roles []string) (found domain.Companion, by string, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		c, who, err := a.companionFor(ctx, q, companionID, roles...)
		found, by = c, who.VolunteerID
		return err
	})
	return found, by, err
}
