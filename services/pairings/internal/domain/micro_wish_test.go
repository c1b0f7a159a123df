package domain_test

import (
	"math/rand/v2"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
)

func TestIdentifies(t *testing.T) {
	t.Parallel()
	known := []string{"王小明", "13900005678", "码头村东头第三排 9 号", "张红", "410621201603010014", "屯子镇中心小学"}
	for _, says := range []string{
		"王小明想要一双棉鞋", "小明想要一双棉鞋", "王 小 明想要棉鞋", "请打 1390 000 5678", "送到东头第三排就行", "给中心小学的孩子买书", "送到码头村", "请打一三九零零零零五六七八",
		"给十岁孩子的书", "三年级的字典", "9 月 12 日的蛋糕", "留守孩子想要球鞋",
	} {
		if !domain.Identifies(says, known) {
			t.Errorf("%q says who it is", says)
		}
	}
	for _, plain := range []string{"想要一双 36 码的棉鞋", "一盒 24 色的彩笔", "一本小学生字典", "冬天的厚被子一床"} {
		if domain.Identifies(plain, known) {
			t.Errorf("%q says nothing of who it is", plain)
		}
	}
}

// Nothing small is shown, and nothing small can be counted back: what is not shown by
// name is two places or more, and five or more together.
func TestPublicCells(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	places := []string{"a", "b", "c", "d", "e", "f"}
	leaks := func(show func(map[string]int) []domain.Cell) (n int) {
		for range 20_000 {
			counts, total := map[string]int{}, 0
			for _, p := range places {
				counts[p] = random.IntN(14)
				total += counts[p]
			}
			cells := show(counts)
			sum, others := 0, 0
			hidden := map[string]bool{}
			for p, c := range counts {
				hidden[p] = c > 0
			}
			for _, c := range cells {
				if c.N < domain.LeastCell {
					n++
				}
				if sum += c.N; c.Name != "" {
					hidden[c.Name] = false
				} else {
					others = c.N
				}
			}
			left := 0
			for _, h := range hidden {
				if h {
					left++
				}
			}
			// Who knows the total knows total-sum+others of those that are not named.
			if rest := total - sum + others; left == 1 || left > 0 && rest < domain.LeastCell && len(cells) > 0 {
				if left == 1 && len(cells) == 0 {
					continue // all there is, and nothing of it is shown
				}
				n++
			}
		}
		return n
	}
	if n := leaks(domain.PublicCells); n != 0 {
		t.Errorf("%d small numbers can be read or counted back", n)
	}
	naive := func(counts map[string]int) (cells []domain.Cell) { // control: leaving small ones out is not enough
		for p, c := range counts {
			if c >= domain.LeastCell {
				cells = append(cells, domain.Cell{Name: p, N: c})
			}
		}
		return cells
	}
	if leaks(naive) == 0 {
		t.Error("the control leaks nothing")
	}
}
