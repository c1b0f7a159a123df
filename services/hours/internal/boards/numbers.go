package boards

import (
	"hash/fnv"
	"strings"
)

// numbers gives ids small numbers in the order in which they turn up.
type numbers struct {
	number map[string]uint32
	text   []string
	mark   []uint64 // a fixed mark made of the id: a tie's order that every replica agrees on
}

func (n *numbers) of(id string) uint32 {
	if number, ok := n.number[id]; ok {
		return number
	}
	if n.number == nil {
		n.number = map[string]uint32{}
	}
	number := uint32(len(n.text))
	id = strings.Clone(id) // it may be part of a larger text, which would stay in memory with it
	n.number[id] = number
	n.text = append(n.text, id)
	n.mark = append(n.mark, markOf(id))
	return number
}

func markOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	return h.Sum64()
}

// codes returns the codes in a region path such as "4106/410621/".
func codes(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}
