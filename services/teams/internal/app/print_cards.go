package app

import (
	"context"
	"fmt"

	"github.com/qihe-volunteers/qihe/services/teams/internal/card"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MaxCards is how many cards one file holds: thirty pages.
const MaxCards = 300

var (
	errNoSite = apperr.New(apperr.Unavailable, "no_site_address", "系统还没有设置网址，志愿者卡上的二维码没有地方可去。请系统管理员设置 TEAMS_SITE_URL。",
		"The address of this site is not set, so a card's code would lead nowhere; the operator has to set TEAMS_SITE_URL.")
	errManyCards = apperr.New(apperr.Invalid, "too_many_cards", "一次最多打印 300 张，请分几次选。", "At most 300 cards can be printed at a time; please choose fewer.")
	errNoCards   = apperr.New(apperr.Invalid, "nobody_chosen", "没有可以打印的队员。", "There is nobody to print a card for.")
)

// PrintMyCard returns the card of whoever asks as a PDF, and the file's name.
// It is recorded.
func (a *App) PrintMyCard(ctx context.Context) ([]byte, string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if a.siteURL == "" {
		return nil, "", errNoSite
	}
	var held HeldCard
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if held, err = a.ownCard(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "card.printed", "volunteer", p.VolunteerID, a.clock.Now()).About(p.VolunteerID))
	})
	if err != nil {
		return nil, "", err
	}
	data, err := card.One(a.face(held.Volunteer, held.Card, held.TeamName))
	return data, "志愿者卡-" + held.Volunteer.Number + ".pdf", err
}

// PrintCards returns the cards of a team's people as pages of ten, who has no
// phone first, and the file's name. Without ids it is everybody's. Who has no
// card yet gets one; who is not in the team is left out. It is for who leads
// the team and its office, and is recorded. It returns domain.ErrNoTeam, or an
// error on the input called volunteer_ids when there is nobody to print for.
func (a *App) PrintCards(ctx context.Context, teamID string, volunteerIDs []string) ([]byte, string, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if a.siteURL == "" {
		return nil, "", errNoSite
	}
	var faces []card.Card
	var team domain.Team
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if team, err = a.teamFor(ctx, q, printCards, teamID); err != nil {
			return err
		}
		people, err := a.cardHolders(ctx, q, teamID, volunteerIDs)
		if err != nil {
			return err
		}
		cards, err := a.issue(ctx, q, people, p.VolunteerID)
		if err != nil {
			return err
		}
		for _, v := range people {
			faces = append(faces, a.face(v, cards[v.ID], team.Name))
		}
		record := domain.NewRecord(p.VolunteerID, "card.printed", "team", team.ID, a.clock.Now())
		return store.InsertRecord(ctx, q, record.Because(fmt.Sprintf("cards %d", len(faces))))
	})
	if err != nil {
		return nil, "", err
	}
	day := a.clock.Now().In(clock.City)
	note := fmt.Sprintf("%s · %d 张 · %s 打印", team.Name, len(faces), day.Format("2006-01-02"))
	data, err := card.Sheets(faces, note)
	return data, "志愿者卡-" + team.Name + day.Format("-20060102") + ".pdf", err
}

func (a *App) cardHolders(ctx context.Context, q postgres.Querier, teamID string, volunteerIDs []string) ([]domain.Volunteer, error) {
	people, err := store.ListCardHolders(ctx, q, a.vault, teamID, volunteerIDs, MaxCards+1)
	switch {
	case err != nil:
		return nil, err
	case len(people) > MaxCards:
		return nil, apperr.For("volunteer_ids", errManyCards)
	case len(people) == 0:
		return nil, apperr.For("volunteer_ids", errNoCards)
	}
	return people, nil
}

func (a *App) face(v domain.Volunteer, c domain.Card, team string) card.Card {
	return card.Card{Name: v.Name, Number: v.Number, Team: team, Serial: c.Serial, Link: a.siteURL + c.Path()}
}
