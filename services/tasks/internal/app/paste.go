package app

import (
	"context"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Pasted is what a pasted 接龙 says about a shift. Nothing is written by reading it.
type Pasted struct {
	Lines     []domain.ChainMatch
	Members   []people.Person // everybody of the team, by name, to choose from
	Standings map[string]domain.SignUpState
}

// ErrNamesAway tells that teams cannot be asked what the members are called.
var ErrNamesAway = apperr.New(apperr.Unavailable, "names_away", "暂时查不到队员的姓名，请稍后再粘贴一次。", "The members' names cannot be looked up now; please paste again later.")

// ReadPasted reads a pasted 接龙 against the names of the team's members, which
// are asked of teams at this moment and kept nowhere. It returns NotFound to
// whoever does not lead the team, ErrNamesAway when there are no names.
func (a *App) ReadPasted(ctx context.Context, shiftID, text string) (pasted Pasted, err error) {
	var ids []string
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		listing, err := a.mustLead(ctx, q, reader, shiftID)
		if err != nil {
			return err
		}
		if ids, err = store.ListMemberIDs(ctx, q, listing.TeamID); err != nil {
			return err
		}
		pasted.Standings, err = standings(ctx, q, shiftID, ids)
		return err
	})
	if err != nil {
		return Pasted{}, err
	}
	var names []domain.Namesake
	for _, p := range a.people.Find(ctx, ids) {
		if p.Name != "" && !p.Erased {
			names = append(names, domain.Namesake{ID: p.VolunteerID, Name: p.Name, Phone: p.PhoneMasked})
			pasted.Members = append(pasted.Members, p)
		}
	}
	if len(names) == 0 {
		return Pasted{}, ErrNamesAway
	}
	slices.SortFunc(names, func(x, y domain.Namesake) int { return strings.Compare(x.Name+x.ID, y.Name+y.ID) })
	slices.SortFunc(pasted.Members, func(x, y people.Person) int { return strings.Compare(x.Name+x.VolunteerID, y.Name+y.VolunteerID) })
	crowd := domain.NewCrowd(names)
	for _, line := range domain.ReadChain(text) {
		pasted.Lines = append(pasted.Lines, crowd.Match(line))
	}
	return pasted, nil
}

// mustLead returns the listing of a shift that the reader leads, else NotFound.
func (a *App) mustLead(ctx context.Context, q postgres.Querier, reader crew, shiftID string) (domain.Listing, error) {
	listing, err := store.FindListing(ctx, q, shiftID)
	if err == nil && !reader.leads(listing.TeamID) {
		err = domain.ErrNotPublished
	}
	return listing, err
}

// standings returns the state of each of these people's sign-up, of those who have one.
func standings(ctx context.Context, q postgres.Querier, shiftID string, ids []string) (map[string]domain.SignUpState, error) {
	seats := make([]store.Seat, len(ids))
	for i, id := range ids {
		seats[i] = store.Seat{ShiftID: shiftID, VolunteerID: id}
	}
	signUps, err := store.ListSignUps(ctx, q, seats)
	states := make(map[string]domain.SignUpState, len(signUps))
	for seat, u := range signUps {
		states[seat.VolunteerID] = u.State
	}
	return states, err
}
