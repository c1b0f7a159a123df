package api

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ListBoardSwitches is GET /boards/switches.
func (h handlers) ListBoardSwitches(ctx context.Context, r gen.ListBoardSwitchesRequestObject) (gen.ListBoardSwitchesResponseObject, error) {
	s, err := h.app.BoardSwitches(ctx, r.Params.Region)
	if err != nil {
		return nil, err
	}
	answer := gen.ListBoardSwitches200JSONResponse{Off: s.Off, MaySet: s.MaySet, Items: []gen.BoardSwitch{}}
	for _, one := range s.Set {
		answer.Items = append(answer.Items, gen.BoardSwitch{
			RegionName: one.RegionName, ValidFrom: one.ValidFrom.String(), Off: one.Off, Reason: one.Reason, SetAt: one.SetAt,
		})
	}
	return answer, nil
}

// SwitchBoards is POST /boards/switches.
func (h handlers) SwitchBoards(ctx context.Context, r gen.SwitchBoardsRequestObject) (gen.SwitchBoardsResponseObject, error) {
	from, ok := domain.ParseDay(r.Body.ValidFrom)
	if !ok {
		return nil, apperr.For("valid_from", domain.ErrSwitchFrom)
	}
	if err := h.app.SwitchBoards(ctx, r.Body.RegionCode, domain.BoardSwitch{ValidFrom: from, Off: r.Body.Off, Reason: r.Body.Reason}); err != nil {
		return nil, err
	}
	return gen.SwitchBoards204Response{}, nil
}
