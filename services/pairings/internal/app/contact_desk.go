package app

import (
	"context"
	"slices"
	"strconv"
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

// ListedContact is a contact as a list shows it: nothing of what was seen or said.
type ListedContact struct {
	domain.Contact
	VolunteerName, RegionName string
}

// toDecideAtOnce bounds a list of contacts that wait; those decided make room.
const toDecideAtOnce = 200

// ListContactsToDecide returns what waits for the caller, who supervises pairings or
// stands in, the oldest first. To others it is empty.
func (a *App) ListContactsToDecide(ctx context.Context) ([]ListedContact, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.listContacts(ctx, func(q postgres.Querier) ([]domain.Contact, error) {
		return store.ListContactsToDecide(ctx, q, who.VolunteerID, toDecideAtOnce)
	})
}

// ListPairingContacts returns the contacts of a pairing, newest first, for who supervises
// it and for officers of its region; domain.ErrNoPairing to others.
func (a *App) ListPairingContacts(ctx context.Context, pairingID string) ([]ListedContact, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	return a.listContacts(ctx, func(q postgres.Querier) ([]domain.Contact, error) {
		p, err := store.FindPairing(ctx, q, pairingID)
		if err != nil {
			return nil, err
		}
		supervises, err := store.Supervises(ctx, q, p.ID, who.VolunteerID)
		if err != nil {
			return nil, err
		}
		if !supervises && !slices.ContainsFunc(interviewers, func(role string) bool { return who.Holds(role, p.RegionPath) }) {
			return nil, domain.ErrNoPairing
		}
		return store.ListContacts(ctx, q, []string{p.ID}, toDecideAtOnce)
	})
}

// listContacts puts names to contacts.
func (a *App) listContacts(ctx context.Context, list func(q postgres.Querier) ([]domain.Contact, error)) ([]ListedContact, error) {
	var contacts []domain.Contact
	var regions map[string]string
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if contacts, err = list(q); err != nil {
			return err
		}
		ids := make([]string, len(contacts))
		for i, c := range contacts {
			ids[i] = c.PairingID
		}
		regions, err = store.PairingRegionNames(ctx, q, ids)
		return err
	}); err != nil {
		return nil, err
	}
	ids := make([]string, len(contacts))
	for i, c := range contacts {
		ids[i] = c.VolunteerID
	}
	persons := a.people.Find(ctx, ids)
	listed := make([]ListedContact, len(contacts))
	for i, c := range contacts {
		listed[i] = ListedContact{c, persons[c.VolunteerID].FullName(), regions[c.PairingID]}
	}
	return listed, nil
}

// OpenContact returns what was seen and said at a contact, and writes down that it was
// read before it does. It is for who supervises the pairing while it is open, and for who
// has grounds to read the child's record, with a second factor.
func (a *App) OpenContact(ctx context.Context, contactID string) (note domain.ContactNote, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		c, err := store.FindContact(ctx, q, contactID)
		if err != nil {
			return err
		}
		g, childID, err := a.contactGround(ctx, q, c)
		if err != nil {
			return err
		}
		key, err := a.openOne(ctx, q, domain.Read, g, whatContact, childID)
		if err != nil {
			return err
		}
		return openJSON(key, contactPlace(c.ID), c.Sealed, &note)
	})
	if err != nil {
		return domain.ContactNote{}, err
	}
	return note, nil
}

// contactGround returns on what grounds the caller may read a contact.
func (a *App) contactGround(ctx context.Context, q postgres.Querier, c domain.Contact) (g domain.Ground, childID string, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return g, "", err
	}
	p, err := store.FindPairing(ctx, q, c.PairingID)
	if err != nil {
		return g, "", err
	}
	child, err := store.FindChild(ctx, q, p.ChildID)
	if err != nil {
		return g, "", err
	}
	supervises, err := store.Supervises(ctx, q, p.ID, who.VolunteerID)
	switch {
	case err != nil:
		return g, "", err
	case supervises && p.Open() && child.State != domain.ChildWithdrawn:
		return domain.Ground{Basis: domain.BasisPairing, BasisID: p.ID}, child.ID, who.RequireStrong()
	case !looksAfter(who, p.RegionPath):
		return g, "", domain.ErrNoContact
	}
	g, err = a.ground(ctx, q, child)
	return g, child.ID, err
}

