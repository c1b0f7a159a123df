package boards

import (
	"sync"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// lastCensus is what was summed last. It is right until a line is counted or two records become one.
type lastCensus struct {
	mu       sync.Mutex
	region   string
	position int64
	mergers  int
	censuses []domain.Census
}

// Census sums what was given in a region in each month, each year and all the time, by the
// divisions directly below it; nobody waits meanwhile. It returns as of which position that is.
// When nothing has changed, it is the same as before: only to be read.
func (b *Boards) Census(region string) (position int64, censuses []domain.Census) {
	b.census.mu.Lock()
	defer b.census.mu.Unlock()
	p := b.pass(Question{Region: region})
	if last := &b.census; last.censuses == nil || last.region != region || last.position != p.at.Position || last.mergers != p.mergers {
		last.region, last.position, last.mergers, last.censuses = region, p.at.Position, p.mergers, count(p)
	}
	return b.census.position, b.census.censuses
}

// count sums by one pass over the cells.
func count(p pass) []domain.Census {
	type place struct {
		month domain.Day // its first
		part  int
	}
	chosen := map[place][]uint32{} // places of cells
	var day, month domain.Day      // most cells are of the same day as the one before
	for i, c := range p.cells.all() {
		part := p.part[c.region]
		if part < 0 || c.account != serviceAccount || !c.counts(false, p.today) {
			continue
		}
		if c.day != day {
			day, month = c.day, c.day.FirstOfMonth(0)
		}
		chosen[place{month, part}] = append(chosen[place{month, part}], i)
	}
	lists := map[domain.Period]map[int][][]uint32{}
	for at, places := range chosen {
		for _, period := range []domain.Period{{Kind: domain.Month, Start: at.month}, domain.PeriodOf(domain.Year, at.month), {Kind: domain.AllTime}} {
			if lists[period] == nil {
				lists[period] = map[int][][]uint32{}
			}
			lists[period][at.part] = append(lists[period][at.part], places)
		}
	}
	one, censuses := p.tally(), make([]domain.Census, 0, len(lists))
	for period, parts := range lists {
		census := domain.Census{Period: period, Parts: map[string]domain.Figures{}}
		var whole [][]uint32
		for part, places := range parts {
			census.Parts[p.names[part]] = p.sum(&one, places...)
			whole = append(whole, places...)
		}
		census.Whole = p.sum(&one, whole...)
		censuses = append(censuses, census)
	}
	return censuses
}
