package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
)

// GetOverview is GET /overview.
func (h handlers) GetOverview(ctx context.Context, r gen.GetOverviewRequestObject) (gen.GetOverviewResponseObject, error) {
	o, err := h.app.Overview(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	return gen.GetOverview200JSONResponse{
		RegionCode: o.Region.ID,
		RegionName: o.Region.Name,
		Position:   o.Position,
		Figures: []gen.Figure{
			figure(gen.MinutesToday, o.Today),
			figure(gen.MinutesMonth, o.Month),
			figure(gen.VolunteersMonth, o.People),
			figure(gen.ServicesMonth, o.Services),
			figure(gen.TeamsMonth, o.Teams),
		},
		ComparedUntil: o.Until.String(),
	}, nil
}

func figure(key gen.FigureKey, c app.Compared) gen.Figure {
	return gen.Figure{Key: key, Value: c.Value, Previous: c.Previous}
}
