// Package matching finds the best set of pairs: which of the children who wait goes with
// which place at a companion parent, so that as many as possible have somebody and, among
// all such sets, the costs together are least. Costs and who may not be paired are told by
// the caller; the package knows nothing of children.
//
// It is the assignment problem, solved by shortest augmenting paths (Jonker and Volgenant
// 1987, in the rectangular form of Crouse 2016), O(n²m) at worst. Beside the pairs it
// returns prices that prove them best: a price u for each row and v ≤ 0 for each place,
// with u + v ≤ cost everywhere and = cost where a pair is; a place without a pair has the
// price 0. By weak duality no set is cheaper than all prices together, and this one
// costs exactly that. Proved checks it, without trust in how the pairs were found.
package matching

import "fmt"

// Never is the cost of a pair that must not be.
const Never = int32(-1)

// Solution is a best set of pairs with its proof.
type Solution struct {
	Place []int // of each row; -1: none
	Total int64 // cost of all pairs
	Pairs int

	u, v []int64
}

// problem is what is solved: Never and missing places cost more than all pairs together,
// so that one pair more is always worth it.
type problem struct {
	rows, places, columns int
	cost                  []int32 // rows × places
	beyond                int64   // the cost of no pair
}

func (p *problem) at(row, column int) int64 {
	if column >= p.places {
		return p.beyond
	}
	if c := p.cost[row*p.places+column]; c != Never {
		return int64(c)
	}
	return p.beyond
}

func newProblem(rows, places int, cost []int32) *problem {
	dearest := int32(0)
	for _, c := range cost {
		dearest = max(dearest, c)
	}
	return &problem{rows: rows, places: places, columns: max(rows, places), cost: cost, beyond: (int64(dearest) + 1) * int64(rows+1)}
}

// Solve returns a best set of pairs of rows and places. cost has rows × places numbers, row
// by row, none below 0 but Never.
func Solve(rows, places int, cost []int32) Solution {
	p := newProblem(rows, places, cost)
	s := &search{
		problem: p, u: make([]int64, p.rows), v: make([]int64, p.columns), of: filled(p.rows), at: filled(p.columns),
		short: make([]int64, p.columns), from: make([]int, p.columns), open: make([]int, 0, p.columns), inTree: make([]bool, p.columns),
	}
	for row := range p.rows {
		s.augment(row)
	}
	out := Solution{Place: s.of, u: s.u, v: s.v}
	for row, column := range s.of {
		if column >= places || cost[row*places+column] == Never {
			out.Place[row] = -1
			continue
		}
		out.Pairs++
		out.Total += int64(cost[row*places+column])
	}
	return out
}

// search is a solution that grows by one row at a time.
type search struct {
	*problem
	u, v   []int64
	of, at []int // the column of a row, the row of a column; -1: none

	short  []int64 // how far each column is from the row that is being added
	from   []int   // the row before it on that way
	open   []int   // columns that are not in the tree yet
	inTree []bool
}

const far = int64(1) << 62

// augment gives a row a column, moving others along the shortest way.
func (s *search) augment(added int) {
	s.open = s.open[:0]
	for column := range s.columns {
		s.short[column], s.inTree[column] = far, false
		s.open = append(s.open, column)
	}
	row, least, sink := added, int64(0), -1
	tree := []int{added} // rows
	for sink < 0 {
		row, least, sink = s.nearest(row, least)
		if sink < 0 {
			tree = append(tree, row)
		}
	}
	s.u[added] += least
	for _, one := range tree[1:] {
		s.u[one] += least - s.short[s.of[one]]
	}
	for column, in := range s.inTree {
		if in {
			s.v[column] -= least - s.short[column]
		}
	}
	for column := sink; ; {
		row := s.from[column]
		s.at[column] = row
		s.of[row], column = column, s.of[row]
		if row == added {
			return
		}
	}
}

// nearest takes the nearest open column into the tree, seen from a row at a distance, and
// returns its row, or the column itself as the sink when it has none.
func (s *search) nearest(row int, least int64) (next int, distance int64, sink int) {
	base := least - s.u[row]
	lowest, index := far, -1
	line := s.cost[row*s.places : row*s.places+s.places]
	for i, column := range s.open {
		c := s.beyond
		if column < s.places && line[column] != Never {
			c = int64(line[column])
		}
		if d := base + c - s.v[column]; d < s.short[column] {
			s.short[column], s.from[column] = d, row
		}
		if d := s.short[column]; d < lowest || d == lowest && s.at[column] < 0 && s.at[s.open[index]] >= 0 {
			lowest, index = d, i
		}
	}
	column := s.open[index]
	s.open[index] = s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.inTree[column] = true
	if s.at[column] < 0 {
		return 0, lowest, column
	}
	return s.at[column], lowest, -1
}

func filled(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = -1
	}
	return all
}

// Proved returns nil if the pairs are a best set: see the top of the package. It takes
// rows × places steps.
func (s Solution) Proved(rows, places int, cost []int32) error {
	p := newProblem(rows, places, cost)
	if len(s.u) != p.rows || len(s.v) != p.columns || len(s.Place) != rows {
		return fmt.Errorf("a proof of %d × %d for %d × %d", len(s.u), len(s.v), p.rows, p.columns)
	}
	prices, paid, taken := int64(0), s.Total, make(map[int]bool, rows)
	for row, place := range s.Place {
		if place < 0 {
			paid += p.beyond
			continue
		}
		if taken[place] || p.at(row, place) == p.beyond {
			return fmt.Errorf("row %d has place %d, which it cannot have", row, place)
		}
		taken[place] = true
	}
	for row, u := range s.u {
		prices += u
		for column, v := range s.v {
			if v > 0 || u+v > p.at(row, column) {
				return fmt.Errorf("the prices of row %d and column %d are too high", row, column)
			}
		}
	}
	for _, v := range s.v {
		prices += v
	}
	if prices != paid {
		return fmt.Errorf("the pairs cost %d, and the prices show %d", paid, prices)
	}
	return nil
}
