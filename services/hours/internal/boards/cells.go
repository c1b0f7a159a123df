package boards

import (
	"iter"
	"slices"
)

const cellsInChunk = 1 << 16 // of 28 bytes each

// cells is a list that grows at its end. It lies in chunks: one array of millions
// would be copied each time it is full, and both copies would be in memory.
//
// What was added does not change, and whoever holds a copy of the list may read it
// without any lock while it grows: see replace.
type cells struct {
	chunks [][]cell
}

func (s *cells) add(c cell) {
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last]) == cellsInChunk {
		s.chunks = append(s.chunks, make([]cell, 0, cellsInChunk))
		last++
	}
	s.chunks[last] = append(s.chunks[last], c)
}

func (s *cells) len() int {
	if len(s.chunks) == 0 {
		return 0
	}
	last := len(s.chunks) - 1
	return last*cellsInChunk + len(s.chunks[last])
}

// all yields every cell with its place, in the order in which they were added.
func (s *cells) all() iter.Seq2[uint32, *cell] {
	return func(yield func(uint32, *cell) bool) {
		for n, chunk := range s.chunks {
			for i := range chunk {
				if !yield(uint32(n*cellsInChunk+i), &chunk[i]) {
					return
				}
			}
		}
	}
}

func (s *cells) at(place uint32) *cell { return &s.chunks[place/cellsInChunk][place%cellsInChunk] }

// copy returns the list as it is now, for a pass that is too long to hold a lock.
func (s *cells) copy() cells { return cells{slices.Clone(s.chunks)} }

// replace calls change for the cells that are chosen. Their chunks are new ones
// afterwards: a copy of the list keeps the old.
func (s *cells) replace(chosen func(*cell) bool, change func(*cell)) {
	for n, chunk := range s.chunks {
		fresh := false
		for i := range chunk {
			if !chosen(&chunk[i]) {
				continue
			}
			if !fresh {
				chunk, fresh = append(make([]cell, 0, cap(chunk)), chunk...), true
				s.chunks[n] = chunk
			}
			change(&chunk[i])
		}
	}
}
