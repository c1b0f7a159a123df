package people_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/bustest"
	"github.com/qihe-volunteers/qihe/shared/testkit/wait"
)

const secret = "between services"

// teams answers for people, in place of the service.
type teams struct {
	mu     sync.Mutex
	known  map[string]people.Person
	asked  []int // how many were asked for, by call
	away   bool
	before func() // called while an answer is on its way
}

func (s *teams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q people.Query
	err := json.NewDecoder(r.Body).Decode(&q)
	if err != nil || r.URL.Path != people.Path || r.Method != http.MethodPost || r.Header.Get("Authorization") != "Bearer "+secret {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, len(q.IDs))
	away, before := s.away, s.before
	var answer people.Answer
	for _, id := range q.IDs {
		if p, ok := s.known[id]; ok {
			answer.Items = append(answer.Items, p)
		}
	}
	s.mu.Unlock()
	if before != nil {
		before()
	}
	if away {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (s *teams) knows(p people.Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[p.VolunteerID] = p
}

func (s *teams) goesAway(away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = away
}

func (s *teams) calls() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// town is a directory beside a teams service and a bus.
type town struct {
	*people.Directory
	t     *testing.T
	teams *teams
	nats  *bustest.Server
	bus   *bus.Bus

	mu      sync.Mutex
	changed []string
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, teams: &teams{known: map[string]people.Person{}}, nats: bustest.StartServer(t)}
	server := httptest.NewServer(w.teams)
	t.Cleanup(server.Close)
	var err error
	w.bus, err = bus.Connect(t.Context(), w.nats.URL, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.bus.Close)
	wait.Until(t, "the stream", func() bool { return w.bus.EnsureStream(t.Context(), teamsv1.Stream) == nil })
	w.Directory, err = people.NewDirectory(server.URL, secret, w.bus, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w.OnChange(func(volunteerID string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.changed = append(w.changed, volunteerID)
	})
	w.hears()
	return w
}

// hears waits until changes are heard: what was learnt before is thrown away then.
func (w *town) hears() {
	w.t.Helper()
	canary := id.New()
	wait.Until(w.t, "changes to be heard", func() bool {
		w.tell(canary, 1)
		w.mu.Lock()
		defer w.mu.Unlock()
		return slices.Contains(w.changed, canary)
	})
	wait.Until(w.t, "it to be known that they are", w.Hearing) // a new period, in which everybody is asked for again
	w.name(canary)
}

func (w *town) tell(volunteerID string, version int64) {
	body, err := json.Marshal(teamsv1.VolunteerChanged{VolunteerID: volunteerID, Version: version})
	if err != nil {
		w.t.Fatal(err)
	}
	_, _ = w.bus.Publish(w.t.Context(), teamsv1.Stream, []bus.Message{{ // hears tries again
		ID: id.New(), Subject: teamsv1.VolunteerChanged{}.Subject(), OccurredAt: time.Now(), Data: body,
	}})
}

// change tells a new version and waits until it was heard.
func (w *town) change(volunteerID string, version int64) {
	w.t.Helper()
	count := func() (n int) {
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, one := range w.changed {
			if one == volunteerID {
				n++
			}
		}
		return n
	}
	before := count()
	w.tell(volunteerID, version)
	wait.Until(w.t, "the change to be heard", func() bool { return count() > before })
}

func (w *town) name(volunteerID string) string {
	w.t.Helper()
	return w.Find(w.t.Context(), []string{volunteerID})[volunteerID].FullName()
}

func (w *town) wantName(volunteerID, want string) {
	w.t.Helper()
	if got := w.name(volunteerID); got != want {
		w.t.Errorf("name = %s, want %s", got, want)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	t.Run("a name is asked for once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := id.New()
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀英", Version: 1})
		before := len(w.teams.calls())
		for range 5 {
			w.wantName(v, "王秀英")
		}
		if calls := w.teams.calls()[before:]; len(calls) != 1 {
			t.Errorf("teams was asked %d times", len(calls))
		}
	})
	t.Run("a person is forgotten as soon as something about them changes", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v, other := id.New(), id.New()
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀英", Version: 1})
		w.teams.knows(people.Person{VolunteerID: other, Name: "李桂兰", Version: 1})
		w.wantName(v, "王秀英")
		w.wantName(other, "李桂兰")
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀芳", Version: 2})
		w.change(v, 2)
		before := len(w.teams.calls())
		w.wantName(v, "王秀芳")
		w.wantName(other, "李桂兰")
		if calls := w.teams.calls()[before:]; !slices.Equal(calls, []int{1}) {
			t.Errorf("teams was asked %v, want once for one", calls)
		}
	})
	t.Run("an old change makes nobody forgotten", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := id.New()
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀英", Version: 5})
		w.wantName(v, "王秀英")
		w.change(v, 4)
		before := len(w.teams.calls())
		w.wantName(v, "王秀英")
		if calls := w.teams.calls()[before:]; len(calls) != 0 {
			t.Errorf("teams was asked %v", calls)
		}
	})
	t.Run("an answer that a change has overtaken is shown this once and not kept", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := id.New()
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀英", Version: 1})
		w.teams.before = func() { w.change(v, 2) } // heard while the older answer is on its way
		w.wantName(v, "王秀英")
		w.teams.mu.Lock()
		w.teams.before = nil
		w.teams.mu.Unlock()
		w.teams.knows(people.Person{VolunteerID: v, Name: "王秀芳", Version: 2})
		w.wantName(v, "王秀芳")
	})
	t.Run("while teams is away, who is not remembered is 志愿者, and is asked for again", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		known, unknown := id.New(), id.New()
		w.teams.knows(people.Person{VolunteerID: known, Name: "王秀英", Version: 1})
		w.teams.knows(people.Person{VolunteerID: unknown, Name: "李桂兰", Version: 1})
		w.wantName(known, "王秀英")
		w.teams.goesAway(true)
		w.wantName(known, "王秀英")
		w.wantName(unknown, people.Unknown)
		w.teams.goesAway(false)
		w.wantName(unknown, "李桂兰")
	})
	t.Run("who does not exist has an entry without a name", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		v := id.New()
		if diff := cmp.Diff(map[string]people.Person{v: {VolunteerID: v}}, w.Find(t.Context(), []string{v})); diff != "" {
			t.Error(diff)
		}
		w.wantName(v, people.Unknown)
	})
	t.Run("nobody is asked for nobody", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		before := len(w.teams.calls())
		if found := w.Find(t.Context(), nil); len(found) != 0 || len(w.teams.calls()) != before {
			t.Errorf("found %v, asked %v", found, w.teams.calls()[before:])
		}
	})
}

