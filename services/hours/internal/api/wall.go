package api

import (
	"context"
	"net/http"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/httpserver"
)

// liveWall is an open stream of what a screen shows.
type liveWall struct {
	ctx    context.Context
	screen *app.Screen
}

// FollowWall is GET /wall.
func (h handlers) FollowWall(ctx context.Context, r gen.FollowWallRequestObject) (gen.FollowWallResponseObject, error) {
	screen, err := h.app.Screen(ctx, r.Params.DisplayKey, r.Params.Region)
	if err != nil {
		return nil, err
	}
	return liveWall{ctx, screen}, nil
}

// VisitFollowWallResponse writes events until the screen leaves or its link ends.
func (l liveWall) VisitFollowWallResponse(w http.ResponseWriter) error {
	defer l.screen.Close()
	return httpserver.StreamEvery(l.ctx, w, l.screen.Gap(), "wall", l.screen.Wake(), func(ctx context.Context) (any, error) {
		wall, err := l.screen.Next(ctx)
		return wallOf(wall), err
	})
}

// ListAreas is GET /overview/areas.
func (h handlers) ListAreas(ctx context.Context, r gen.ListAreasRequestObject) (gen.ListAreasResponseObject, error) {
	areas, err := h.app.Areas(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	return gen.ListAreas200JSONResponse{Items: areasOf(areas)}, nil
}

func wallOf(w app.Wall) gen.Wall {
	wall := gen.Wall{
		RegionCode: w.Region.ID, RegionName: w.Region.Name, Position: w.Position, At: w.At,
		Today: wallSum(w.Today), Month: wallSum(w.Month), Areas: areasOf(w.Areas),
		Boards: make([]gen.WallBoard, len(w.Boards)), Recent: make([]gen.WallActivity, len(w.Recent)),
	}
	for i, b := range w.Boards {
		rows := make([]gen.WallRow, len(b.Rows))
		for n, r := range b.Rows {
			rows[n] = gen.WallRow{Rank: r.Rank, Name: r.Name, Detail: r.Detail, Minutes: r.Minutes}
		}
		wall.Boards[i] = gen.WallBoard{Subject: string(b.Subject), Period: b.Period, Rows: rows}
	}
	for i, a := range w.Recent {
		wall.Recent[i] = gen.WallActivity{Team: a.Team, Title: a.Title, Minutes: a.Minutes, People: a.People, At: a.At}
	}
	return wall
}

func wallSum(g app.Given) gen.WallSum {
	return gen.WallSum{Minutes: g.Minutes, Volunteers: g.Volunteers, Teams: g.Teams}
}

func areasOf(areas []app.Area) []gen.Area {
	encoded := make([]gen.Area, len(areas))
	for i, a := range areas {
		encoded[i] = gen.Area{Code: a.Code, Above: a.Above, Name: a.Name, Minutes: a.Minutes}
	}
	return encoded
}
