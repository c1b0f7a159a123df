package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errNobodyToClaim = apperr.New(apperr.Conflict, "nobody_to_claim", "这支队伍没有待认领的队员。", "Nobody of this team is waiting to be claimed.")
	errTooManyLinks  = apperr.New(apperr.TooMany, "too_many_claim_links", "今天的认领链接做得太多了，请明天再做。", "Too many links were made today; please try tomorrow.")
)

// claimLinkLimit bounds how many links one person makes, and with them how many
// digits can be tried out.
var claimLinkLimit = []domain.Limit{{Max: 200, Within: 24 * time.Hour}}

// NewLink is a claim link that was just made. Its secret is told this once.
type NewLink struct {
	Link   domain.ClaimLink
	Secret string
	Name   string // of the team or the person
}

// CreateTeamClaimLink makes a link for whoever of a brigade is not claimed
// yet. It carries no idempotency key, as the secret is kept nowhere: a second
// link is no harm.
func (a *App) CreateTeamClaimLink(ctx context.Context, teamID string) (NewLink, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return NewLink{}, err
	}
	var made NewLink
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		team, err := a.teamFor(ctx, q, inviteToClaim, teamID)
		if err != nil {
			return err
		}
		people, err := store.ListUnclaimed(ctx, q, a.vault, teamID)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return errNobodyToClaim
		}
		made.Name = team.Name
		made.Link, made.Secret = domain.NewTeamClaimLink(team.ID, p.VolunteerID, a.clock.Now())
		return a.keepClaimLink(ctx, q, made.Link)
	})
	return made, err
}

// CreateClaimLink makes a link for one person. It returns domain.ErrClaimed
// when the person can sign in by themself.
func (a *App) CreateClaimLink(ctx context.Context, volunteerID string) (NewLink, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return NewLink{}, err
	}
	var made NewLink
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		v, err := a.volunteerFor(ctx, q, inviteToClaim, volunteerID)
		if err != nil {
			return err
		}
		if err := a.claimable(ctx, q, v); err != nil {
			return err
		}
		made.Name = v.Name
		made.Link, made.Secret = domain.NewClaimLink(v, p.VolunteerID, a.clock.Now())
		return a.keepClaimLink(ctx, q, made.Link)
	})
	return made, err
}

func (a *App) claimable(ctx context.Context, q postgres.Querier, v domain.Volunteer) error {
	grants, err := store.ListGrants(ctx, q, v.ID)
	if err != nil {
		return err
	}
	if !v.Claimable(len(domain.ActiveGrants(grants, a.clock.Now())) > 0) {
		return domain.ErrClaimed
	}
	return nil
}

func (a *App) keepClaimLink(ctx context.Context, q postgres.Querier, l domain.ClaimLink) error {
	earlier, err := store.ClaimLinksOf(ctx, q, l.CreatedBy, domain.Largest(claimLinkLimit))
	if err != nil {
		return err
	}
	if domain.Wait(claimLinkLimit, earlier, l.CreatedAt) > 0 {
		return errTooManyLinks
	}
	if err := store.InsertClaimLink(ctx, q, l); err != nil {
		return err
	}
	record := domain.NewRecord(l.CreatedBy, "claim_link.made", "claim_link", l.ID, l.CreatedAt).About(l.VolunteerID)
	if l.FaceToFace {
		record.Act = "claim_link.vouched"
	}
	return store.InsertRecord(ctx, q, record)
}
