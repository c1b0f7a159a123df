package boards

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// A census that is asked for again is not counted again, unless a line was
// counted, two records became one, or it is another region's: then it is what who counts everything anew has.
func TestCensus(t *testing.T) {
	t.Parallel()
	b := New()
	var lines []domain.Total
	merged := map[string]string{}
	apply := func(more ...domain.Total) func() { return func() { lines = append(lines, more...); b.Apply(more) } }
	merge := func(gone, survivor string) func() { return func() { merged[gone] = survivor; b.Merge(gone, survivor) } }
	const city, county = "4106", "410611"
	var before []domain.Census
	for _, step := range []struct {
		name   string
		do     func()
		region string
		again  bool
	}{
		{"nobody has served", func() {}, city, false},
		{"two serve", apply(line("a", "t", "4106/410611/", 20000, 60), line("b", "t", "4106/410622/", 20000, 30)), city, false},
		{"nothing happens", func() {}, city, true},
		{"one is another's second record", merge("b", "a"), city, false},
		{"it is said again", merge("b", "a"), city, true},
		{"a county is asked for", func() {}, county, false},
		{"the city again", func() {}, city, false},
		{"a correction", apply(line("a", "t", "4106/410611/", 20000, -60)), city, false},
	} {
		step.do()
		position, got := b.Census(step.region)
		if again := len(before) > 0 && len(got) > 0 && &before[0] == &got[0]; again != step.again {
			t.Errorf("%s: the same as before: %t", step.name, again)
		}
		before = got
		anew := New()
		anew.Apply(lines)
		for gone, survivor := range merged {
			anew.Merge(gone, survivor)
		}
		wantPosition, want := anew.Census(step.region)
		if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(x, y domain.Census) bool { return x.Period.String() < y.Period.String() })); diff != "" || position != wantPosition {
			t.Errorf("%s, at %d, want %d:\n%s", step.name, position, wantPosition, diff)
		}
	}
}
