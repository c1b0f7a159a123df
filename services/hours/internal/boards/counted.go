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

// Sums returns all that is counted, for comparison with the ledger: the lines,
// and what changes their settling. Entries of the latter are changes.
func (b *Boards) Sums() (lines, changes map[domain.Sum]domain.Total) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	lines, changes = make(map[domain.Sum]domain.Total, b.cells.len()), map[domain.Sum]domain.Total{}
	for _, c := range b.cells.all() {
		sum := domain.Sum{
			VolunteerID: b.volunteers.text[c.volunteer], Day: c.day, TeamID: b.teams.text[c.team],
			ProgrammeID: b.programmes.text[c.programme], RegionPath: b.regions.text[c.region], Account: accounts[c.account], SettlesOn: domain.Day(c.settles),
		}
		in, n := lines, int(c.entries)
		if n == 0 {
			in, n = changes, 1
		}
		t := in[sum]
		in[sum] = domain.Total{Sum: sum, Minutes: t.Minutes + int(c.minutes), Entries: t.Entries + n, Services: t.Services + int(c.services)}
	}
	return lines, changes
}

// LastTeam returns the team for which the volunteer gave the latest service; empty: none.
func (b *Boards) LastTeam(volunteerID string) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	n, ok := b.volunteers.number[volunteerID]
	if !ok || b.people[n].day == 0 {
		return ""
	}
	return b.teams.text[b.people[n].team]
}
