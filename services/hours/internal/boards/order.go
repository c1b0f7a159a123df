package boards

import (
	"cmp"
	"slices"
	"sort"
)

// order keeps the subjects of one board sorted, most minutes first, and knows
// the rank of any of them.
//
// The items lie in chunks of at most 512, so that an insertion moves little,
// and a Fenwick tree over the chunks' sizes counts the items before a chunk.
// Finding, moving and ranking take O(log n) steps; splitting a chunk rebuilds
// the tree, once in 256 insertions there.
type order struct {
	chunks [][]item
	sizes  []int // Fenwick tree: sizes[i] is the sum over chunks (i − lowbit(i), i]
	length int
}

const chunkSize = 512

// item is a subject with its minutes. Subjects with the same minutes are in
// the order of their marks, which is arbitrary and the same everywhere.
type item struct {
	minutes int32
	subject uint32
	mark    uint64
}

func compareItems(a, b item) int {
	return cmp.Or(cmp.Compare(b.minutes, a.minutes), cmp.Compare(a.mark, b.mark), cmp.Compare(a.subject, b.subject))
}

// newOrder takes ownership of items and sorts them.
func newOrder(items []item) *order {
	slices.SortFunc(items, compareItems)
	o := &order{length: len(items)}
	for part := range slices.Chunk(items, chunkSize/2) {
		o.chunks = append(o.chunks, slices.Clone(part))
	}
	o.recount()
	return o
}

// insert adds an item that is not there yet.
func (o *order) insert(it item) {
	c := min(o.chunkOf(it), len(o.chunks)-1)
	if c < 0 {
		o.chunks = [][]item{{it}}
		o.length = 1
		o.recount()
		return
	}
	i, _ := slices.BinarySearchFunc(o.chunks[c], it, compareItems)
	o.chunks[c] = slices.Insert(o.chunks[c], i, it)
	o.length++
	if len(o.chunks[c]) <= chunkSize {
		o.count(c, 1)
		return
	}
	half := slices.Clone(o.chunks[c][chunkSize/2:])
	o.chunks[c] = slices.Clip(o.chunks[c][:chunkSize/2])
	o.chunks = slices.Insert(o.chunks, c+1, half)
	o.recount()
}

// remove takes an item out.
func (o *order) remove(it item) {
	c := o.chunkOf(it)
	i, _ := slices.BinarySearchFunc(o.chunks[c], it, compareItems)
	o.chunks[c] = slices.Delete(o.chunks[c], i, i+1)
	o.length--
	if len(o.chunks[c]) > 0 {
		o.count(c, -1)
		return
	}
	o.chunks = slices.Delete(o.chunks, c, c+1)
	o.recount()
}

// ahead returns how many items have strictly more minutes.
func (o *order) ahead(minutes int32) int {
	c := sort.Search(len(o.chunks), func(c int) bool { return last(o.chunks[c]).minutes <= minutes })
	if c == len(o.chunks) {
		return o.length
	}
	chunk := o.chunks[c]
	return o.before(c) + sort.Search(len(chunk), func(i int) bool { return chunk[i].minutes <= minutes })
}

// first returns the n items with the most minutes, or all.
func (o *order) first(n int) []item {
	var items []item
	for _, chunk := range o.chunks {
		if len(items) >= n {
			break
		}
		items = append(items, chunk[:min(len(chunk), n-len(items))]...)
	}
	return items
}

// around returns up to n items before one that is there and up to n after it, each
// in their order.
func (o *order) around(it item, n int) (before, after []item) {
	c := o.chunkOf(it)
	i, _ := slices.BinarySearchFunc(o.chunks[c], it, compareItems)
	before, after = o.chunks[c][max(0, i-n):i:i], o.chunks[c][i+1:min(i+1+n, len(o.chunks[c]))]
	for b := c - 1; b >= 0 && len(before) < n; b-- {
		chunk := o.chunks[b]
		before = slices.Concat(chunk[max(0, len(chunk)-n+len(before)):], before)
	}
	for a := c + 1; a < len(o.chunks) && len(after) < n; a++ {
		chunk := o.chunks[a]
		after = slices.Concat(after, chunk[:min(len(chunk), n-len(after))])
	}
	return slices.Clone(before), slices.Clone(after)
}

// chunkOf returns the chunk that holds the item or would hold it; one more than
// the last when it comes after all.
func (o *order) chunkOf(it item) int {
	return sort.Search(len(o.chunks), func(c int) bool { return compareItems(last(o.chunks[c]), it) >= 0 })
}

func last(chunk []item) item { return chunk[len(chunk)-1] }

func (o *order) recount() {
	o.sizes = make([]int, len(o.chunks)+1)
	for c, chunk := range o.chunks {
		o.count(c, len(chunk))
	}
}

func (o *order) count(chunk, change int) {
	for i := chunk + 1; i < len(o.sizes); i += i & -i {
		o.sizes[i] += change
	}
}

// before returns how many items are in the chunks before this one.
func (o *order) before(chunk int) int {
	sum := 0
	for i := chunk; i > 0; i -= i & -i {
		sum += o.sizes[i]
	}
	return sum
}
