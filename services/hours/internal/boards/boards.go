// Package boards keeps every leaderboard in memory.
//
// It is fed with the sums of the ledger and from then on with every new line,
// and answers who gave how many hours, in any scope and any period, without
// asking the database. It does no I/O and knows no clock.
//
//   - All that was ever credited is kept as cells of 28 bytes: a day, a
//     volunteer, a team, a programme, a region, an account, minutes, the day on
//     which they settle. Ids are kept once and numbered.
//   - A board shows what is posted, or what of it counts as settled on the day
//     that Turn was last told. When the day turns, boards of what is settled are
//     dropped; whoever asks next has them made anew.
//   - A board (subject × scope × period) is made when it is first
//     asked for, by one pass over the cells. From then on each line that is
//     credited moves its subject there: at most 72 boards of each subject are
//     looked up for a line, however many there are. A board that nobody asks for is dropped.
//   - The position is the number of lines counted. Lines are counted in the
//     ledger's order, so two replicas at the same position show the same. What
//     holds lines from settling is counted beside them, in an order of its own.
//   - Only the service account counts on boards (package domain).
//
// Readers share a lock; a batch of lines is applied under it at once, so
// nobody sees half of it.
package boards

import (
	"math"
	"sync"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Boards holds the cells and the boards made of them. It is safe for concurrent use.
type Boards struct {
	mu       sync.RWMutex
	position int64 // lines counted
	changes  int64 // settling changes counted
	today    domain.Day
	cells    cells

	volunteers numbers
	teams      numbers
	programmes numbers
	areas      numbers           // codes of all regions
	regions    numbers           // paths
	above      [][]string        // by region number: the codes of its path
	people     []person          // by volunteer number
	merged     map[string]string // of a merged record: whose it is now

	keptMu   sync.Mutex // for looking up and adding; whoever holds mu for writing is alone anyway
	kept     map[Key]*board
	spans    map[domain.Period]bool // the parts of periods for which a board is kept
	subjects []Subject              // for which a board is kept

	census lastCensus
}

// cell is what one volunteer gave on one day in one place, as far as it settles
// on one day. Without entries it is a settling change, and counts as settled only.
type cell struct {
	day       domain.Day
	volunteer uint32
	team      uint32
	region    uint32
	minutes   int32
	settles   uint16
	programme uint16
	entries   int8 // of one volunteer's day: a few; for more there are more cells
	services  int8
	account   uint8
}

// person is what is kept of a volunteer besides the cells.
type person struct {
	last int64      // position at which their newest line was counted
	day  domain.Day // of their latest service
	team uint32     // for which they gave it
}

var accounts = [...]domain.Account{domain.ServiceAccount, domain.TrainingAccount, domain.ImportAccount}

const serviceAccount = 0 // in accounts

// New returns boards without any line counted.
func New() *Boards {
	return &Boards{kept: map[Key]*board{}, merged: map[string]string{}, spans: map[domain.Period]bool{}}
}

// Apply counts totals: at the start the sums of the ledger, later its new
// lines in order. A total without entries is one settling change, whose minutes
// count from its SettlesOn on. All become visible at once.
func (b *Boards) Apply(totals []domain.Total) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range totals {
		if survivor, ok := b.merged[t.VolunteerID]; ok {
			t.VolunteerID = survivor
		}
		for part, rest := fitting(t); ; part, rest = fitting(rest) {
			b.add(part)
			if rest.Entries == 0 {
				break
			}
		}
	}
}

// fitting returns what of a total one cell can hold, which counts a few lines and not
// the hundreds that somebody may have entered for one day; and what is left for others.
func fitting(t domain.Total) (part, rest domain.Total) {
	part, rest = t, t
	part.Entries = max(-math.MaxInt8, min(t.Entries, math.MaxInt8))
	part.Services = max(-math.MaxInt8, min(t.Services, math.MaxInt8))
	rest.Minutes, rest.Entries, rest.Services = 0, t.Entries-part.Entries, t.Services-part.Services
	return part, rest
}

