package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// GetPerMemberBoard is GET /boards/per-member.
func (h handlers) GetPerMemberBoard(ctx context.Context, r gen.GetPerMemberBoardRequestObject) (gen.GetPerMemberBoardResponseObject, error) {
	p := r.Params
	b, err := h.app.PerMember(ctx, app.PerMemberQuery{Region: p.Region, Period: p.Period, Settled: p.Basis == gen.PerMemberSettled})
	if err != nil {
		return nil, err
	}
	answer := gen.GetPerMemberBoard200JSONResponse{
		RegionCode: b.Region.ID, RegionName: b.Region.Name, Period: b.Period, Position: b.Position, Fewest: domain.FewestActive,
		Ranked: b.Ranked, Left: b.Left, Rows: []gen.PerMemberRow{}, Stars: gen.StarCounts{Whole: []int64{}, Parts: []gen.StarPart{}},
	}
	if b.Settled {
		answer.SettledOn = b.Day.String()
	}
	for _, row := range b.Rows {
		answer.Rows = append(answer.Rows, gen.PerMemberRow{
			Rank: row.Rank, TeamID: row.TeamID, Name: row.Name, Detail: row.Detail, Minutes: row.Minutes, Active: row.Active, Each: row.Each(),
		})
	}
	answer.Stars.Whole = append(answer.Stars.Whole, b.Stars.Whole...)
	for _, part := range b.Stars.Parts {
		answer.Stars.Parts = append(answer.Stars.Parts, gen.StarPart{Code: part.Code, Name: part.Name, Counts: part.Counts})
	}
	return answer, nil
}
