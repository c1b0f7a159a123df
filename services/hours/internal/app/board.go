package app

import (
	"context"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

var (
	errScope   = apperr.New(apperr.Invalid, "not_a_scope", "没有这样的范围。", "There is no such scope.")
	errNoBoard = apperr.New(apperr.NotFound, "no_such_board", "没有这个榜单。", "There is no such board.")
)

// shown is how many rows of a board anybody gets to see: there are no bottom lists.
const shown = 50

// BoardQuery asks for a board as the API writes it.
type BoardQuery struct {
	Subject boards.Subject
	Scope   string // region:4106, programme:<id> or team:<id>
	Period  string // as domain.ParsePeriod reads it
	Settled bool   // what counts as settled today, not all that is posted
}

// BoardPage is the head of a board, with names.
type BoardPage struct {
	boards.Page
	Subject   boards.Subject
	Scope     string
	ScopeName string
	Period    string // the period meant: this-month as month:2026-11
	Settled   bool
	Rows      []BoardRow
}

// BoardRow is a row with names.
type BoardRow struct {
	boards.Row
	Name   string
	Detail string
}

// Board returns a board as drawn by draw, which is only called when something
// on the page may have changed since the last call for that board. It returns
// NotFound for a scope that does not exist.
func (a *App) Board(ctx context.Context, query BoardQuery, draw func(BoardPage) ([]byte, error)) ([]byte, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	key, scope, err := a.boardKey(query)
	if err != nil {
		return nil, err
	}
	edition := a.names.edition.Load() // before the names are read: a change in between makes the drawing old
	if d, ok := a.boards.Drawn(key, edition); ok {
		return d.Body, nil
	}
	page := BoardPage{
		Page: a.boards.Page(key, shown), Subject: key.Subject,
		Scope: query.Scope, ScopeName: scope.Name, Period: key.Period.String(), Settled: key.Settled,
	}
	page.Rows = a.withNames(ctx, page.Page.Rows, key.Subject)
	body, err := draw(page)
	if err != nil {
		return nil, err
	}
	a.boards.KeepDrawing(key, boards.Drawing{At: page.At, Edition: edition, Body: body})
	return body, nil
}

// boardKey finds what the query means now.
func (a *App) boardKey(query BoardQuery) (boards.Key, domain.Known, error) {
	today := domain.DayOf(a.clock.Now())
	period, err := domain.ParsePeriod(query.Period, today)
	if err != nil {
		return boards.Key{}, domain.Known{}, apperr.For("period", domain.ErrPeriod)
	}
	kind, id, ok := strings.Cut(query.Scope, ":")
	scope := boards.Scope{Kind: boards.ScopeKind(kind), ID: id}
	if !ok || (scope.Kind != boards.Region && scope.Kind != boards.Programme && scope.Kind != boards.Team) {
		return boards.Key{}, domain.Known{}, apperr.For("scope", errScope)
	}
	thing, known := a.names.find(domain.KnownKind(kind), id)
	if !known {
		return boards.Key{}, domain.Known{}, errNoBoard
	}
	if err := a.mayShow(scope.Kind, thing, today); err != nil {
		return boards.Key{}, domain.Known{}, err
	}
	if query.Settled {
		a.boards.Turn(today)
	}
	return boards.Key{Subject: query.Subject, Scope: scope, Period: period, Settled: query.Settled}, thing, nil
}

// withNames says who the rows are about: people by name as far as they want it.
func (a *App) withNames(ctx context.Context, rows []boards.Row, subject boards.Subject) []BoardRow {
	named := make([]BoardRow, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		named[i].Row, ids[i] = r, r.ID
	}
	switch subject {
	case boards.Teams:
		for i, id := range ids {
			named[i].Name, named[i].Detail = a.names.name(domain.Team, id), a.names.teamDetail(id)
		}
		return named
	case boards.Programmes:
		for i, id := range ids {
			named[i].Name = a.names.name(domain.Programme, id)
		}
		return named
	case boards.Counties, boards.Townships:
		for i, code := range ids {
			named[i].Name, named[i].Detail = a.names.name(domain.Region, code), a.names.above(code)
		}
		return named
	}
	persons := a.people.Find(ctx, ids)
	for i, id := range ids {
		named[i].Name, named[i].Detail = persons[id].BoardName(), a.names.name(domain.Team, rows[i].TeamID)
	}
	return named
}
