package postgres

import (
	"errors"
	"net"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What two servers say of themselves, round after round, and who is the primary
// after each.
func TestJudge(t *testing.T) {
	t.Parallel()
	primary := func(timeline int64) *state { return &state{Timeline: timeline} }
	standby := &state{Standby: true}
	const nobody, left, right = "nobody", "left", "right"
	type round struct {
		left, right *state // nil: it says nothing
		want        string
	}
	for name, rounds := range map[string][]round{
		"the one that says so":                              {{primary(1), standby, left}, {primary(1), standby, left}},
		"in any place":                                      {{standby, primary(1), right}},
		"nobody, while none answers":                        {{nil, nil, nobody}},
		"nobody, while both are standbys":                   {{standby, standby, nobody}},
		"whoever was it, while it says nothing":             {{primary(1), standby, left}, {nil, standby, left}, {nil, nil, left}},
		"whoever was promoted, while the former is away":    {{primary(1), standby, left}, {nil, primary(2), right}},
		"whoever was promoted, while the former claims too": {{primary(1), standby, left}, {primary(1), primary(2), right}},
		"in any place, when both claim":                     {{standby, primary(1), right}, {primary(2), primary(1), left}},
		"never again who is of an older timeline":           {{primary(1), standby, left}, {nil, primary(2), right}, {primary(1), nil, right}},
		"nobody rather than one of an older timeline":       {{nil, primary(2), right}, {primary(1), standby, nobody}},
		"nobody, when it has become a standby":              {{primary(1), nil, left}, {standby, nil, nobody}, {standby, primary(2), right}},
		"the former, when it is promoted again":             {{nil, primary(2), right}, {primary(3), standby, left}},
		"who was it, when both claim on one timeline":       {{standby, primary(1), right}, {primary(1), primary(1), right}, {primary(1), nil, right}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pair{sides: []*side{{}, {}}, lines: map[*line]*side{}}
			for n, r := range rounds {
				lines := [2]*line{}
				for i := range lines { // a connection to whichever is the primary by now
					lines[i] = pipe(t)
					p.lines[lines[i]] = p.sides[i]
				}
				p.judge([]*state{r.left, r.right})
				got := map[*side]string{nil: nobody, p.sides[0]: left, p.sides[1]: right}[p.primary]
				if got != r.want {
					t.Errorf("round %d: %s, want %s", n+1, got, r.want)
				}
				open := []bool{isOpen(lines[0]), isOpen(lines[1])}
				if diff := cmp.Diff([]bool{got == left, got == right}, open); diff != "" {
					t.Errorf("round %d: open connections (-want +got):\n%s", n+1, diff)
				}
			}
		})
	}
}

// A connection that was asked for before a switch and is there after it is refused.
func TestLateConnection(t *testing.T) {
	t.Parallel()
	p := &pair{sides: []*side{{}, {}}, lines: map[*line]*side{}}
	p.judge([]*state{{Timeline: 1}, {Standby: true}})
	if err := p.add(pipe(t), p.sides[0]); err != nil {
		t.Errorf("control: the primary is refused: %v", err)
	}
	p.judge([]*state{{Timeline: 1}, {Timeline: 2}})
	if err := p.add(pipe(t), p.sides[0]); !errors.Is(err, errNoPrimary) {
		t.Errorf("a connection to who was the primary: %v", err)
	}
	if len(p.lines) != 1 {
		t.Errorf("%d connections are known", len(p.lines))
	}
}

// On how many servers what is committed is.
func TestCopies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		primary, other *state
		want           int
	}{
		"two, when commits wait and it has all":       {&state{Timeline: 1, Waits: true, Position: 200}, &state{Standby: true, Position: 100}, 2},
		"one, when it has not what was written":       {&state{Timeline: 1, Waits: true, Position: 200}, &state{Standby: true, Position: 99}, 1},
		"one, when commits do not wait for it":        {&state{Timeline: 1, Position: 200}, &state{Standby: true, Position: 200}, 1},
		"one, when it is away":                        {&state{Timeline: 1, Waits: true, Position: 200}, nil, 1},
		"one, when it claims to be the primary":       {&state{Timeline: 2, Waits: true, Position: 200}, &state{Timeline: 1, Position: 200}, 1},
		"one, when there is a standby and no primary": {nil, &state{Standby: true, Position: 200}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pair{sides: []*side{{}, {}}, lines: map[*line]*side{}, written: 100}
			p.judge([]*state{c.primary, c.other})
			if p.copies != c.want {
				t.Errorf("%d, want %d", p.copies, c.want)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][]string{
		"postgres://one/db":                                     {"postgres://one/db"},
		"postgres://one/db,postgres://two/db":                   {"postgres://one/db", "postgres://two/db"},
		"postgresql://one/db, postgresql://two/db":              {"postgresql://one/db", "postgresql://two/db"},
		"postgres://me:a,b@one/db,postgres://me:a,b@two/db?x=1": {"postgres://me:a,b@one/db", "postgres://me:a,b@two/db?x=1"},
	} {
		if diff := cmp.Diff(want, Split(address)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
}

func pipe(t *testing.T) *line {
	t.Helper()
	ours, theirs := net.Pipe()
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	go func() {
		for buffer := make([]byte, 1); ; {
			if _, err := theirs.Read(buffer); err != nil {
				return
			}
		}
	}()
	return &line{Conn: ours}
}

func isOpen(l *line) bool {
	_, err := l.Conn.Write([]byte{0})
	return err == nil
}
