// Package peopletest answers for people in place of the teams service, for
// tests of what other services do with names.
package peopletest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
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
}

// Start returns a Teams that knows nobody yet. It ends with the test.
func Start(t testing.TB) *Teams {
	t.Helper()
	k := &Teams{known: map[string]people.Person{}, cards: map[string]people.Card{}}
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

// ServeHTTP answers as teams does.
func (k *Teams) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == people.CardPath {
		k.openCard(w, r)
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
