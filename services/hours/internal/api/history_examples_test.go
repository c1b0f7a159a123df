package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/url"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

var historyRights = map[string][]int{
	"listHistoryImports":   {200, 200, 200, 200}, // each their own regions', here of who decides for none
	"openHistoryImport":    {403, 403, 403, 403}, // it takes a coordinator, or who leads the brigade
	"getHistoryImport":     {404, 200, 200, 404}, // one that was handed in
	"discardHistoryImport": {404, 404, 404, 404}, // the uploader's alone, as all of a draft
	"enterHistoryRows":     {404, 404, 404, 404},
	"getMarkedHistory":     {404, 404, 404, 404},
	"submitHistoryImport":  {404, 404, 404, 404},
	"uploadHistoryFile":    {404, 404, 404, 404},
	"addHistoryPage":       {404, 404, 404, 404},
	"dropHistoryPage":      {404, 404, 404, 404},
	"readHistoryPage":      {404, 404, 404, 404}, // it takes a coordinator
	"decideHistoryImport":  {404, 403, 403, 404},
	"getHistoryTemplate":   {200, 200, 200, 200},
}

// historyAbroad is the same of another county's, which other officers see.
var historyAbroad = map[string][]int{"getHistoryImport": {0, 200, 0, 200}, "decideHistoryImport": {0, 403, 0, 403}}

// paper is a page of a register.
var paper = func() []byte {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		panic(err)
	}
	return out.Bytes()
}()

