package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MyPairing is a pairing as its companion parent sees it.
type MyPairing struct {
	domain.Pairing
	RegionName      string
	TeamName        string
	SupervisingName string // who looks after it now; empty: nobody
	ChildShown      bool   // what follows is there: not while it is paused, nor while she may not be with a child
	GivenName       string
	Age             int
	Address         string // only while she meets the child, on the pairing's own page
	Handover        string // what the companion parent before her left to know; the same
	supervisingID   string
}

// ListMyPairings returns the caller's pairings that are open, each child with its given
// name, age and village; that she read them is written down. It needs the PIN.
func (a *App) ListMyPairings(ctx context.Context) (mine []MyPairing, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := a.requirePIN(ctx, q, who); err != nil {
			return err
		}
		pairings, err := store.ListMyPairings(ctx, q, who.VolunteerID)
		if err != nil {
			return err
		}
		mine, err = a.viewMine(ctx, q, pairings, false)
		return err
	})
	if err != nil {
		return nil, err
	}
	a.nameMine(ctx, mine)
	return mine, nil
}

// OpenMyPairing returns one of them, with the child's address while she meets it; that she
// read it is written down. It needs the PIN. What is over is not there any more.
func (a *App) OpenMyPairing(ctx context.Context, pairingID string) (MyPairing, error) {
	var mine []MyPairing
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		p, _, err := a.myPairing(ctx, q, pairingID)
		if err != nil {
			return err
		}
		mine, err = a.viewMine(ctx, q, []domain.Pairing{p}, true)
		return err
	})
	if err != nil {
		return MyPairing{}, err
	}
	a.nameMine(ctx, mine)
	return mine[0], nil
}

// myPairing returns an open pairing to its companion parent who has typed her PIN; to
// others there is none.
func (a *App) myPairing(ctx context.Context, q postgres.Querier, pairingID string) (p domain.Pairing, who auth.Principal, err error) {
	if who, err = auth.From(ctx); err != nil {
		return p, who, err
	}
	if p, err = store.FindPairing(ctx, q, pairingID); err != nil {
		return p, who, err
	}
	own, err := store.SamePerson(ctx, q, who.VolunteerID, p.VolunteerID)
	if err != nil {
		return p, who, err
	}
	if !own || !p.Open() {
		return domain.Pairing{}, who, domain.ErrNoPairing
	}
	return p, who, a.requirePIN(ctx, q, who)
}

// ofPairing is on what grounds a companion parent, and who supervises, opens a child.
func ofPairing(p domain.Pairing) domain.Ground {
	return domain.Ground{Basis: domain.BasisPairing, BasisID: p.ID}
}

func (a *App) viewMine(ctx context.Context, q postgres.Querier, pairings []domain.Pairing, whole bool) ([]MyPairing, error) {
	now := a.clock.Now()
	ids, paths, teams := make([]string, len(pairings)), make([]string, len(pairings)), []string{}
	for i, p := range pairings {
		ids[i], paths[i] = p.ID, p.RegionPath
		if p.TeamID != "" {
			teams = append(teams, p.TeamID)
		}
	}
	readable, err := store.ListReadable(ctx, q, ids, now)
	if err != nil {
		return nil, err
	}
	children, err := store.ListChildrenOf(ctx, q, pairings)
	if err != nil {
		return nil, err
	}
	regionNames, err := store.RegionNames(ctx, q, paths)
	if err != nil {
		return nil, err
	}
	teamNames, err := store.TeamNames(ctx, q, teams)
	if err != nil {
		return nil, err
	}
	standings, err := a.standingsOf(ctx, q, pairings...)
	if err != nil {
		return nil, err
	}
	mine := make([]MyPairing, len(pairings))
	for i, p := range pairings {
		mine[i] = MyPairing{
			Pairing: p, TeamName: teamNames[p.TeamID], ChildShown: readable[p.ID],
			supervisingID: p.Supervising(standings.Granted(p), now),
		}
		if !readable[p.ID] {
			continue
		}
		mine[i].RegionName = regionNames[p.RegionPath]
		if err := a.showChild(ctx, q, &mine[i], children[p.ChildID], whole); err != nil {
			return nil, err
		}
	}
	return mine, nil
}

// showChild opens what of a child its companion parent is to know.
func (a *App) showChild(ctx context.Context, q postgres.Querier, m *MyPairing, child domain.Child, whole bool) error {
	key, err := a.openOne(ctx, q, domain.Read, ofPairing(m.Pairing), whatPairing, child.ID)
	if err != nil {
		return err
	}
	var person domain.ChildPerson
	if err := openJSON(key, childPlace(child.ID), child.Sealed, &person); err != nil {
		return err
	}
	m.GivenName, m.Age = domain.GivenName(person.Name), domain.AgeOn(person.BornOn, a.clock.Now())
	if !whole || !m.Meets() {
		return nil
	}
	m.Address = person.Address
	before, err := store.FindPairingBefore(ctx, q, m.ID)
	if errors.Is(err, domain.ErrNoPairing) || err == nil && before.Handover == nil {
		return nil
	}
	if err != nil {
		return err
	}
	var note domain.HandoverNote
	err = openJSON(key, handoverPlace(before.ID), before.Handover, &note)
	m.Handover = note.Note
	return err
}

func (a *App) nameMine(ctx context.Context, mine []MyPairing) {
	var ids []string
	for _, m := range mine {
		if m.supervisingID != "" {
			ids = append(ids, m.supervisingID)
		}
	}
	persons := a.people.Find(ctx, ids)
	for i, m := range mine {
		if m.supervisingID != "" {
			mine[i].SupervisingName = persons[m.supervisingID].FullName()
		}
	}
}
