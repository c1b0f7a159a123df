package boards

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Subject says who stands on a board.
type Subject string

// The subjects.
const (
	Volunteers Subject = "volunteer"
	Teams      Subject = "team"
	Programmes Subject = "programme" // of regions and teams; under a programme it stands alone
	Counties   Subject = "county"    // by code; what was given for the city itself is on none
	Townships  Subject = "township"  // likewise
	Villages   Subject = "village"   // likewise
)

// level says how far below the city an area lies that is a subject.
func (s Subject) level() int {
	switch s {
	case Counties:
		return 1
	case Townships:
		return 2
	case Villages:
		return 3
	}
	return 0
}

// AreasAt returns the subject whose members lie that many levels below the city.
func AreasAt(level int) (Subject, bool) {
	for _, s := range []Subject{Counties, Townships, Villages} {
		if s.level() == level {
			return s, true
		}
	}
	return "", false
}

// ScopeKind says by what a board is narrowed.
type ScopeKind string

// The kinds of scope.
const (
	Region    ScopeKind = "region"
	Programme ScopeKind = "programme"
	Team      ScopeKind = "team"
)

// Scope says which hours count on a board: those given in a region's subtree,
// under a programme or for a team.
type Scope struct {
	Kind ScopeKind
	ID   string // of a region its code
}

// Key names a board.
type Key struct {
	Subject Subject
	Scope   Scope
	Period  domain.Period
	Settled bool // what counts as settled today, not all that is posted
}

// board is one leaderboard. All but asked and drawing is guarded by Boards.mu.
type board struct {
	made     sync.Once
	minutes  map[uint32]int64 // by subject, also those with none left
	order    *order           // those with some
	total    int64
	services int64
	marks    func(subject uint32) uint64
	asked    atomic.Bool
	drawing  atomic.Pointer[Drawing]
}

// of returns who of a subject gave the cell's minutes; false when nobody did.
func (b *Boards) of(c *cell, s Subject) (uint32, bool) {
	switch s {
	case Volunteers:
		return c.volunteer, true
	case Teams:
		return c.team, true
	case Programmes:
		return uint32(c.programme), true
	}
	if codes := b.above[c.region]; len(codes) > s.level() {
		return b.areas.of(codes[s.level()]), true
	}
	return 0, false
}

// numbersOf returns the ids of those who stand on boards of the subject.
func (b *Boards) numbersOf(s Subject) *numbers {
	switch s {
	case Volunteers:
		return &b.volunteers
	case Teams:
		return &b.teams
	case Programmes:
		return &b.programmes
	}
	return &b.areas
}

// find returns the board, made now if it is not kept. mu is held for reading.
func (b *Boards) find(k Key) *board {
	b.keptMu.Lock()
	found, ok := b.kept[k]
	if !ok {
		found = &board{}
		if len(b.kept) < mostKept {
			b.kept[k] = found
			b.watch(k)
		}
	}
	b.keptMu.Unlock()
	found.asked.Store(true)
	found.made.Do(func() { b.make(found, k) })
	return found
}

// mostKept bounds the memory that asking for ever other boards can take; one
// more is made for its answer only.
const mostKept = 4096

// make fills the board by one pass over the cells.
func (b *Boards) make(into *board, k Key) {
	of := b.numbersOf(k.Subject)
	from, until := k.Period.Days()
	sums := make([]int64, len(of.text))
	counts := b.within(k.Scope)
	for _, c := range b.cells.all() {
		if c.day >= from && c.day < until && c.account == serviceAccount && counts(c) && c.counts(k.Settled, b.today) {
			if n, ok := b.of(c, k.Subject); ok {
				sums[n] += int64(c.minutes)
			}
			into.total += int64(c.minutes)
			into.services += int64(c.services)
		}
	}
	into.marks = func(n uint32) uint64 { return of.mark[n] }
	into.minutes = map[uint32]int64{}
	var items []item
	for n, minutes := range sums {
		if minutes != 0 {
			into.minutes[uint32(n)] = minutes
		}
		if minutes > 0 {
			items = append(items, into.item(uint32(n)))
		}
	}
	into.order = newOrder(items)
}

// within returns whether a cell lies in the scope.
func (b *Boards) within(s Scope) func(*cell) bool {
	if s.Kind == Region {
		inside := make([]bool, len(b.above))
		for n, codes := range b.above {
			for _, code := range codes {
				inside[n] = inside[n] || code == s.ID
			}
		}
		return func(c *cell) bool { return inside[c.region] }
	}
	numbers, of := &b.teams, func(c *cell) uint32 { return c.team }
	if s.Kind == Programme {
		numbers, of = &b.programmes, func(c *cell) uint32 { return uint32(c.programme) }
	}
	n, known := numbers.number[s.ID]
	return func(c *cell) bool { return known && of(c) == n }
}

// credit moves a subject to its new place.
func (o *board) credit(subject uint32, minutes int64) {
	if o.minutes[subject] > 0 {
		o.order.remove(o.item(subject))
	}
	o.minutes[subject] += minutes
	o.total += minutes
	if o.minutes[subject] > 0 {
		o.order.insert(o.item(subject))
	}
}

func (o *board) item(subject uint32) item {
	return item{minutes: int32(o.minutes[subject]), subject: subject, mark: o.marks(subject)}
}

// Sweep drops the boards that nobody has asked for since the last Sweep.
func (b *Boards) Sweep() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k, board := range b.kept {
		if !board.asked.Swap(false) {
			delete(b.kept, k)
		}
	}
	b.watchAgain()
}

// watch notes of which parts of periods and of which subjects there are boards,
// so that a line is looked for on no others.
func (b *Boards) watch(k Key) {
	if k.Period.Kind == domain.SomeDays {
		b.spans[k.Period] = true
	}
	if !slices.Contains(b.subjects, k.Subject) {
		b.subjects = append(b.subjects, k.Subject)
	}
}

func (b *Boards) watchAgain() {
	clear(b.spans)
	b.subjects = nil
	for k := range b.kept {
		b.watch(k)
	}
}