func (s *site) history() map[string]apitest.Operation {
	keeper, abroad := holding(id.New(), "coordinator", ours), holding(id.New(), "coordinator", theirs)
	other := id.New()
	s.must(s.db.InTx(s.t.Context(), func(q postgres.Querier) error {
		return s.app.LearnTeams(s.t.Context(), q, []teamsv1.TeamChanged{{TeamID: other, Name: "善堂镇巾帼志愿服务队", RegionPath: theirs, Version: 1}})
	}))
	wait.Until(s.t, "the other brigade to be known", func() bool {
		s.must(s.app.CatchUp(s.t.Context()))
		_, err := s.app.ListHistory(auth.With(s.t.Context(), abroad), other)
		return err == nil
	})
	day := domain.DayOn(2001, time.January, 1)
	list := func() []byte { // never twice the same
		day++
		return fmt.Appendf(nil, "姓名,日期,活动,时长\n李桂英,%s,清理河道,1\n王秀英,%s,清理河道,半天\n", day, day)
	}
	begun := func(as auth.Principal, teamID string) string {
		importID, err := s.app.OpenHistory(auth.With(s.t.Context(), as), teamID)
		s.must(err)
		s.must(s.app.UploadHistory(auth.With(s.t.Context(), as), importID, "登记.csv", list()))
		return importID
	}
	row := func(place int) map[string]any {
		return map[string]any{"place": place, "volunteer_id": leader, "day": day.String(), "title": "清理河道", "minutes": 90, "page": 0, "drop": place == 2}
	}
	page := func(as auth.Principal, importID string) string {
		pageID := id.New()
		s.must(s.app.AddHistoryPage(auth.With(s.t.Context(), as), importID, pageID, paper))
		return pageID
	}
	ready := func(as auth.Principal, teamID string) (importID, pageID string) {
		importID = begun(as, teamID)
		s.must(s.app.EnterHistory(auth.With(s.t.Context(), as), importID, []domain.EnteredRow{{Place: 2, Drop: true}}))
		return importID, page(as, importID)
	}
	handedIn := func(as auth.Principal, teamID string) (importID, pageID string) {
		importID, pageID = ready(as, teamID)
		s.must(s.app.SubmitHistory(auth.With(s.t.Context(), as), importID))
		return importID, pageID
	}
	foreign, foreignPage := handedIn(abroad, other)
	waiting, waitingPage := handedIn(keeper, team)
	of := func(as auth.Principal, importID string, body any) apitest.Request {
		return apitest.Request{As: as, Path: map[string]string{"import_id": importID}, Body: body}
	}
	foreignImport := map[string]string{"import_id": foreign}
	return map[string]apitest.Operation{
		"listHistoryImports": {
			Good: always(apitest.Request{As: keeper}),
			Also: []func(testing.TB) apitest.Request{always(apitest.Request{As: keeper, Query: url.Values{"team_id": {team}}})},
		},
		"openHistoryImport":  {Good: always(apitest.Request{As: keeper, Body: map[string]any{"team_id": team}}), Foreign: map[string]string{"team_id": ""}},
		"getHistoryImport":   {Good: always(of(keeper, waiting, nil)), Foreign: foreignImport},
		"getHistoryTemplate": {Good: always(apitest.Request{As: keeper})},
		"discardHistoryImport": {
			Good:    func(testing.TB) apitest.Request { return of(keeper, begun(keeper, team), nil) },
			Foreign: foreignImport,
		},
		"enterHistoryRows": {
			Good: func(testing.TB) apitest.Request {
				return of(keeper, begun(keeper, team), map[string]any{"rows": []any{row(2), row(3)}})
			},
			Foreign: map[string]string{"import_id": foreign, "rows[0].volunteer_id": "", "rows[1].volunteer_id": ""},
		},
		"getMarkedHistory": {Good: func(testing.TB) apitest.Request { return of(keeper, begun(keeper, team), nil) }, Foreign: foreignImport},
		"submitHistoryImport": {
			Good: func(testing.TB) apitest.Request {
				importID, _ := ready(keeper, team)
				return of(keeper, importID, nil)
			},
			Foreign: foreignImport,
		},
		"decideHistoryImport": {
			Good: func(t testing.TB) apitest.Request {
				importID, _ := handedIn(keeper, team)
				s.must(s.app.DecideHistory(auth.With(t.Context(), decider), importID, app.HistoryDecision{Reason: "加一行"}))
				s.must(s.app.EnterHistory(auth.With(t.Context(), keeper), importID, []domain.EnteredRow{
					{Place: 2, VolunteerID: leader, Day: day, Title: "值守", Minutes: 60}, {Place: 3, VolunteerID: leader, Day: day, Title: "清理河道", Minutes: 60},
				}))
				s.must(s.app.SubmitHistory(auth.With(t.Context(), keeper), importID))
				v, err := s.app.FindHistory(auth.With(t.Context(), keeper), importID)
				s.must(err)
				return of(decider, importID, map[string]any{"approve": true, "reason": "", "struck": []any{map[string]any{"row_id": v.Lines[1].ID, "reason": "登记簿上没有"}}})
			},
			Foreign: map[string]string{"import_id": foreign, "struck[0].row_id": ""},
		},
		"uploadHistoryFile": {Good: func(testing.TB) apitest.Request {
			return apitest.Request{As: keeper, Query: url.Values{"import_id": {begun(keeper, team)}, "name": {"登记.csv"}}, File: list()}
		}},
		"addHistoryPage": {Good: func(testing.TB) apitest.Request {
			s.must(s.app.DiscardHistory(auth.With(s.t.Context(), keeper), begun(keeper, team))) // a new one has no pages yet
			return apitest.Request{As: keeper, Query: url.Values{"import_id": {begun(keeper, team)}, "page_id": {id.New()}}, File: paper}
		}},
		"readHistoryPage": {
			Good:    always(apitest.Request{As: decider, Path: map[string]string{"page_id": waitingPage}}),
			Also:    []func(testing.TB) apitest.Request{always(apitest.Request{As: keeper, Path: map[string]string{"page_id": waitingPage}})},
			Foreign: map[string]string{"page_id": foreignPage},
		},
		"dropHistoryPage": {
			Good: func(testing.TB) apitest.Request {
				return apitest.Request{As: keeper, Path: map[string]string{"page_id": page(keeper, begun(keeper, team))}}
			},
			Foreign: map[string]string{"page_id": foreignPage},
		},
	}
}