func (b *Boards) add(t domain.Total) {
	c := b.number(t)
	b.cells.add(c)
	b.position += int64(c.entries)
	if c.entries == 0 {
		b.changes++
	} else {
		b.meet(c)
	}
	if c.account == serviceAccount && len(b.kept) > 0 {
		b.credit(t, c)
	}
}

// number turns ids into numbers.
func (b *Boards) number(t domain.Total) cell {
	c := cell{
		day:       t.Day,
		volunteer: b.volunteers.of(t.VolunteerID),
		team:      b.teams.of(t.TeamID),
		region:    b.regions.of(t.RegionPath),
		minutes:   int32(t.Minutes),
		entries:   int8(t.Entries),
		services:  int8(t.Services),
		settles:   uint16(t.SettlesOn), // until 2149
		programme: uint16(b.programmes.of(t.ProgrammeID)),
	}
	for i, a := range accounts {
		if a == t.Account {
			c.account = uint8(i)
		}
	}
	if int(c.volunteer) == len(b.people) {
		b.people = append(b.people, person{})
	}
	if int(c.region) == len(b.above) {
		b.above = append(b.above, codes(t.RegionPath))
		for _, code := range codes(t.RegionPath) {
			b.areas.of(code) // boards are made while others read: no code is new then
		}
	}
	return c
}

// meet remembers for the volunteer that there was something new, and the team
// of the latest service; of two on one day the one with the smaller mark, so
// that the order of the lines does not matter.
func (b *Boards) meet(c cell) {
	p := &b.people[c.volunteer]
	p.last = b.position
	if c.account != serviceAccount || c.minutes <= 0 || c.day < p.day {
		return
	}
	if c.day > p.day || b.teams.mark[c.team] < b.teams.mark[p.team] {
		p.day, p.team = c.day, c.team
	}
}

// credit brings the boards on which the line counts up to date.
func (b *Boards) credit(t domain.Total, c cell) {
	scopes := b.scopes(t, c)
	for _, settled := range bases {
		if !c.counts(settled, b.today) {
			continue
		}
		for _, period := range b.periods(c.day) {
			k := Key{Period: period, Settled: settled}
			for _, k.Scope = range scopes {
				for _, k.Subject = range b.subjects {
					if board, ok := b.kept[k]; ok {
						board.services += int64(c.services)
						if n, ok := b.of(&c, k.Subject); ok {
							board.credit(n, int64(c.minutes))
						} else {
							board.total += int64(c.minutes)
						}
					}
				}
			}
		}
	}
}

// periods returns all in which the day lies and for which there may be a board.
func (b *Boards) periods(day domain.Day) []domain.Period {
	periods := make([]domain.Period, 0, len(domain.PeriodKinds)+len(b.spans))
	for _, kind := range domain.PeriodKinds {
		periods = append(periods, domain.PeriodOf(kind, day))
	}
	for span := range b.spans {
		if span.Contains(day) {
			periods = append(periods, span)
		}
	}
	return periods
}

// bases are what a board may show: what is posted, and what of it is settled.
var bases = [...]bool{false, true}

// counts reports whether the cell is on boards of what is posted, or of what is
// settled today.
func (c cell) counts(settled bool, today domain.Day) bool {
	if settled {
		return domain.Day(c.settles) <= today
	}
	return c.entries != 0
}

// Turn says which day it is, for what counts as settled. It costs little while
// the day is the same.
func (b *Boards) Turn(today domain.Day) {
	b.mu.RLock()
	same := b.today == today
	b.mu.RUnlock()
	if same {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.today = today
	for k := range b.kept {
		if k.Settled {
			delete(b.kept, k)
		}
	}
	b.watchAgain()
}

func (b *Boards) scopes(t domain.Total, c cell) []Scope {
	scopes := make([]Scope, 0, 8)
	scopes = append(scopes, Scope{Team, t.TeamID}, Scope{Programme, t.ProgrammeID})
	for _, code := range b.above[c.region] {
		scopes = append(scopes, Scope{Region, code})
	}
	return scopes
}
