package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// ask sends a request for the volunteer and returns what was answered.
func (s *site) ask(method, path, volunteerID string, body any) *httptest.ResponseRecorder {
	s.t.Helper()
	text, err := json.Marshal(body)
	s.must(err)
	r := httptest.NewRequestWithContext(s.t.Context(), method, api.Prefix+path, strings.NewReader(string(text)))
	r.Header.Set("Content-Type", "application/json")
	token, err := s.signer.Token(by(volunteerID))
	s.must(err)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	return w
}

// get returns an answer as a tree; ids and the check-in's exact instants are left to others.
func (s *site) get(path, volunteerID string) object {
	s.t.Helper()
	return s.tree(s.ask(http.MethodGet, path, volunteerID, nil))
}

func (s *site) tree(w *httptest.ResponseRecorder) (tree object) {
	s.t.Helper()
	s.must(json.Unmarshal(w.Body.Bytes(), &tree))
	return tree
}

func TestShiftAnswers(t *testing.T) {
	t.Parallel()
	t.Run("a published shift in golden JSON, and its contact's number only for who comes or leads", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		shift := s.shift(s.ours)
		u := s.signUp(shift)
		golden := func(contact string, signUp, presence any) object {
			want := object{
				"shift_id": shift.ID, "task_id": shift.TaskID, "kind": "service", "title": "淇河岸边捡拾垃圾", "place": "淇水湾东门", "team_name": "桂鹤社区巾帼志愿服务队",
				"programme_name": "保护淇河", "contact_name": "王秀英", "contact_phone": contact, "state": "open", "capacity": 5000.0, "taken": 1.0, "waiting": 0.0,
				"starts_at": "2026-11-23T01:00:00Z", "ends_at": "2026-11-23T03:30:00Z", "presence": presence,
			}
			if signUp != nil {
				want["sign_up"] = signUp
			}
			return object{"items": []any{want}}
		}
		presence := func(state string) object {
			return object{
				"shift_id": shift.ID, "state": state, "title": "淇河岸边捡拾垃圾", "place": "淇水湾东门",
				"starts_at": "2026-11-23T01:00:00Z", "ends_at": "2026-11-23T03:30:00Z",
			}
		}
		for name, c := range map[string]struct {
			reader string
			want   object
		}{
			"a stranger": {id.New(), golden("", nil, presence("not_signed_up"))},
			"the leader": {s.ours.leader, golden("13800000000", nil, presence("not_signed_up"))},
			"who comes":  {u.VolunteerID, golden("13800000000", object{"sign_up_id": u.ID, "shift_id": shift.ID, "state": "confirmed"}, presence("expected"))},
		} {
			if diff := cmp.Diff(c.want, s.get("/shifts", c.reader)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	})
	t.Run("page by page, every shift comes once and in order", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		var want []string
		for range 7 { // all begin at the same minute: only their ids tell them apart
			want = append(want, s.shift(s.ours).ID)
		}
		for _, limit := range []int{1, 2, 3, 7, 200} {
			var got []string
			for after, pages := "", 0; pages == 0 || after != ""; pages++ {
				page := s.get(fmt.Sprintf("/shifts?limit=%d&after=%s", limit, after), id.New())
				items := page["items"].([]any)
				if len(items) > limit {
					t.Errorf("%d shifts on a page of %d", len(items), limit)
				}
				for _, item := range items {
					got = append(got, item.(object)["shift_id"].(string))
				}
				after, _ = page["next"].(string)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("limit %d (-want +got):\n%s", limit, diff)
			}
		}
	})
}

