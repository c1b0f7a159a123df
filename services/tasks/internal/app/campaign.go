package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoCampaigner refuses a campaign of somebody without authority over its region.
var ErrNoCampaigner = apperr.New(apperr.Forbidden, "no_campaigner", "发起专项行动要有这个区划的统筹或管理权限。", "To start a campaign one must coordinate or administer the division.")

// MayCampaign reports whether whoever asks may start and end campaigns in a region.
func MayCampaign(ctx context.Context, regionPath string) bool {
	p, err := auth.From(ctx)
	return err == nil && p.Decides(regionPath)
}

// ListCampaigns returns what the reader can take up as a leader, and what lies
// in their regions as an officer.
func (a *App) ListCampaigns(ctx context.Context) (campaigns []domain.Campaign, err error) {
	err = a.read(ctx, func(q postgres.Querier, reader crew) error {
		campaigns, err = store.ListCampaigns(ctx, q, reader.Regions(), reader.led, domain.DayOf(a.clock.Now()))
		return err
	})
	return campaigns, err
}

// CreateCampaign offers the brigades of a region a template for a season. It
// returns ErrNoCampaigner, or Invalid with the field that is wrong.
func (a *App) CreateCampaign(ctx context.Context, c domain.Campaign) (domain.Campaign, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Campaign{}, err
	}
	if !p.Decides(c.RegionPath) {
		return domain.Campaign{}, ErrNoCampaigner
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "create_campaign", c, func(q postgres.Querier) (domain.Campaign, error) {
		made, err := domain.NewCampaign(c, p.VolunteerID, a.clock.Now())
		if err != nil {
			return domain.Campaign{}, err
		}
		if err := store.InsertCampaign(ctx, q, made); err != nil {
			return domain.Campaign{}, err
		}
		return store.FindCampaign(ctx, q, made.ID)
	})
}

// EndCampaign takes a campaign off the leaders' pages; what came of it stays.
// It returns NotFound to whoever has no authority over its region.
func (a *App) EndCampaign(ctx context.Context, campaignID string) (domain.Campaign, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Campaign{}, err
	}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "end_campaign", campaignID, func(q postgres.Querier) (domain.Campaign, error) {
		c, err := store.FindCampaign(ctx, q, campaignID)
		if err == nil && !p.Decides(c.RegionPath) {
			err = domain.ErrNoSuchCampaign
		}
		if err != nil {
			return domain.Campaign{}, err
		}
		if err := store.EndCampaign(ctx, q, campaignID, a.clock.Now()); err != nil {
			return domain.Campaign{}, err
		}
		return store.FindCampaign(ctx, q, campaignID)
	})
}
