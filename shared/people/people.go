// Package people lets a service show the names of people it knows only by id.
//
// Names live in the teams service's database and nowhere else: no event and no
// other database holds one (docs/adr). A Directory asks teams for many at a
// time, remembers them in memory only, and forgets a person as soon as teams
// says that something about them changed. While teams cannot be reached,
// people whose names are not in memory are shown as 志愿者.
package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/replicas"
	"github.com/qihe-volunteers/qihe/shared/tracing"
)

// Path is where teams answers for people, behind the internal secret.
const Path = "/internal/v1/people"

// MaxAsk is how many people one call may ask for.
const MaxAsk = 1000

// Person is what others may show of somebody; who may see what is decided by them.
type Person struct {
	VolunteerID  string `json:"volunteer_id"`
	Name         string `json:"name"`
	Number       string `json:"number"`
	PhoneMasked  string `json:"phone_masked"`
	BoardConsent bool   `json:"board_consent"`
	RankConsent  bool   `json:"rank_consent,omitempty"` // may be seen as a neighbour in somebody's rank, and sees their own
	Minor        bool   `json:"minor"`
	RegionCode   string `json:"region_code,omitempty"` // home; empty: not told. It says which office answers for them and is shown to nobody
	Sex          string `json:"sex,omitempty"`         // female | male; empty: not told. For matching with a child only, and shown to nobody
	Identified   bool   `json:"identified,omitempty"`  // an identity paper is registered
	Erased       bool   `json:"erased,omitempty"`      // 注销: there is no name any more
	Version      int64  `json:"version"`

	// Of a record that became part of another: whose it is now. All but
	// VolunteerID and Version are that person's.
	SurvivorID      string `json:"survivor_id,omitempty"`
	SurvivorVersion int64  `json:"survivor_version,omitempty"`
}

// Unknown is shown for somebody whose name cannot be had now.
const Unknown = "志愿者"

// Erased is shown for somebody who had their record erased.
const Erased = "已注销"

// BoardName returns the name as it may stand on a public board: in full only
// with consent and never for a minor, else the surname (条例 art. 20).
func (p Person) BoardName() string {
	if p.Erased {
		return Erased
	}
	if p.BoardConsent && !p.Minor && p.Name != "" {
		return p.Name
	}
	return Surname(p.Name)
}

// Surname returns a name as strangers see it: 王**, or Unknown for none.
func Surname(name string) string {
	for _, first := range name {
		return string(first) + "**"
	}
	return Unknown
}

// FullName returns the name for somebody who may know it, such as the team's leader.
func (p Person) FullName() string {
	if p.Erased {
		return Erased
	}
	if p.Name == "" {
		return Unknown
	}
	return p.Name
}

// Query is what is asked of teams.
type Query struct {
	IDs []string `json:"ids"`
}

// Answer holds the people teams knows, in any order; unknown ids are left out.
type Answer struct {
	Items []Person `json:"items"`
}

// Directory remembers people. It is safe for concurrent use.
type Directory struct {
	base   string
	url    string
	secret string
	client *http.Client
	log    *slog.Logger

	following *bus.Following
	changed   func(volunteerID string)

	mu     sync.RWMutex
	period uint64 // 1 + that of following: what is known from an earlier one may be stale
	known  map[string]Person
	merged map[string]map[string]bool // by survivor: the merged records that are known
	least  map[string]int64           // versions told by events: an answer older than this is not kept
}

// Follows returns what a directory hears of.
func Follows() []string { return []string{teamsv1.VolunteerChanged{}.Subject()} }

