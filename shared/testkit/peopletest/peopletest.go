// Package peopletest answers for people in place of the teams service, for
// tests of what other services do with names.
package peopletest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/people"
)

// Teams knows the people that a test tells it of.
type Teams struct {
	URL string // for people.NewDirectory

	mu    sync.Mutex
	known map[string]people.Person
	cards map[string]people.Card
	paper map[string]people.Identity // with the whole number
	told  map[string]people.Record   // with all values
	sent  []string                   // whose values were given, in order
}

// Start returns a Teams that knows nobody yet. It ends with the test.
func Start(t testing.TB) *Teams {
	t.Helper()
	k := &Teams{known: map[string]people.Person{}, cards: map[string]people.Card{}, paper: map[string]people.Identity{}, told: map[string]people.Record{}}
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	k.URL = server.URL
	return k
}

// Know makes people known.
func (k *Teams) Know(known ...people.Person) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range known {
		k.known[p.VolunteerID] = p
	}
}

// Issue makes a volunteer card known by its token.
func (k *Teams) Issue(token string, card people.Card) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cards[token] = card
}

// Identify makes known who somebody is by their paper.
func (k *Teams) Identify(volunteerID string, paper people.Identity) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.paper[volunteerID] = paper
}

// Forget does what erasing does: nobody is known by this id any more.
func (k *Teams) Forget(volunteerID string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.paper, volunteerID)
	if r, ok := k.told[volunteerID]; ok {
		k.told[volunteerID] = people.Record{VolunteerID: volunteerID, PersonID: volunteerID, Number: r.Number, Erased: true}
	}
	k.known[volunteerID] = people.Person{VolunteerID: volunteerID, Erased: true, Version: k.known[volunteerID].Version + 1}
}

func (k *Teams) openPapers(w http.ResponseWriter, r *http.Request) {
	var q people.IdentitiesQuery
	_ = json.NewDecoder(r.Body).Decode(&q)
	k.mu.Lock()
	defer k.mu.Unlock()
	answer := people.IdentitiesAnswer{Identities: map[string]people.Identity{}}
	for _, id := range q.IDs {
		if paper, ok := k.paper[id]; ok {
			if n := len(paper.IDNumber); n > 6 && !slices.Contains(q.Whole, id) {
				paper.IDNumber = paper.IDNumber[:4] + strings.Repeat("*", n-6) + paper.IDNumber[n-2:]
			}
			answer.Identities[id] = paper
		}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (k *Teams) openCard(w http.ResponseWriter, r *http.Request) {
	var q struct{ Token string }
	_ = json.NewDecoder(r.Body).Decode(&q)
	k.mu.Lock()
	defer k.mu.Unlock()
	card, ok := k.cards[q.Token]
	if !ok {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"code": "no_such_card"}`))
		return
	}
	_ = json.NewEncoder(w).Encode(card)
}

// Record makes known what there is of somebody for the national system, with all values.
func (k *Teams) Record(r people.Record) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.told[r.VolunteerID] = r
}

// Sent returns whose values were given, once for each time.
func (k *Teams) Sent() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.sent)
}

func (k *Teams) openRecords(w http.ResponseWriter, r *http.Request) {
	var q people.RecordsQuery
	_ = json.NewDecoder(r.Body).Decode(&q)
	k.mu.Lock()
	defer k.mu.Unlock()
	ids := q.IDs
	if len(ids) == 0 {
		for id, one := range k.told {
			if one.TeamID != "" && !one.Erased && one.OwnNumber == "" {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
	}
	answer := people.RecordsAnswer{Items: []people.Record{}}
	for _, id := range ids {
		one, ok := k.told[id]
		if !ok {
			continue
		}
		values := map[string]string{}
		var line strings.Builder
		for _, f := range slices.Sorted(slices.Values(q.Fields)) {
			if value, told := one.Values[f]; told {
				values[f] = value
				line.WriteString(f + "=" + value + ";")
				if value == "" {
					one.Lacks = append(one.Lacks, f)
				}
			}
		}
		one.Values = nil
		if !one.Erased {
			one.Digest = []byte(line.String())
		}
		if q.Values && one.Agreed && !one.Waits && !one.Erased {
			one.Values = values
			k.sent = append(k.sent, id)
		}
		answer.Items = append(answer.Items, one)
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// ServeHTTP answers as teams does.
func (k *Teams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == people.CardPath {
		k.openCard(w, r)
		return
	}
	if r.URL.Path == people.RecordsPath {
		k.openRecords(w, r)
		return
	}
	if r.URL.Path == people.IdentitiesPath {
		k.openPapers(w, r)
		return
	}
	var q people.Query
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.URL.Path != people.Path {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	var answer people.Answer
	for _, id := range q.IDs {
		if p, ok := k.known[id]; ok {
			answer.Items = append(answer.Items, p)
		}
	}
	_ = json.NewEncoder(w).Encode(answer)
}
