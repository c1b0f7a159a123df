package boards

import (
	"maps"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// Merge counts all that goneID ever gave as survivorID's, now and from now on,
// by one pass over the cells. Merging the same again changes nothing.
func (b *Boards) Merge(goneID, survivorID string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.merged[goneID] == survivorID || goneID == survivorID {
		return
	}
	counted := b.merged[goneID] // whose it was until now, if it is passed on
	b.merged[goneID] = survivorID
	gone, known := b.volunteers.number[goneID]
	if !known || counted != "" {
		return // nothing is counted, or it is the former survivor's, who is merged too
	}
	survivor := b.volunteers.of(survivorID)
	if int(survivor) == len(b.people) {
		b.people = append(b.people, person{})
	}
	b.cells.replace(func(c *cell) bool { return c.volunteer == gone }, func(c *cell) {
		if c.account == serviceAccount {
			b.shift(*c, gone, survivor)
		}
		c.volunteer = survivor
		if c.entries != 0 {
			b.meet(*c)
		}
	})
	b.people[survivor].last = max(b.people[survivor].last, b.people[gone].last)
}

// shift moves a cell's minutes from one volunteer to another on every board.
func (b *Boards) shift(c cell, gone, survivor uint32) {
	t := domain.Total{Sum: domain.Sum{TeamID: b.teams.text[c.team], ProgrammeID: b.programmes.text[c.programme]}}
	scopes := b.scopes(t, c)
	for _, period := range b.periods(c.day) {
		k := Key{Subject: Volunteers, Period: period}
		for _, k.Scope = range scopes {
			for _, k.Settled = range bases {
				if board, ok := b.kept[k]; ok && c.counts(k.Settled, b.today) {
					board.credit(gone, -int64(c.minutes))
					board.credit(survivor, int64(c.minutes))
				}
			}
		}
	}
}

// Merged returns whose record every merged one is part of.
func (b *Boards) Merged() map[string]string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return maps.Clone(b.merged)
}