func TestCheckInAnswers(t *testing.T) {
	t.Parallel()
	t.Run("what a volunteer sees of their presence, from the first scan to the confirmation", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		shift := s.shift(s.ours)
		v := s.signUp(shift).VolunteerID
		check := func(kind string) object {
			w := s.ask(http.MethodPost, "/claims", v, object{"claim_id": id.New(), "shift_id": shift.ID, "kind": kind, "ticket": s.ticket(shift)})
			if w.Code != http.StatusOK {
				t.Fatalf("%s: %d %s", kind, w.Code, w.Body)
			}
			return s.tree(w)
		}
		sees := func(state string, minutes, proof any) {
			t.Helper()
			p := s.get("/shifts/"+shift.ID+"/presence", v)
			if diff := cmp.Diff([]any{state, minutes, proof}, []any{p["state"], p["minutes"], p["proof"]}); diff != "" {
				t.Errorf("presence (-want +got):\n%s", diff)
			}
		}
		sees("expected", nil, nil)
		s.clock.SetTo(shift.StartsAt)
		if got := check("in"); got["present"] != 1.0 {
			t.Errorf("present = %v, want 1", got["present"])
		}
		sees("open", nil, "scanned")
		s.clock.SetTo(shift.StartsAt.Add(2*time.Hour + time.Second))
		if got := check("out"); got["present"] != 0.0 {
			t.Errorf("present = %v, want 0", got["present"])
		}
		sees("closed", 120.0, "scanned")
		s.clock.SetTo(shift.EndsAt)
		w := s.ask(http.MethodPost, "/shifts/"+shift.ID+"/confirm", s.ours.leader, object{"people_served": 40, "decisions": []any{}})
		roster := s.tree(w)
		if diff := cmp.Diff(object{"signed_up": 1.0, "present": 0.0, "walk_ins": 0.0, "left": 0.0, "forgotten": 0.0, "missing": 0.0, "confirmed": 1.0}, roster["counts"]); diff != "" || w.Code != http.StatusOK {
			t.Errorf("%d, counts (-want +got):\n%s", w.Code, diff)
		}
		sees("confirmed", 120.0, "scanned")
	})
	t.Run("digits for a shift that is hidden are answered as for none, and not counted", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		hidden := s.draft(s.theirs).Shifts[0]
		var answers []string
		for _, shiftID := range []string{hidden.ID, id.New()} {
			for range domain.MaxTries + 1 {
				w := s.ask(http.MethodPost, "/claims", s.ours.leader, object{"claim_id": id.New(), "shift_id": shiftID, "kind": "in", "digits": "000000"})
				answers = append(answers, fmt.Sprint(w.Code, " ", s.tree(w)["code"]))
			}
		}
		for _, a := range answers {
			if a != "404 no_such_shift" {
				t.Errorf("answers: %v", answers)
				break
			}
		}
		var n int
		s.must(s.db.Owner(t).Get(&n, "SELECT count(*) FROM code_tries"))
		if n != 0 {
			t.Errorf("%d rows of tries", n)
		}
	})
	t.Run("digits are forgiven their full-width form", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		shift := s.shift(s.ours)
		wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, shift.Key.Digits(shift.ID, s.clock.Now()))
		w := s.ask(http.MethodPost, "/claims", s.signUp(shift).VolunteerID, object{"claim_id": id.New(), "shift_id": shift.ID, "kind": "in", "digits": wide})
		if w.Code != http.StatusOK {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func TestLeadersAnswers(t *testing.T) {
	t.Parallel()
	t.Run("publishing names every field that the law wants", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		w := s.ask(http.MethodPost, "/tasks", s.ours.leader, object{"team_id": s.ours.team, "programme_id": s.programme, "title": "淇河", "risky": true})
		taskID := s.tree(w)["task_id"].(string)
		refused := s.tree(s.ask(http.MethodPost, "/tasks/"+taskID+"/publish", s.ours.leader, nil))
		var names []string
		for _, f := range refused["fields"].([]any) {
			names = append(names, f.(object)["name"].(string))
		}
		if diff := cmp.Diff([]string{"place", "risks", "contact_name", "contact_phone", "insurance", "shifts"}, names); diff != "" {
			t.Errorf("fields (-want +got):\n%s", diff)
		}
	})
	t.Run("exceptions come first on a roster, and nobody's number is whole", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		shift := s.shift(s.ours)
		s.attended(s.ours, shift)
		forgot := s.signUp(shift)
		_, err := s.CreateClaim(s.as(s.ours.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: domain.ClaimIn, VolunteerID: forgot.VolunteerID})
		s.must(err)
		s.signUp(shift)
		var got []string
		for _, l := range s.get("/shifts/"+shift.ID+"/roster", s.ours.leader)["lines"].([]any) {
			line := l.(object)
			got = append(got, fmt.Sprint(line["exception"], " ", line["state"], " ", line["name"], " ", line["phone"]))
		}
		want := []string{"no_check_out open 志愿者 ", "missing expected 志愿者 ", "none closed 志愿者 "}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
	})
	t.Run("the code's key is what the leader's page needs to draw it", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		shift := s.shift(s.ours)
		code := s.get("/shifts/"+shift.ID+"/code", s.ours.leader)
		if code["step_seconds"] != 10.0 || code["opens_at"] != "2026-11-23T00:00:00Z" || code["closes_at"] != "2026-11-23T05:30:00Z" || len(code["key"].(string)) != 44 {
			t.Errorf("code: %v", code)
		}
	})
}
