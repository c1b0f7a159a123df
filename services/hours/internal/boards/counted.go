package boards

import "github.com/qihe-volunteers/qihe/services/hours/internal/domain"

// Position returns how many lines of the ledger are counted.
func (b *Boards) Position() int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.position
}

// Last returns the position and the one at which the volunteer's newest line was counted.
func (b *Boards) Last(volunteerID string) (position, last int64) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if n, ok := b.volunteers.number[volunteerID]; ok {
		last = b.people[n].last
	}
	return b.position, last
}

// Sums returns all that is counted, for comparison with the ledger.
func (b *Boards) Sums() map[domain.Sum]domain.Total {
	b.mu.RLock()
	defer b.mu.RUnlock()
	sums := make(map[domain.Sum]domain.Total, len(b.cells))
	for _, c := range b.cells {
		sum := domain.Sum{
			VolunteerID: b.volunteers.text[c.volunteer], Day: c.day, TeamID: b.teams.text[c.team],
			ProgrammeID: b.programmes.text[c.programme], RegionPath: b.regions.text[c.region], Account: accounts[c.account], SettlesOn: domain.Day(c.settles),
		}
		t := sums[sum]
		t.Sum, t.Minutes, t.Entries = sum, t.Minutes+int(c.minutes), t.Entries+int(c.entries)
		sums[sum] = t
	}
	return sums
}
