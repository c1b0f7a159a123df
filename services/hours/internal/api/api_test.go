package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.settle()
	for name, c := range map[string]struct{ path, want string }{
		"my summary": {"/me/summary", `{"entries":1,"month_minutes":120,"months":[
			{"minutes":0,"month":"2025-12"},{"minutes":0,"month":"2026-01"},{"minutes":0,"month":"2026-02"},{"minutes":0,"month":"2026-03"},
			{"minutes":0,"month":"2026-04"},{"minutes":0,"month":"2026-05"},{"minutes":0,"month":"2026-06"},{"minutes":0,"month":"2026-07"},
			{"minutes":0,"month":"2026-08"},{"minutes":0,"month":"2026-09"},{"minutes":0,"month":"2026-10"},{"minutes":120,"month":"2026-11"}],
			"imported_minutes":0,"settled_minutes":0,"total_minutes":120,"training_minutes":0,"year_minutes":120}`},
		"my entries": {"/me/entries", `{"items":[{"confirmed_at":"2026-11-24T03:30:00Z","confirmed_by":"王秀英","entry_id":"*",
			"from":"2026-11-24T01:00:00Z","kind":"service","minutes":120,"programme_name":"保护淇河","proof":"on_site","recorded_at":"*",
			"open_until":"2026-11-30","settling":"open","source":"attendance","source_id":"` + source + `","team_id":"` + team + `","team_name":"桂鹤社区巾帼志愿服务队","title":"淇河岸边捡拾垃圾","to":"2026-11-24T03:00:00Z"}]}`},
		"a board of volunteers": {"/boards?subject=volunteer&scope=region:4106&period=this-week",
			`{"basis":"posted","period":"week:2026-W48","position":1,"rows":[{"detail":"桂鹤社区巾帼志愿服务队","minutes":120,"name":"李桂英","rank":1,"subject_id":"` + me + `"}],
			"scope":"region:4106","scope_name":"鹤壁市","subject":"volunteer","subjects":1,"total_minutes":120}`},
		"a board of teams": {"/boards?subject=team&scope=programme:" + programme + "&period=quarter:2026-Q4",
			`{"basis":"posted","period":"quarter:2026-Q4","position":1,"rows":[{"detail":"淇滨区","minutes":120,"name":"桂鹤社区巾帼志愿服务队","rank":1,"subject_id":"` + team + `"}],
			"scope":"programme:` + programme + `","scope_name":"保护淇河","subject":"team","subjects":1,"total_minutes":120}`},
		"an empty board": {"/boards?subject=team&scope=team:" + team + "&period=month:2026-10",
			`{"basis":"posted","period":"month:2026-10","position":1,"rows":[],"scope":"team:` + team + `","scope_name":"桂鹤社区巾帼志愿服务队","subject":"team","subjects":0,"total_minutes":0}`},
		"a board of what is settled": {"/boards?subject=team&scope=team:" + team + "&period=all&basis=settled",
			`{"basis":"settled","period":"all","position":1,"rows":[],"scope":"team:` + team + `","scope_name":"桂鹤社区巾帼志愿服务队","settled_on":"2026-11-24",
			"subject":"team","subjects":0,"total_minutes":0}`},
		"my rank of what is settled": {"/boards/me?scope=region:410611&period=this-month&basis=settled", `{"minutes":0,"position":1,"subjects":0}`},
		"my rank":                    {"/boards/me?scope=region:410611&period=this-month", `{"minutes":120,"position":1,"rank":1,"subjects":1}`},
		"no rank without hours":      {"/boards/me?scope=region:410611&period=year:2025", `{"minutes":0,"position":1,"subjects":0}`},
	} {
		t.Run(name+" is as the contract says", func(t *testing.T) {
			t.Parallel()
			status, body := s.get(s.request(c.path, me))
			if diff := cmp.Diff(decoded(t, c.want), decoded(t, body)); status != http.StatusOK || diff != "" {
				t.Errorf("status %d: %s", status, diff)
			}
		})
	}
	t.Run("the overview is as the contract says", func(t *testing.T) {
		t.Parallel()
		status, body := s.get(s.request("/overview?region=4106", leader, "4106/"))
		got, _ := decoded(t, body).(map[string]any)
		want := decoded(t, `[{"key":"minutes_today","previous":0,"value":120},{"key":"minutes_month","previous":0,"value":120},
			{"key":"volunteers_month","previous":0,"value":1},{"key":"services_month","previous":0,"value":1},{"key":"teams_month","previous":0,"value":1}]`)
		if diff := cmp.Diff(want, got["figures"]); status != http.StatusOK || diff != "" || got["region_name"] != "鹤壁市" {
			t.Errorf("status %d: %s", status, diff)
		}
	})
}

