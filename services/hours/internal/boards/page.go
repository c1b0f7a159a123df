package boards

import "github.com/qihe-volunteers/qihe/services/hours/internal/domain"

// At says how far a board has counted. All replicas that say the same show the same.
type At struct {
	Position int64      // lines of the ledger
	Changes  int64      // settling changes; with Day of boards of what is settled only
	Day      domain.Day // on which it counts as settled
}

func (b *Boards) at(k Key) At {
	if !k.Settled {
		return At{Position: b.position}
	}
	return At{b.position, b.changes, b.today}
}

// Page is the head of a board.
type Page struct {
	At
	Minutes  int64 // of all subjects together
	Subjects int   // how many have hours here
	Rows     []Row
}

// Row is one line of a board.
type Row struct {
	Rank    int // 1 + how many have strictly more: ties share a rank
	ID      string
	TeamID  string // of a volunteer: the team of the latest service
	Minutes int
}

// Place is where one subject stands.
type Place struct {
	At
	Rank     int // 0 for a subject without hours here
	Minutes  int
	Subjects int
}

// Figure is the sum of a board.
type Figure struct {
	Minutes  int64
	Subjects int64
	Services int64 // 人次
}

// Page returns the first n rows of a board.
func (b *Boards) Page(k Key, n int) Page {
	b.mu.RLock()
	defer b.mu.RUnlock()
	board := b.find(k)
	p := Page{At: b.at(k), Minutes: board.total, Subjects: board.order.length}
	for i, it := range board.order.first(n) {
		rank := i + 1
		if i > 0 && p.Rows[i-1].Minutes == int(it.minutes) {
			rank = p.Rows[i-1].Rank
		}
		p.Rows = append(p.Rows, b.row(k.Subject, it, rank))
	}
	return p
}

// Place returns where the subject of that id stands on a board.
func (b *Boards) Place(k Key, id string) Place {
	b.mu.RLock()
	defer b.mu.RUnlock()
	board := b.find(k)
	p := Place{At: b.at(k), Subjects: board.order.length}
	n, ok := b.numbersOf(k.Subject).number[id]
	if !ok || board.minutes[n] <= 0 {
		return p
	}
	p.Minutes = int(board.minutes[n])
	p.Rank = 1 + board.order.ahead(int32(p.Minutes))
	return p
}

// Around returns up to n rows directly before the subject of that id on a board
// and up to n directly behind, in the board's order; none when it has no hours.
func (b *Boards) Around(k Key, id string, n int) (before, behind []Row) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	board := b.find(k)
	subject, ok := b.numbersOf(k.Subject).number[id]
	if !ok || board.minutes[subject] <= 0 {
		return nil, nil
	}
	ahead, after := board.order.around(board.item(subject), n)
	rows := func(items []item) (rows []Row) {
		for _, it := range items {
			rows = append(rows, b.row(k.Subject, it, 1+board.order.ahead(it.minutes)))
		}
		return rows
	}
	return rows(ahead), rows(after)
}

func (b *Boards) row(s Subject, it item, rank int) Row {
	r := Row{Rank: rank, ID: b.numbersOf(s).text[it.subject], Minutes: int(it.minutes)}
	if s == Volunteers {
		r.TeamID = b.teams.text[b.people[it.subject].team]
	}
	return r
}

// Figures returns the sums of several boards at one position.
func (b *Boards) Figures(keys ...Key) (position int64, figures []Figure) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, k := range keys {
		board := b.find(k)
		figures = append(figures, Figure{Minutes: board.total, Subjects: int64(board.order.length), Services: board.services})
	}
	return b.position, figures
}

// Given returns all minutes of several boards at one position, by id.
func (b *Boards) Given(keys ...Key) (position int64, given []map[string]int64) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, k := range keys {
		board, of := b.find(k), b.numbersOf(k.Subject)
		sum := make(map[string]int64, len(board.minutes))
		for n, minutes := range board.minutes {
			sum[of.text[n]] = minutes
		}
		given = append(given, sum)
	}
	return b.position, given
}

// Drawing is a board's page as it was last drawn: whoever draws keeps it with
// the board, and it is dropped with the board. What Edition means is theirs to
// say: of names, for instance, that may have changed since.
type Drawing struct {
	At
	Edition int64
	Body    []byte
}

// Drawn returns the last drawing of a board if nothing was credited since and
// the edition is the same.
func (b *Boards) Drawn(k Key, edition int64) (Drawing, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	d := b.find(k).drawing.Load()
	if d == nil || d.At != b.at(k) || d.Edition != edition {
		return Drawing{}, false
	}
	return *d, true
}

// KeepDrawing remembers a drawing of a board.
func (b *Boards) KeepDrawing(k Key, d Drawing) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.find(k).drawing.Store(&d)
}
