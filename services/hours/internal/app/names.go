package app

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// names is what others call their regions, teams and programmes, in memory.
type names struct {
	mu    sync.RWMutex
	known map[knownID]domain.Known

	// edition is raised whenever a name, or a person's wish about it, may have
	// changed, and every second: what was drawn with older names is drawn again.
	edition atomic.Int64
}

type knownID struct {
	kind domain.KnownKind
	id   string
}

func newNames() *names { return &names{known: map[knownID]domain.Known{}} }

func (n *names) learn(k domain.Known) {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := knownID{k.Kind, k.ID}
	if n.known[id].Version < k.Version {
		n.known[id] = k
	}
}

// renew makes everything that was drawn with older names old.
func (n *names) renew() { n.edition.Add(1) }

func (n *names) find(kind domain.KnownKind, id string) (domain.Known, bool) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	k, ok := n.known[knownID{kind, id}]
	return k, ok
}

// idOf returns the id of the one thing with this name, below a region's path; empty
// when there is none, or several.
func (n *names) idOf(kind domain.KnownKind, name, below string) (id string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, k := range n.known {
		if k.Kind == kind && k.Name == name && strings.HasPrefix(k.RegionPath, below) {
			if id != "" {
				return ""
			}
			id = k.ID
		}
	}
	return id
}

// all returns what is known of a kind below a region's path, by path and name.
func (n *names) all(kind domain.KnownKind, below string) (all []domain.Known) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for _, k := range n.known {
		if k.Kind == kind && strings.HasPrefix(k.RegionPath, below) {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(x, y domain.Known) int {
		return cmp.Or(cmp.Compare(x.RegionPath, y.RegionPath), cmp.Compare(x.Name, y.Name))
	})
	return all
}

// unheard is shown for a team or programme of which nobody has told yet:
// events of two services may overtake each other for a moment.
var unheard = map[domain.KnownKind]string{domain.Team: "志愿服务队", domain.Programme: "志愿服务", domain.Region: ""}

func (n *names) name(kind domain.KnownKind, id string) string {
	if k, ok := n.find(kind, id); ok {
		return k.Name
	}
	return unheard[kind]
}

// regionName returns the name of the division at the end of a path.
func (n *names) regionName(path string) string { return n.name(domain.Region, lastCode(path)) }

// above returns the name of the region that a region is part of; "" for the city.
func (n *names) above(code string) string {
	region, _ := n.find(domain.Region, code)
	parent := strings.TrimSuffix(region.RegionPath, code+"/")
	if parent == "" {
		return ""
	}
	return n.regionName(parent)
}

// teamDetail says where a team is at home, and what became of one that is now
// part of another: its hours stay under its own name.
func (n *names) teamDetail(id string) string {
	team, _ := n.find(domain.Team, id)
	detail := n.regionName(team.RegionPath)
	if team.Successor == "" {
		return detail
	}
	return detail + " · 已并入" + n.name(domain.Team, team.Successor)
}

// lastCode returns 410621 of 4106/410621/.
func lastCode(path string) string {
	end := max(len(path)-1, 0)
	start := end
	for start > 0 && path[start-1] != '/' {
		start--
	}
	return path[start:end]
}