// volatile are the values that are made while the test runs.
var volatile = regexp.MustCompile(`"(entry_id|recorded_at)":\s*"[^"]*"`)

func decoded(t *testing.T, body string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(volatile.ReplaceAllString(body, `"$1":"*"`)), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.settle()
	for name, c := range map[string]struct {
		path   string
		status int
		field  string
	}{
		"a board without a subject":          {"/boards?scope=region:4106&period=all", 422, "subject"},
		"a board of regions":                 {"/boards?subject=region&scope=region:4106&period=all", 422, "subject"},
		"a board without a scope":            {"/boards?subject=team&period=all", 422, "scope"},
		"a board with a scope that is none":  {"/boards?subject=team&scope=everything&period=all", 422, "scope"},
		"a board with a scope too long":      {"/boards?subject=team&period=all&scope=" + strings.Repeat("x", 81), 422, "scope"},
		"a board with a period that is none": {"/boards?subject=team&scope=region:4106&period=month:2026-13", 422, "period"},
		"a board of an unknown region":       {"/boards?subject=team&scope=region:4107&period=all", 404, ""},
		"a board of another basis":           {"/boards?subject=team&scope=region:4106&period=all&basis=both", 422, "basis"},
		"a rank without a period":            {"/boards/me?scope=region:4106", 422, "period"},
		"a rank with a period that is none":  {"/boards/me?scope=region:4106&period=today", 422, "period"},
		"a rank on an unknown board":         {"/boards/me?scope=team:4106&period=all", 404, ""},
		"a page of no entries":               {"/me/entries?limit=0", 422, "limit"},
		"a page of too many entries":         {"/me/entries?limit=201", 422, "limit"},
		"a page of words":                    {"/me/entries?limit=many", 422, "limit"},
		"a page that was not given out":      {"/me/entries?after=first", 422, "after"},
		"an overview without a region":       {"/overview", 422, "region"},
		"an overview of a region by name":    {"/overview?region=鹤壁市", 422, "region"},
		"an overview for a volunteer":        {"/overview?region=4106", 404, ""},
		"an overview of an unknown region":   {"/overview?region=9999", 404, ""},
	} {
		t.Run(name+" is refused in the reader's language", func(t *testing.T) {
			t.Parallel()
			status, body := s.get(s.request(c.path, me))
			problem, _ := decoded(t, body).(map[string]any)
			if status != c.status {
				t.Fatalf("status %d, want %d: %s", status, c.status, body)
			}
			if c.field != "" {
				fields, _ := problem["fields"].([]any)
				first, _ := fields[0].(map[string]any)
				if first["name"] != c.field {
					t.Errorf("fields = %v, want %s", fields, c.field)
				}
			}
		})
	}
	for _, path := range []string{
		"/me/summary", "/me/entries", "/boards?subject=team&scope=region:4106&period=all", "/boards/me?scope=region:4106&period=all",
		"/overview?region=4106", "/live",
	} {
		t.Run(path+" is refused to whoever is not signed in", func(t *testing.T) {
			t.Parallel()
			if status, body := s.get(s.request(path, "")); status != http.StatusUnauthorized {
				t.Errorf("status %d: %s", status, body)
			}
		})
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	t.Run("sends where the ledger stands, and again when it has grown", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		res, err := http.DefaultClient.Do(s.request("/live", me).WithContext(ctx))
		s.must(err)
		defer func() { _ = res.Body.Close() }()
		if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
			t.Errorf("Content-Type = %s", got)
		}
		lines := bufio.NewScanner(res.Body)
		next := func() string {
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					return data
				}
			}
			return "the stream has ended"
		}
		if got, want := next(), `{"mine":true,"position":0}`; got != want {
			t.Errorf("first event %s, want %s", got, want)
		}
		s.settle()
		if got, want := next(), `{"mine":true,"position":1}`; got != want {
			t.Errorf("next event %s, want %s", got, want)
		}
	})
}
