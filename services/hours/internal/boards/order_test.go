package boards

import (
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The model is a sorted slice. Few different minutes make many ties, and a
// start of up to 2,000 items makes chunks split and vanish.
func TestOrder(t *testing.T) {
	t.Parallel()
	t.Run("agrees with a sorted slice through any insertions and removals", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			model := givenItems(rapid.IntRange(0, 2000).Draw(t, "start"), rapid.Uint64().Draw(t, "seed"))
			o := newOrder(slices.Clone(model))
			next := uint32(len(model))
			add := func(it item) {
				o.insert(it)
				i, _ := slices.BinarySearchFunc(model, it, compareItems)
				model = slices.Insert(model, i, it)
			}
			t.Repeat(map[string]func(*rapid.T){
				"insert": func(t *rapid.T) {
					next++
					add(item{minutes: rapid.Int32Range(1, 60).Draw(t, "minutes"), subject: next, mark: uint64(next * 2654435761)})
				},
				"insert many alike": func(t *rapid.T) {
					minutes := rapid.Int32Range(1, 60).Draw(t, "minutes")
					for range 300 {
						next++
						add(item{minutes: minutes, subject: next, mark: uint64(next * 2654435761)})
					}
				},
				"remove": func(t *rapid.T) {
					for range min(rapid.IntRange(1, 400).Draw(t, "n"), len(model)) {
						i := rapid.IntRange(0, len(model)-1).Draw(t, "i")
						o.remove(model[i])
						model = slices.Delete(model, i, i+1)
					}
				},
				"": func(t *rapid.T) { sameOrder(t, o, model) },
			})
		})
	})
}

func givenItems(n int, seed uint64) []item {
	r := rand.New(rand.NewPCG(seed, 1))
	items := make([]item, n)
	for i := range items {
		items[i] = item{minutes: r.Int32N(60) + 1, subject: uint32(i), mark: r.Uint64()}
	}
	slices.SortFunc(items, compareItems)
	return items
}

func sameOrder(t *rapid.T, o *order, model []item) {
	if got := o.first(len(model) + 1); !slices.Equal(got, model) {
		t.Fatal(cmp.Diff(model, got, cmp.AllowUnexported(item{})))
	}
	if o.length != len(model) {
		t.Fatalf("length = %d, want %d", o.length, len(model))
	}
	for i, it := range model {
		if i%97 != 0 {
			continue
		}
		before, after := o.around(it, 3)
		if !slices.Equal(before, model[max(0, i-3):i]) || !slices.Equal(after, model[i+1:min(i+4, len(model))]) {
			t.Fatalf("around place %d: %v and %v", i, before, after)
		}
	}
	for minutes := range int32(62) {
		want := sort.Search(len(model), func(i int) bool { return model[i].minutes <= minutes })
		if got := o.ahead(minutes); got != want {
			t.Fatalf("ahead(%d) = %d, want %d", minutes, got, want)
		}
	}
}
