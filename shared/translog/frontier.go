package translog

import "golang.org/x/mod/sumdb/tlog"

// Frontier computes roots while leaves go by, as a verifier does that has no
// tree: it keeps one hash for each full subtree on the right edge. The zero
// Frontier is empty.
type Frontier struct {
	size  int64
	edges []Hash // of the largest subtree first
}

// Add adds the next leaf, by its hash.
func (f *Frontier) Add(leaf Hash) {
	f.edges = append(f.edges, leaf)
	for n := f.size; n&1 == 1; n >>= 1 { // two subtrees of one size become one
		last := len(f.edges) - 1
		f.edges = append(f.edges[:last-1], tlog.NodeHash(f.edges[last-1], f.edges[last]))
	}
	f.size++
}

// Size returns how many leaves were added.
func (f *Frontier) Size() int64 { return f.size }

// Root returns the root of all that was added.
func (f *Frontier) Root() Hash {
	if f.size == 0 {
		root, _ := tlog.TreeHash(0, nil) // of nothing: SHA-256 of no bytes
		return root
	}
	root := f.edges[len(f.edges)-1]
	for i := len(f.edges) - 2; i >= 0; i-- {
		root = tlog.NodeHash(f.edges[i], root)
	}
	return root
}
