package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ListedPairing is a pairing as officers see it: nothing says who the child is.
type ListedPairing struct {
	domain.Pairing
	VolunteerName  string
	TeamName       string
	RegionName     string
	ChildNumber    int
	BirthYear      int
	Sex            string
	SupervisorName string
	DeputyName     string
	ProposerName   string
	SupervisingID  string // who looks after it now; empty: nobody
	Attention      string // what is to be done, see domain.Pairing.Attention; empty: nothing
	Overdue        bool
	Mine           bool // the reader supervises it or stands in
	HoldsCase      bool // the reader has the child's case
	MayDecide      bool // the reader can be the other officer who agrees, as far as can be seen
	Manages        bool // the reader may change it, with a second factor
}

// ListQuery asks for a page of a list; what is empty narrows nothing.
type ListQuery struct {
	Part  string // of the list, as openapi.yaml names them
	After string // next of the page before
	Limit int
}

var errNoPlace = apperr.New(apperr.Invalid, "no_such_place", "这一页已经不在了，请从头看。", "That page is no longer there; please start again.")

// page is what store is asked for: one more tells whether there is a next page.
func (query ListQuery) page() (store.Page, error) {
	if query.After != "" && !id.Valid(query.After) {
		return store.Page{}, apperr.For("after", errNoPlace)
	}
	return store.Page{Part: query.Part, After: query.After, Limit: query.Limit + 1}, nil
}

// cut parts what was read one line too long: the page that was asked for, and where the
// next one starts; empty after the last.
func cut[T any](read []T, limit int, idOf func(T) string) (page []T, next string) {
	if len(read) <= limit {
		return read, ""
	}
	return read[:limit], idOf(read[limit-1])
}

// PairingPage is a page of pairings.
type PairingPage struct {
	Items  []ListedPairing
	Next   string         // empty after the last
	Counts map[string]int // of all pages, by part
}

// ListPairings returns a page of the pairings of the regions in which the caller is a
// child-care officer, and of those that she supervises or stands in for. To who is none of
// these it returns none.
func (a *App) ListPairings(ctx context.Context, query ListQuery) (page PairingPage, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return page, err
	}
	asked, err := query.page()
	if err != nil || len(who.Grants) == 0 {
		return page, err
	}
	now := a.clock.Now()
	of := store.PairingsOf{VolunteerID: who.VolunteerID, Cared: who.RegionsAs(childCare), Overseen: who.RegionsAs(supervisors...)}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		pairings, err := store.ListPairings(ctx, q, of, asked, now)
		if err != nil {
			return err
		}
		pairings, page.Next = cut(pairings, query.Limit, func(p domain.Pairing) string { return p.ID })
		if page.Counts, err = store.CountPairings(ctx, q, of, now); err != nil {
			return err
		}
		page.Items, err = a.listed(ctx, q, who, pairings)
		return err
	})
	if err != nil {
		return PairingPage{}, err
	}
	a.nameListed(ctx, page.Items)
	return page, nil
}

// oversees reports whether somebody has a role with which one may supervise pairings there.
func oversees(who auth.Principal, regionPath string) bool {
	return slices.ContainsFunc(supervisors, func(role string) bool { return who.Holds(role, regionPath) })
}

// GetPairing returns one that ListPairings lists.
func (a *App) GetPairing(ctx context.Context, pairingID string) (ListedPairing, error) {
	var listed []ListedPairing
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		p, who, err := a.pairingFor(ctx, q, pairingID)
		if err != nil {
			return err
		}
		listed, err = a.listed(ctx, q, who, []domain.Pairing{p})
		return err
	})
	if err != nil {
		return ListedPairing{}, err
	}
	a.nameListed(ctx, listed)
	return listed[0], nil
}

// listed adds to pairings what a list shows beside them, but names of people.
func (a *App) listed(ctx context.Context, q postgres.Querier, who auth.Principal, pairings []domain.Pairing) ([]ListedPairing, error) {
	children, err := store.ListChildrenOf(ctx, q, pairings)
	if err != nil {
		return nil, err
	}
	paths, teams := make([]string, len(pairings)), []string{}
	for i, p := range pairings {
		paths[i] = p.RegionPath
		if p.TeamID != "" {
			teams = append(teams, p.TeamID)
		}
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
	now := a.clock.Now()
	listed := make([]ListedPairing, len(pairings))
	for i, p := range pairings {
		child := children[p.ChildID]
		l := ListedPairing{
			Pairing: p, RegionName: regionNames[p.RegionPath], TeamName: teamNames[p.TeamID], ChildNumber: child.Number, BirthYear: child.BirthYear, Sex: child.Sex,
			HoldsCase: child.OfficerID == who.VolunteerID, Mine: who.VolunteerID == p.SupervisorID || who.VolunteerID == p.DeputyID,
		}
		if p.Open() {
			l.SupervisingID = p.Supervising(standings.Granted(p), now)
		}
		l.Manages = looksAfter(who, p.RegionPath) || l.Mine
		l.MayDecide = p.State == domain.PairingProposed && p.OfficerAgreedAt.IsZero() && looksAfter(who, p.RegionPath) &&
			!slices.Contains([]string{p.ProposedBy, p.GuardianAgreedBy, p.VolunteerID}, who.VolunteerID)
		l.Attention, l.Overdue = p.Attention(l.SupervisingID != "", now)
		listed[i] = l
	}
	return listed, nil
}

func (a *App) nameListed(ctx context.Context, listed []ListedPairing) {
	var ids []string
	for _, l := range listed {
		ids = append(ids, l.VolunteerID, l.SupervisorID, l.DeputyID, l.ProposedBy)
	}
	persons := a.people.Find(ctx, ids)
	for i, l := range listed {
		listed[i].VolunteerName, listed[i].SupervisorName = persons[l.VolunteerID].FullName(), persons[l.SupervisorID].FullName()
		listed[i].DeputyName, listed[i].ProposerName = persons[l.DeputyID].FullName(), persons[l.ProposedBy].FullName()
	}
}

// ReadHandover returns what a closed pairing's note says, for who has grounds to read the
// child's record; it is written down.
func (a *App) ReadHandover(ctx context.Context, pairingID string) (note string, err error) {
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		p, _, err := a.pairingFor(ctx, q, pairingID)
		if err != nil {
			return err
		}
		child, err := store.FindChild(ctx, q, p.ChildID)
		if err != nil {
			return err
		}
		g, err := a.ground(ctx, q, child)
		if err != nil {
			return err
		}
		if p.Handover == nil {
			return nil
		}
		key, err := a.openOne(ctx, q, domain.Read, g, whatHandover, child.ID)
		if err != nil {
			return err
		}
		var n domain.HandoverNote
		err = openJSON(key, handoverPlace(p.ID), p.Handover, &n)
		note = n.Note
		return err
	})
	return note, err
}
