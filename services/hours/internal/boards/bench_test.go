package boards

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// BenchmarkBoards shows how the cost of a line, a rank, a page and a fresh
// board grow with the number of volunteers, each with ten lines.
func BenchmarkBoards(b *testing.B) {
	for _, volunteers := range []int{20_000, 200_000, 1_000_000} {
		all := givenCity(volunteers)
		k := cityBoard(Volunteers)
		k.Period = domain.Period{Kind: domain.AllTime}
		all.Page(k, 50)
		r := rand.New(rand.NewPCG(1, 1))
		run := func(name string, f func()) {
			b.Run(fmt.Sprintf("%s/%d", name, volunteers), func(b *testing.B) {
				for b.Loop() {
					f()
				}
			})
		}
		run("line", func() { all.Apply([]domain.Total{someLine(r, volunteers)}) })
		run("rank", func() { all.Place(k, volunteerID(r.IntN(volunteers))) })
		run("page", func() { all.Page(k, 50) })
		run("census", func() { all.Apply([]domain.Total{someLine(r, volunteers)}); all.Census("4106") })
		run("census again", func() { all.Census("4106") })
		run("fresh board", func() { all.Sweep(); all.Sweep(); all.Page(k, 50) })
	}
}

func givenCity(volunteers int) *Boards {
	all, r := New(), rand.New(rand.NewPCG(1, 2))
	for range 10 * volunteers / 1000 {
		lines := make([]domain.Total, 1000)
		for i := range lines {
			lines[i] = someLine(r, volunteers)
		}
		all.Apply(lines)
	}
	return all
}

func someLine(r *rand.Rand, volunteers int) domain.Total {
	return given(func(t *domain.Total) {
		t.VolunteerID, t.TeamID = volunteerID(r.IntN(volunteers)), fmt.Sprintf("01936000-0000-7000-9000-%012d", r.IntN(1676))
		t.Day, t.Minutes = someDay-domain.Day(r.IntN(700)), 30*(1+r.IntN(8))
	})
}

func volunteerID(n int) string { return fmt.Sprintf("01936000-0000-7000-8000-%012d", n) }