// NewDirectory returns an empty directory that asks teams, which runs at these
// addresses (package replicas), and follows its events on b, so that every replica forgets at once what changed.
func NewDirectory(addresses, secret string, b *bus.Bus, log *slog.Logger) (*Directory, error) {
	teams, err := replicas.New("teams", addresses, http.DefaultTransport, log)
	if err != nil {
		return nil, err
	}
	base := teams.Base().String()
	d := &Directory{
		base: base, url: base + Path, secret: secret, log: log, changed: func(string) {},
		client: &http.Client{Timeout: 3 * time.Second, Transport: tracing.Transport(teams, "teams")},
		known:  map[string]Person{}, merged: map[string]map[string]bool{}, least: map[string]int64{},
	}
	d.following, err = b.Follow(Follows(), d.hear)
	if err != nil {
		return nil, fmt.Errorf("follow changes of people: %w", err)
	}
	return d, nil
}

// OnChange registers f to be called after something about a person changed.
// Call it before the directory is used; f must return at once.
func (d *Directory) OnChange(f func(volunteerID string)) { d.changed = f }

// Find returns the people with these ids. Every id has an entry; the name is
// empty for whoever is unknown or cannot be asked for now.
func (d *Directory) Find(ctx context.Context, ids []string) map[string]Person {
	found := make(map[string]Person, len(ids))
	var missing []string
	period := d.refresh()
	d.mu.RLock()
	for _, id := range ids {
		if _, twice := found[id]; twice {
			continue
		}
		p, ok := d.known[id]
		if !ok {
			p = Person{VolunteerID: id}
			missing = append(missing, id)
		}
		found[id] = p
	}
	d.mu.RUnlock()
	for len(missing) > 0 {
		n := min(len(missing), MaxAsk)
		asked, err := d.ask(ctx, missing[:n])
		if err != nil {
			d.log.Warn("names cannot be asked for", "error", err)
			return found
		}
		d.remember(asked, period)
		for _, p := range asked {
			found[p.VolunteerID] = p
		}
		missing = missing[n:]
	}
	return found
}

// refresh forgets everybody when changes may have been missed, and returns the
// period that what is asked for now belongs to. While the bus is away nothing
// can be heard; what is known stays until it is back.
func (d *Directory) refresh() uint64 {
	period, hearing := d.following.Period()
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := period + 1; hearing && d.period != now { // 0 is the time before anything was heard
		d.period = now
		clear(d.known)
	}
	return d.period
}

// hear forgets a person of whom teams has told a newer version.
func (d *Directory) hear(delivery bus.Delivery) {
	var e teamsv1.VolunteerChanged
	if err := json.Unmarshal(delivery.Data, &e); err != nil {
		d.log.Warn("a change of a person cannot be read", "error", err)
		return
	}
	d.mu.Lock()
	d.least[e.VolunteerID] = max(d.least[e.VolunteerID], e.Version)
	if d.known[e.VolunteerID].Version < e.Version {
		delete(d.known, e.VolunteerID)
	}
	for id := range d.merged[e.VolunteerID] { // what is shown for them is this person's
		delete(d.known, id)
	}
	delete(d.merged, e.VolunteerID)
	d.mu.Unlock()
	d.changed(e.VolunteerID)
}

// remember keeps what was asked for in the period, unless changes may have been
// missed while the answer was on its way.
func (d *Directory) remember(people []Person, period uint64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.period != period {
		return
	}
	for _, p := range people {
		if p.Version < d.least[p.VolunteerID] || p.SurvivorVersion < d.least[p.SurvivorID] {
			continue
		}
		d.known[p.VolunteerID] = p
		if p.SurvivorID != "" {
			if d.merged[p.SurvivorID] == nil {
				d.merged[p.SurvivorID] = map[string]bool{}
			}
			d.merged[p.SurvivorID][p.VolunteerID] = true
		}
	}
}

func (d *Directory) ask(ctx context.Context, ids []string) ([]Person, error) {
	body, err := json.Marshal(Query{IDs: ids})
	if err != nil {
		return nil, fmt.Errorf("encode query: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask teams for names: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+d.secret)
	req.Header.Set("Content-Type", "application/json")
	replicas.Repeatable(req)
	res, err := d.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask teams for names: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ask teams for names: %s", res.Status)
	}
	var answer Answer
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	return answer.Items, nil
}
