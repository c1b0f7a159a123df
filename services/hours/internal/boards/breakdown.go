package boards

import (
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Part is what one part of a region gave: a division below it, or a team.
type Part struct {
	ID      string // of a division its code; the region's own for what was given in none below it
	Figures domain.Figures
}

// Breakdown is what a region gave, as a whole and in parts.
type Breakdown struct {
	At
	Whole  domain.Figures
	Before domain.Figures // of another period, to compare with
	Months []domain.Figures
	Parts  []Part // in no order; none without any service
}

// Question says what a breakdown is of.
type Question struct {
	Region  string        // its code
	Period  domain.Period // of whole and parts
	Before  domain.Period
	Months  []domain.Period // one after the other, oldest first
	ByTeam  bool            // else by the divisions directly below
	Direct  bool            // only what was given in none of the divisions below
	Settled bool
}

// Breakdown sums what a region gave by one pass over the cells. It keeps nothing:
// who asks is an officer, now and then. Nobody waits meanwhile: the cells are
// those of the moment in which it begins.
func (b *Boards) Breakdown(q Question) Breakdown {
	p := b.pass(q)
	from, until := q.Period.Days()
	before, beforeUntil := q.Before.Days()
	months, firstMonth := byDay(q.Months)
	whole, earlier, monthly := p.tally(), p.tally(), make([]tally, len(q.Months))
	for i := range monthly {
		monthly[i] = p.tally()
	}
	chosen := make([][]uint32, len(p.names)) // places of cells, by part
	for i, c := range p.cells.all() {
		n := p.part[c.region]
		if n < 0 || c.account != serviceAccount || !c.counts(q.Settled, p.today) {
			continue
		}
		if d := int(c.day - firstMonth); d >= 0 && d < len(months) && months[d] >= 0 {
			monthly[months[d]].add(c)
		}
		if c.day >= before && c.day < beforeUntil {
			earlier.add(c)
		}
		if c.day < from || c.day >= until {
			continue
		}
		whole.add(c)
		if q.ByTeam {
			n = int(c.team)
		}
		chosen[n] = append(chosen[n], i)
	}
	answer := Breakdown{At: p.at, Whole: whole.figures(), Before: earlier.figures()}
	for i := range monthly {
		answer.Months = append(answer.Months, monthly[i].figures())
	}
	one := p.tally() // of one part after another
	for n := range chosen {
		if f := p.sum(&one, chosen[n]); f != (domain.Figures{}) {
			answer.Parts = append(answer.Parts, Part{ID: p.names[n], Figures: f})
		}
	}
	return answer
}

// pass is what a breakdown reads of the boards, as of one moment.
type pass struct {
	at                At
	today             domain.Day
	cells             cells
	part              []int // as parts returns them
	names             []string
	volunteers, teams int
	mergers           int // records that are part of another's
}

func (b *Boards) pass(q Question) pass {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p := pass{
		at: b.at(Key{Settled: q.Settled}), today: b.today, cells: b.cells.copy(),
		volunteers: len(b.volunteers.text), teams: len(b.teams.text), mergers: len(b.merged),
	}
	p.part, p.names = b.parts(q)
	return p
}

// byDay returns for every day from first on in which of the months it lies, -1 for none.
func byDay(months []domain.Period) (month []int8, first domain.Day) {
	for i, m := range months {
		from, until := m.Days()
		if i == 0 {
			first = from
		}
		for d := from; d < until; d++ {
			for int(d-first) > len(month) {
				month = append(month, -1)
			}
			month = append(month, int8(i))
		}
	}
	return month, first
}

// parts returns for each region number in which part its cells are, -1 when they
// are not in the region at all, and what the parts are called.
func (b *Boards) parts(q Question) (part []int, names []string) {
	part = make([]int, len(b.above))
	numbered := map[string]int{}
	for n, codes := range b.above {
		part[n] = -1
		i := slices.Index(codes, q.Region)
		if i < 0 || q.Direct && i < len(codes)-1 {
			continue
		}
		name := codes[min(i+1, len(codes)-1)]
		if _, ok := numbered[name]; !ok {
			numbered[name] = len(names)
			names = append(names, name)
		}
		part[n] = numbered[name]
	}
	if q.ByTeam {
		return part, b.teams.text
	}
	return part, names
}

// tally sums cells. People and teams are those with some left: whose hours were
// all taken back gave none.
type tally struct {
	minutes, services int64
	people, teams     []int32 // minutes by number
}

func (p pass) tally() tally {
	return tally{people: make([]int32, p.volunteers), teams: make([]int32, p.teams)}
}

func (t *tally) add(c *cell) {
	t.minutes += int64(c.minutes)
	t.services += int64(c.services)
	t.people[c.volunteer] += c.minutes
	t.teams[c.team] += c.minutes
}

func (t *tally) figures() domain.Figures {
	return domain.Figures{Minutes: t.minutes, Services: t.services, People: some(t.people), Teams: some(t.teams)}
}

func some(minutes []int32) (n int64) {
	for _, m := range minutes {
		if m > 0 {
			n++
		}
	}
	return n
}

// sum returns the figures of the cells at these places, and leaves t empty as it
// found it.
func (p pass) sum(t *tally, places ...[]uint32) (f domain.Figures) {
	for _, list := range places {
		for _, i := range list {
			t.add(p.cells.at(i))
		}
	}
	f.Minutes, f.Services = t.minutes, t.services
	for _, list := range places {
		for _, i := range list {
			c := p.cells.at(i)
			if t.people[c.volunteer] > 0 {
				f.People++
			}
			if t.teams[c.team] > 0 {
				f.Teams++
			}
			t.people[c.volunteer], t.teams[c.team] = 0, 0
		}
	}
	t.minutes, t.services = 0, 0
	return f
}