func TestFindMany(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	ids := make([]string, 2*people.MaxAsk+500)
	for i := range ids {
		ids[i] = id.New()
		w.teams.knows(people.Person{VolunteerID: ids[i], Name: fmt.Sprintf("第%d位", i), Version: 1})
	}
	before := len(w.teams.calls())
	found := w.Find(t.Context(), slices.Concat(ids, ids[:1])) // somebody twice
	if diff := cmp.Diff([]int{people.MaxAsk, people.MaxAsk, 500}, w.teams.calls()[before:]); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if len(found) != len(ids) {
		t.Errorf("%d found, want %d", len(found), len(ids))
	}
	for i, one := range ids {
		if want := fmt.Sprintf("第%d位", i); found[one].Name != want {
			t.Fatalf("person %d is %q, want %q", i, found[one].Name, want)
		}
	}
}

func TestDeafness(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	v := id.New()
	w.teams.knows(people.Person{VolunteerID: v, Name: "王秀英", Version: 1})
	w.wantName(v, "王秀英")
	w.nats.Stop()
	w.teams.knows(people.Person{VolunteerID: v, Name: "王秀芳", Version: 2}) // told while nobody listens
	w.wantName(v, "王秀英")                                                  // the best that is known
	w.nats.Start()
	wait.Within(t, 15*time.Second, "everybody to be forgotten, because changes were missed", func() bool { return w.name(v) == "王秀芳" })
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		person      people.Person
		board, full string
	}{
		"with consent, in full":              {people.Person{Name: "王秀英", BoardConsent: true}, "王秀英", "王秀英"},
		"without consent, the surname":       {people.Person{Name: "王秀英"}, "王**", "王秀英"},
		"a minor, never in full":             {people.Person{Name: "王小英", BoardConsent: true, Minor: true}, "王**", "王小英"},
		"a minor without consent":            {people.Person{Name: "王小英", Minor: true}, "王**", "王小英"},
		"two characters tell no more":        {people.Person{Name: "王英"}, "王**", "王英"},
		"a rare surname of four bytes":       {people.Person{Name: "𠮷英"}, "𠮷**", "𠮷英"},
		"nobody known":                       {people.Person{}, people.Unknown, people.Unknown},
		"somebody erased":                    {people.Person{Name: "王秀英", BoardConsent: true, Erased: true}, "已注销", "已注销"},
		"nobody known, whatever the consent": {people.Person{BoardConsent: true}, people.Unknown, people.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.person.BoardName(); got != c.board {
				t.Errorf("BoardName = %s, want %s", got, c.board)
			}
			if got := c.person.FullName(); got != c.full {
				t.Errorf("FullName = %s, want %s", got, c.full)
			}
		})
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	all := map[string]people.Person{}
	for range 50 {
		p := people.Person{VolunteerID: id.New(), Name: "王秀英", Version: 1}
		all[p.VolunteerID] = p
		w.teams.knows(p)
	}
	ids := slices.Collect(maps.Keys(all))
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			for n := range 20 {
				if i == 0 {
					w.tell(ids[n], 2)
				}
				for one, p := range w.Find(t.Context(), ids) {
					if p.Name != "王秀英" || p.VolunteerID != one {
						t.Errorf("%s is %+v", one, p)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}
