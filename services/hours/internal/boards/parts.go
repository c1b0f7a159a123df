package boards

import (
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Narrowed says which part of all that is counted somebody wants to know.
type Narrowed struct {
	RegionPath  string // given there or below; empty: anywhere
	ProgrammeID string // empty: under any
	Account     domain.Account
	From, Until domain.Day // from the first day to the day after the last
	SettledOn   domain.Day // 0: what is posted
}

// Count returns what several parts come to, at one position, by one pass over the
// cells. As with Breakdown nobody waits meanwhile.
func (b *Boards) Count(parts []Narrowed) []domain.Figures {
	chosen, from, until := make([]choice, len(parts)), domain.Day(1<<30), domain.Day(0)
	b.mu.RLock()
	p := pass{cells: b.cells.copy(), volunteers: len(b.volunteers.text), teams: len(b.teams.text)}
	for i, n := range parts {
		chosen[i] = b.choice(n)
		from, until = min(from, n.From), max(until, n.Until)
	}
	b.mu.RUnlock()
	for i := range chosen {
		chosen[i].tally = p.tally()
	}
	for _, c := range p.cells.all() {
		if c.day < from || c.day >= until {
			continue
		}
		for i := range chosen {
			if chosen[i].has(c) {
				chosen[i].add(c)
			}
		}
	}
	figures := make([]domain.Figures, len(chosen))
	for i := range chosen {
		figures[i] = chosen[i].figures()
	}
	return figures
}

// choice is a Narrowed in numbers, and what was found of it.
type choice struct {
	Narrowed
	tally
	inside    []bool // by region
	programme int    // -1: any
	account   uint8
}

func (b *Boards) choice(n Narrowed) choice {
	c := choice{Narrowed: n, inside: make([]bool, len(b.regions.text)), programme: -1}
	for i, path := range b.regions.text {
		c.inside[i] = strings.HasPrefix(path, n.RegionPath)
	}
	if n.ProgrammeID != "" {
		c.programme = len(b.programmes.text) // of nobody, unless it is known
		if number, ok := b.programmes.number[n.ProgrammeID]; ok {
			c.programme = int(number)
		}
	}
	for i, a := range accounts {
		if a == n.Account {
			c.account = uint8(i)
		}
	}
	return c
}

func (n *choice) has(c *cell) bool {
	return c.day >= n.From && c.day < n.Until && c.account == n.account && n.inside[c.region] &&
		(n.programme < 0 || n.programme == int(c.programme)) && c.counts(n.SettledOn != 0, n.SettledOn)
}
