package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/qihe-volunteers/qihe/services/hours/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
)

// drawnBoard is a board already encoded: most who ask get the same bytes.
type drawnBoard []byte

// VisitGetBoardResponse writes the board.
func (b drawnBoard) VisitGetBoardResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(b))) // else it is sent in chunks, through one more buffer
	_, err := w.Write(b)
	return err
}

// GetBoard is GET /boards.
func (h handlers) GetBoard(ctx context.Context, r gen.GetBoardRequestObject) (gen.GetBoardResponseObject, error) {
	body, err := h.app.Board(ctx, app.BoardQuery{
		Subject: boards.Subject(r.Params.Subject),
		Scope:   r.Params.Scope,
		Period:  r.Params.Period,
		Settled: r.Params.Basis == gen.GetBoardParamsBasisSettled,
	}, drawBoard)
	if err != nil {
		return nil, err
	}
	return drawnBoard(body), nil
}

func drawBoard(p app.BoardPage) ([]byte, error) {
	board := gen.Board{
		Subject:      string(p.Subject),
		Scope:        p.Scope,
		ScopeName:    p.ScopeName,
		Period:       p.Period,
		Position:     p.Position,
		TotalMinutes: p.Minutes,
		Subjects:     p.Subjects,
		Basis:        gen.BoardBasisPosted,
		Rows:         make([]gen.BoardRow, len(p.Rows)),
	}
	if p.Settled {
		board.Basis, board.SettledOn, board.SettlingPosition = gen.BoardBasisSettled, p.Day.String(), p.Changes
	}
	for i, r := range p.Rows {
		board.Rows[i] = gen.BoardRow{Rank: r.Rank, SubjectID: r.ID, Name: r.Name, Detail: r.Detail, Minutes: r.Minutes}
	}
	return json.Marshal(board)
}

// GetMyRank is GET /boards/me.
func (h handlers) GetMyRank(ctx context.Context, r gen.GetMyRankRequestObject) (gen.GetMyRankResponseObject, error) {
	place, err := h.app.MyRank(ctx, app.BoardQuery{
		Scope: r.Params.Scope, Period: r.Params.Period, Settled: r.Params.Basis == gen.GetMyRankParamsBasisSettled,
	})
	if err != nil {
		return nil, err
	}
	return gen.GetMyRank200JSONResponse{
		Position: place.Position, Rank: place.Rank, Minutes: place.Minutes, Subjects: place.Subjects,
		Before: drawNeighbours(place.Before), Behind: drawNeighbours(place.Behind),
	}, nil
}

func drawNeighbours(rows []app.BoardRow) (drawn []gen.Neighbour) {
	for _, r := range rows {
		drawn = append(drawn, gen.Neighbour{Rank: r.Rank, Name: r.Name, Detail: r.Detail, Minutes: r.Minutes})
	}
	return drawn
}