// DecideContacts confirms contacts, also for other minutes than were recorded, or says why
// they do not count, all or none. It is for
// who supervises their pairings, or stands in; the database refuses who was there, under
// whichever record. What was made is told to hours by a reference that says nothing else.
func (a *App) DecideContacts(ctx context.Context, decisions []domain.ContactDecision) error {
	who, err := auth.From(ctx)
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "decideContacts", decisions, func(q postgres.Querier) (struct{}, error) {
		sorted := slices.SortedFunc(slices.Values(decisions), func(x, y domain.ContactDecision) int { // one order for all: no deadlock
			if x.ContactID < y.ContactID {
				return -1
			}
			return 1
		})
		for _, d := range sorted {
			if err := a.decideContact(ctx, q, d, who.VolunteerID); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	return err
}

func (a *App) decideContact(ctx context.Context, q postgres.Querier, d domain.ContactDecision, by string) error {
	now := a.clock.Now()
	c, err := store.FindContact(ctx, q, d.ContactID)
	if err != nil {
		return err
	}
	p, err := store.FindPairing(ctx, q, c.PairingID)
	if err != nil {
		return err
	}
	supervises, err := store.Supervises(ctx, q, p.ID, by)
	if err == nil && !supervises {
		err = domain.ErrNoContact
	}
	if err != nil {
		return err
	}
	if c, err = store.LockContact(ctx, q, d.ContactID); err != nil {
		return err
	}
	if c, err = c.Decide(d, by, now); err != nil {
		return err
	}
	if err := store.UpdateContactDecision(ctx, q, c); err != nil {
		return err
	}
	words := map[string]string{"why": c.Reason, "day": c.At.In(clock.City).Format(time.DateOnly)}
	if c.Counted > 0 {
		words["why"], words["recorded"], words["counted"] = c.CountedWhy, strconv.Itoa(c.Minutes), strconv.Itoa(c.Counted)
		if err := outbox.Append(ctx, q, now, news(pairingsv1.NoticeContactCounted, subject{"pairing", p.ID}, now, words, c.VolunteerID)...); err != nil {
			return err
		}
	}
	if c.Reference != "" {
		return a.tellHours(ctx, q, p, c, now)
	}
	if c.State == domain.ContactConfirmed {
		return nil
	}
	if err := outbox.Append(ctx, q, now, news(pairingsv1.NoticeContactRefused, subject{"pairing", p.ID}, now, words, c.VolunteerID)...); err != nil {
		return err
	}
	return a.judgeContacts(ctx, q, p.ID) // what does not count does not end a silence
}

// tellHours tells what the volunteer is credited for, and nothing of whom it was for.
func (a *App) tellHours(ctx context.Context, q postgres.Querier, p domain.Pairing, c domain.Contact, now time.Time) error {
	teamID, err := brigadeFor(ctx, q, p.TeamID, c.VolunteerID)
	if err == nil && teamID == "" {
		err = domain.ErrContactNoBrigade
	}
	if err != nil {
		return err
	}
	return credit(ctx, q, now, pairingsv1.ContactConfirmed{
		Reference: c.Reference, Line: domain.LineCompanion, TeamID: teamID, RegionPath: p.RegionPath,
		VolunteerID: c.VolunteerID, From: c.At, To: c.To(), Minutes: c.Counts(), ConfirmedBy: c.DecidedBy, ConfirmedAt: c.DecidedAt,
	})
}

// brigadeFor returns for which brigade somebody did what she did: the one that stands
// behind it, else one of hers; empty when she is in none.
func brigadeFor(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (string, error) {
	if teamID != "" {
		return teamID, nil
	}
	teams, err := store.ListTeamsOf(ctx, q, volunteerID)
	if err != nil || len(teams[volunteerID]) == 0 {
		return "", err
	}
	return teams[volunteerID][0], nil
}

// credit tells hours of an event that has all but what its line and brigade say. What a
// volunteer records herself and another confirms afterwards is grade D, and no village
// leaves this service.
func credit(ctx context.Context, q postgres.Querier, now time.Time, e pairingsv1.ContactConfirmed) (err error) {
	e.Verification, e.RegionPath = "D", domain.Township(e.RegionPath)
	if e.ReportingUnit, err = store.FindReportingUnit(ctx, q, e.TeamID); err != nil {
		return err
	}
	if e.ProgrammeID, err = store.FindProgramme(ctx, q, e.Line); err != nil {
		return err
	}
	return outbox.Append(ctx, q, now, e)
}

// ListedOverdue is a pairing in which nobody was met, or called, in time, with names.
type ListedOverdue struct {
	store.Overdue
	VolunteerName, RegionName, SupervisorName string
}

// overdueAtOnce bounds the list; the highest rungs come first.
const overdueAtOnce = 300

// ListOverdueContacts returns those of the regions in which the caller is a child-care
// officer, coordinator or administrator, the highest rung first. To others it is empty.
func (a *App) ListOverdueContacts(ctx context.Context) ([]ListedOverdue, error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var overdue []store.Overdue
	var regions map[string]string
	if err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if overdue, err = store.ListOverdue(ctx, q, who.RegionsAs(interviewers...), overdueAtOnce); err != nil {
			return err
		}
		paths := make([]string, len(overdue))
		for i, o := range overdue {
			paths[i] = o.RegionPath
		}
		regions, err = store.RegionNames(ctx, q, paths)
		return err
	}); err != nil {
		return nil, err
	}
	var ids []string
	for _, o := range overdue {
		ids = append(ids, o.VolunteerID, o.SupervisorID)
	}
	persons := a.people.Find(ctx, ids)
	listed := make([]ListedOverdue, len(overdue))
	for i, o := range overdue {
		listed[i] = ListedOverdue{o, persons[o.VolunteerID].FullName(), regions[o.RegionPath], persons[o.SupervisorID].FullName()}
	}
	return listed, nil
}
