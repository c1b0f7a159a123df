package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// HeldCard is a volunteer card with what stands on it.
type HeldCard struct {
	Card      domain.Card
	Volunteer domain.Volunteer
	TeamName  string // of the first of the person's teams; empty for none
}

// MyCard returns the card of whoever asks. It is issued when it is first asked
// for; a repeat returns the same. It returns domain.ErrCardWaits for a minor
// without a guardian's consent.
func (a *App) MyCard(ctx context.Context) (HeldCard, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return HeldCard{}, err
	}
	var held HeldCard
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		held, err = a.ownCard(ctx, q, p.VolunteerID)
		return err
	})
	return held, err
}

func (a *App) ownCard(ctx context.Context, q postgres.Querier, volunteerID string) (HeldCard, error) {
	v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return HeldCard{}, err
	}
	cards, err := a.issue(ctx, q, []domain.Volunteer{v}, volunteerID)
	if err != nil {
		return HeldCard{}, err
	}
	held := HeldCard{Card: cards[v.ID], Volunteer: v}
	teams, err := store.ListTeamsOf(ctx, q, v.ID)
	if len(teams) > 0 {
		held.TeamName = teams[0].TeamName
	}
	return held, err
}

// issue returns the cards of these people that count, and makes those that
// are missing.
func (a *App) issue(ctx context.Context, q postgres.Querier, holders []domain.Volunteer, by string) (map[string]domain.Card, error) {
	ids := make([]string, len(holders))
	for i, v := range holders {
		ids[i] = v.ID
	}
	cards, err := store.ListCards(ctx, q, a.vault, ids)
	if err != nil {
		return nil, err
	}
	var made []domain.Card
	for _, v := range holders {
		if _, ok := cards[v.ID]; ok {
			continue
		}
		c, err := domain.NewCard(v, by, a.clock.Now())
		if err != nil {
			return nil, err
		}
		made = append(made, c)
	}
	if len(made) == 0 {
		return cards, nil
	}
	if err := store.InsertCards(ctx, q, a.vault, made); err != nil {
		return nil, err
	}
	return store.ListCards(ctx, q, a.vault, ids)
}

// ReplaceCard makes a new card for somebody who lost theirs 挂失换卡: the old
// one is void from now on. It is for the person, who leads them, and the
// office; a person whose card somebody else replaced is told. It returns
// domain.ErrNoVolunteer for whoever is not the asker's.
func (a *App) ReplaceCard(ctx context.Context, volunteerID string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "replaceCard", volunteerID, func(q postgres.Querier) (bool, error) {
		v, err := a.lockVolunteerFor(ctx, q, replaceCard, volunteerID)
		if err != nil {
			return false, err
		}
		now := a.clock.Now()
		c, err := domain.NewCard(v, p.VolunteerID, now)
		if err != nil {
			return false, err
		}
		if err := store.EndCards(ctx, q, v.ID, p.VolunteerID, now); err != nil {
			return false, err
		}
		if err := store.InsertCards(ctx, q, a.vault, []domain.Card{c}); err != nil {
			return false, err
		}
		if err := store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "card.replaced", "volunteer", v.ID, now).About(v.ID)); err != nil {
			return false, err
		}
		if v.ID == p.VolunteerID || v.State != domain.VolunteerActive {
			return true, nil
		}
		return true, a.notify(ctx, q, domain.NewNotice(domain.NoticeCardReplaced, v.ID, "volunteer", v.ID, domain.Words{"person": p.VolunteerID}, now))
	})
	return err
}

// OpenedCard is what somebody sees who opens the link of a card.
type OpenedCard struct {
	Valid      bool
	MaskedName string
	Name       string // only for the holder, who leads them, and their officers; else empty
	Number     string // likewise
}

// OpenCard says whether a card counts, and whose it is, as far as whoever asks
// may know; nobody needs to be signed in. It returns domain.ErrNoCard.
func (a *App) OpenCard(ctx context.Context, token string) (OpenedCard, error) {
	var opened OpenedCard
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		card, err := store.FindCard(ctx, q, a.vault, token)
		if err != nil {
			return err
		}
		v, err := store.FindVolunteer(ctx, q, a.vault, card.VolunteerID)
		if err != nil {
			return err
		}
		opened = OpenedCard{Valid: card.Valid(a.clock.Now()) && v.State.Here(), MaskedName: people.Surname(v.Name)}
		known, err := a.knows(ctx, q, v.ID)
		if known {
			opened.Name, opened.Number = v.Name, v.Number
		}
		return err
	})
	return opened, err
}

// knows reports whether whoever asks, signed in or not, may know who a person is.
func (a *App) knows(ctx context.Context, q postgres.Querier, volunteerID string) (bool, error) {
	p, err := auth.From(ctx)
	if errors.Is(err, auth.ErrSignedOut) {
		return false, nil
	}
	if err != nil || p.VolunteerID == volunteerID {
		return err == nil, err
	}
	_, err = a.volunteerFor(ctx, q, seeVolunteer, volunteerID)
	if errors.Is(err, domain.ErrNoVolunteer) || errors.Is(err, auth.ErrSecondFactor) {
		return false, nil
	}
	return err == nil, err
}

// LookUpCard returns the card with a token and its holder now, for the service
// that checks people in by it: when it counted is in the card. It returns
// domain.ErrNoCard.
func (a *App) LookUpCard(ctx context.Context, token string) (domain.Card, error) {
	var card domain.Card
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		var err error
		card, err = store.FindCard(ctx, q, a.vault, token)
		return err
	})
	return card, err
}
