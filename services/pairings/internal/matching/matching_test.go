package matching_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/matching"
)

// random makes a problem in which a share of the pairs must not be.
func random(r *rand.Rand, rows, places, dearest int, never float64) []int32 {
	cost := make([]int32, rows*places)
	for i := range cost {
		cost[i] = r.Int32N(int32(dearest) + 1)
		if r.Float64() < never {
			cost[i] = matching.Never
		}
	}
	return cost
}

// every tries all sets of pairs.
func every(rows, places int, cost []int32) (pairs int, total int64) {
	taken := make([]bool, places)
	var try func(row, n int, sum int64)
	try = func(row, n int, sum int64) {
		if row == rows {
			if n > pairs || n == pairs && sum < total {
				pairs, total = n, sum
			}
			return
		}
		try(row+1, n, sum)
		for place := range places {
			if c := cost[row*places+place]; c != matching.Never && !taken[place] {
				taken[place] = true
				try(row+1, n+1, sum+int64(c))
				taken[place] = false
			}
		}
	}
	try(0, 0, 0)
	return pairs, total
}

func TestSolve(t *testing.T) {
	t.Parallel()
	t.Run("of small problems it finds what trying all of them finds", func(t *testing.T) {
		t.Parallel()
		r := rand.New(rand.NewPCG(1, 2))
		for n := range 3000 {
			rows, places := r.IntN(7), r.IntN(7)
			cost := random(r, rows, places, []int{0, 1, 5, 1000}[n%4], []float64{0, 0.2, 0.6, 1}[n/4%4])
			s := matching.Solve(rows, places, cost)
			pairs, total := every(rows, places, cost)
			if s.Pairs != pairs || s.Total != total {
				t.Fatalf("%d × %d %v: %d pairs for %d, want %d for %d", rows, places, cost, s.Pairs, s.Total, pairs, total)
			}
			if err := s.Proved(rows, places, cost); err != nil {
				t.Fatalf("%d × %d %v: %v", rows, places, cost, err)
			}
		}
	})
	t.Run("of large ones its prices prove it", func(t *testing.T) {
		t.Parallel()
		r := rand.New(rand.NewPCG(3, 4))
		for _, size := range [][2]int{{300, 300}, {400, 150}, {150, 400}} {
			for _, never := range []float64{0, 0.5, 0.98} {
				cost := random(r, size[0], size[1], 700, never)
				if err := matching.Solve(size[0], size[1], cost).Proved(size[0], size[1], cost); err != nil {
					t.Errorf("%v with %v: %v", size, never, err)
				}
			}
		}
	})
	t.Run("a worse set is not proved", func(t *testing.T) { // the control
		t.Parallel()
		cost := []int32{1, 5, 5, 1}
		s := matching.Solve(2, 2, cost)
		s.Place[0], s.Place[1], s.Total = 1, 0, 10
		if s.Proved(2, 2, cost) == nil {
			t.Error("it was")
		}
		s = matching.Solve(2, 2, cost)
		s.Place[0], s.Total, s.Pairs = -1, 1, 1
		if s.Proved(2, 2, cost) == nil {
			t.Error("one pair fewer was")
		}
	})
}

// county is a problem as a county has it: few different costs, many alike, which is what
// is hard for this method.
func county(r *rand.Rand, children, places int) []int32 {
	cost := make([]int32, children*places)
	home := func() [2]int { return [2]int{r.IntN(12), r.IntN(30)} } // township and village
	at := make([][2]int, places)
	for i := range at {
		at[i] = home()
	}
	for row := range children {
		here, wants := home(), r.IntN(3)
		for place := range places {
			c := int32(300)
			switch {
			case at[place] == here:
				c = 0
			case at[place][0] == here[0]:
				c = 100
			}
			c += int32(place%2)*80 + int32((row+place)%4)*40
			if wants > 0 && place%7 == wants {
				c = matching.Never
			}
			cost[row*places+place] = c
		}
	}
	return cost
}

// A county's children are matched while an officer waits: 2,000 with 2,000 places, and
// with 4,000, in 10 s, proof included.
func TestSolveInTime(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for _, places := range []int{2000, 4000} {
		for name, cost := range map[string][]int32{"a county": county(r, 2000, places), "at random": random(r, 2000, places, 1_000_000, 0.1)} {
			began := time.Now()
			s := matching.Solve(2000, places, cost)
			solved := time.Since(began)
			if err := s.Proved(2000, places, cost); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			all := time.Since(began)
			t.Logf("%s, 2000 × %d: %v, proved %v, %d pairs for %d", name, places, solved, all, s.Pairs, s.Total)
			if all > 10*time.Second && !raced {
				t.Errorf("%s, 2000 × %d took %v", name, places, all)
			}
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, places := range []int{2000, 4000} {
		b.Run(fmt.Sprintf("2000x%d", places), func(b *testing.B) {
			cost := county(rand.New(rand.NewPCG(7, 8)), 2000, places)
			b.ReportAllocs()
			for b.Loop() {
				matching.Solve(2000, places, cost)
			}
		})
	}
}
