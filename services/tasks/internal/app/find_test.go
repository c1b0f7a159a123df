package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
)

func TestListShifts(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	at := func(title, place string, latitude, longitude float64) {
		w.givenShift(func(n *app.NewTask) {
			n.Details.Title, n.Details.Place, n.Details.Latitude, n.Details.Longitude = title, place, latitude, longitude
		})
	}
	at("淇河岸边捡拾垃圾", "淇水湾东门", 35.7500, 114.3000)
	at("重阳敬老饺子宴", "兰庄村幸福院", 35.7700, 114.3000) // 2.2 km further north
	at("读书会", "浚县图书馆", 35.6700, 114.5500)      // another town
	at("义诊", "桂鹤社区", 0, 0)                     // nobody said where

	find := func(f domain.ListingFilter) []string {
		f.Limit = 10
		found, err := w.ListShifts(w.as(w.leader), f)
		w.must(err)
		titles := []string{}
		for _, s := range found {
			titles = append(titles, s.Title)
		}
		return titles
	}
	near := func(metres int) domain.ListingFilter {
		return domain.ListingFilter{Near: domain.Circle{Latitude: 35.7500, Longitude: 114.3000, Metres: metres}}
	}
	words := func(typed string) domain.ListingFilter {
		return domain.ListingFilter{Words: pinyin.Parse(typed)}
	}
	for name, c := range map[string]struct {
		f    domain.ListingFilter
		want []string
	}{
		"within a kilometre":                   {near(1000), []string{"淇河岸边捡拾垃圾"}},
		"within three, nobody without a place": {near(3000), []string{"淇河岸边捡拾垃圾", "重阳敬老饺子宴"}},
		"the corner of the box is outside":     {domain.ListingFilter{Near: domain.Circle{Latitude: 35.7640, Longitude: 114.3170, Metres: 2000}}, []string{"重阳敬老饺子宴"}},
		"by characters of the title":           {words("敬老"), []string{"重阳敬老饺子宴"}},
		"by one character":                     {words("宴"), []string{"重阳敬老饺子宴"}},
		"by characters of the place":           {words("淇水湾"), []string{"淇河岸边捡拾垃圾"}},
		"by initials":                          {words("tsg"), []string{"读书会"}},
		"by what is split by spaces":           {words("淇河 岸边"), []string{"淇河岸边捡拾垃圾"}},
		"pairs that do not stand together":     {words("淇水岸"), []string{}},
		"what has a meaning in a pattern":      {words("%_"), []string{"淇河岸边捡拾垃圾", "重阳敬老饺子宴", "读书会", "义诊"}},
		"by words and place together":          {domain.ListingFilter{Words: pinyin.Parse("淇"), Near: near(3000).Near}, []string{"淇河岸边捡拾垃圾"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, find(c.f)); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("a new title is found by, the old one is not; what an earlier release wrote is filled in", func(t *testing.T) {
		found, err := w.ListShifts(w.as(w.leader), domain.ListingFilter{Words: pinyin.Parse("义诊"), Limit: 10})
		w.must(err)
		c := w.saying(found[0])
		c.Details.Title = "健康讲座"
		_, err = w.ChangeTask(w.as(w.leader), found[0].TaskID, c)
		w.must(err)
		if got := [][]string{find(words("义诊")), find(words("jkjz"))}; !cmp.Equal(got, [][]string{{}, {"健康讲座"}}) {
			t.Errorf("found %v", got)
		}
		_, err = w.db.Owner(t).Exec(`UPDATE tasks SET words = '', grams = '{}'`)
		w.must(err)
		w.must(w.EnsureWords(t.Context()))
		if got := find(words("jkjz")); !cmp.Equal(got, []string{"健康讲座"}) {
			t.Errorf("found %v", got)
		}
	})
	t.Run("pages follow each other under filters", func(t *testing.T) {
		f := near(3000)
		f.Limit = 1
		first, err := w.ListShifts(w.as(w.leader), f)
		w.must(err)
		f.After = domain.Cursor{StartsAt: first[0].StartsAt, ID: first[0].ID}
		second, err := w.ListShifts(w.as(w.leader), f)
		w.must(err)
		if len(second) != 1 || second[0].ID == first[0].ID || second[0].StartsAt.Sub(first[0].StartsAt) > time.Minute {
			t.Errorf("second page: %+v", second)
		}
	})
}
