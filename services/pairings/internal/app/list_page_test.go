package app_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Whoever goes from page to page sees everything once, in each part as many as it counts.
func TestListPages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	bonds := []bond{w.bonded(), w.bonded(), w.bonded()}
	w.becomes(&bonds[0], func(p domain.Pairing) domain.Pairing {
		p, _ = p.Pause("health", bonds[0].supervisor.VolunteerID, w.clock.Now())
		return p
	})
	w.becomes(&bonds[1], func(p domain.Pairing) domain.Pairing {
		return p.End("moved", bonds[1].supervisor.VolunteerID, w.clock.Now())
	})
	_, err := w.db.Owner(t).Exec(`UPDATE pairings SET due_at = $1 WHERE state <> 'closed'`, w.clock.Now())
	w.must(err)
	w.must(w.DoDuties(t.Context())) // who looks after them is known
	w.applies()
	care := officer("child_care", countyPath)

	pairingPages := func(part string, limit int) (ids []string, counts map[string]int) {
		for after := ""; ; {
			page, err := w.ListPairings(w.as(care), app.ListQuery{Part: part, After: after, Limit: limit})
			w.must(err)
			for _, one := range page.Items {
				ids = append(ids, one.ID)
			}
			if after, counts = page.Next, page.Counts; after == "" {
				return ids, counts
			}
		}
	}
	companionPages := func(part string, limit int) (ids []string, counts map[string]int) {
		for after := ""; ; {
			page, err := w.ListCompanions(w.as(care), app.ListQuery{Part: part, After: after, Limit: limit})
			w.must(err)
			for _, one := range page.Items {
				ids = append(ids, one.ID)
			}
			if after, counts = page.Next, page.Counts; after == "" {
				return ids, counts
			}
		}
	}
	for name, c := range map[string]struct {
		pages func(string, int) ([]string, map[string]int)
		want  map[string]int
	}{
		"pairings":   {pairingPages, map[string]int{"": 3, "due": 0, "paused": 1, "trial": 1, "closed": 1}},
		"companions": {companionPages, map[string]int{"": 4, "due": 1, "approved": 3, "ending": 0, "over": 0}},
	} {
		for part, want := range c.want {
			t.Run(fmt.Sprintf("%s, %q: one a page is what all on one page are", name, part), func(t *testing.T) {
				all, counts := c.pages(part, 50)
				single, _ := c.pages(part, 1)
				if len(all) != want || part != "" && counts[part] != want || !slices.Equal(all, single) {
					t.Errorf("%d of %d, counted %d, one by one %v", len(all), want, counts[part], single)
				}
			})
		}
	}
	t.Run("closed ones come last, and who supervises sees hers that are open only", func(t *testing.T) {
		if all, _ := pairingPages("", 50); all[2] != bonds[1].ID || all[0] != bonds[0].ID {
			t.Errorf("%v", all)
		}
		for i, want := range []int{1, 0, 1} {
			page, err := w.ListPairings(w.as(bonds[i].supervisor), app.ListQuery{Limit: 50})
			w.must(err)
			if len(page.Items) != want {
				t.Errorf("%d: %d", i, len(page.Items))
			}
		}
	})
	t.Run("a place that is none is refused", func(t *testing.T) {
		if _, err := w.ListPairings(w.as(care), app.ListQuery{After: "x", Limit: 1}); apperr.KindOf(err) != apperr.Invalid {
			t.Error(err)
		}
	})
}

// So it is for the lists of the desk, however long they become.
func TestDeskPages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	care := officer("child_care", countyPath)
	asking, deciding := officer("child_care", countyPath), officer("administrator", cityPath)
	w.knows(care, asking, deciding)
	childID, mine := w.theCase()
	w.must(w.AnswerConsentLink(t.Context(), yes(w.link(childID, mine)))) // so that there is somebody to list
	for i := range 3 {
		purposeID, err := w.AskPurpose(w.as(asking), app.PurposeQuery{ChildID: childID, Reason: "补登学校信息", Days: 1})
		w.must(err)
		w.raises(auth.Principal{VolunteerID: id.New()}, func(told map[string]any) { told["danger"] = i == 1 })
		_, err = w.AskChildExport(w.as(mine), app.ExportQuery{RegionCode: "410621", Reason: "民政局核对名单"})
		w.must(err)
		w.batch(care, 1)
		f := w.planned()
		w.published(f, "一个暖和的水杯")
		if i == 0 { // what is decided comes after what waits, though it is older
			w.must(w.DecidePurpose(w.as(deciding), purposeID, true, ""))
			w.must(w.AnswerAidCase(w.as(f.helper), f.aid, true))
			w.must(w.DecideAidCase(w.as(f.approver), f.aid, true, ""))
		}
	}
	reported := w.text(`SELECT id FROM concerns ORDER BY number LIMIT 1`)
	w.must(w.TakeConcern(w.as(care), reported))
	w.must(w.reports(reported, care))

	type read func(query app.ListQuery) (ids []string, next string, err error)
	for name, c := range map[string]struct {
		read read
		want int
		last string // where the order is more than of time: who stands at the end
	}{
		"purposes": {func(query app.ListQuery) (ids []string, next string, err error) {
			items, next, err := w.ListPurposes(w.as(care), query)
			return idsOf(items, func(p app.NamedPurpose) string { return p.ID }), next, err
		}, 3, w.text(`SELECT id FROM purposes WHERE approved`)},
		"lists of children": {func(query app.ListQuery) (ids []string, next string, err error) {
			items, next, err := w.ListChildExports(w.as(care), query)
			return idsOf(items, func(e app.NamedExport) string { return e.ID }), next, err
		}, 3, ""},
		"batches": {func(query app.ListQuery) (ids []string, next string, err error) {
			items, next, err := w.ListBatches(w.as(care), query)
			return idsOf(items, func(b domain.Batch) string { return b.ID }), next, err
		}, 3, w.text(`SELECT id FROM goods_batches ORDER BY made_at, id LIMIT 1`)},
		"open cases": {func(query app.ListQuery) (ids []string, next string, err error) {
			items, next, err := w.ListAidCases(w.as(care), query)
			return idsOf(items, func(c app.ListedAidCase) string { return c.ID }), next, err
		}, 3, w.text(`SELECT id FROM aid_cases WHERE state <> 'planned'`)},
		"wishes": {func(query app.ListQuery) (ids []string, next string, err error) {
			items, next, err := w.ListWishes(w.as(care), query)
			return idsOf(items, func(x app.NamedWish) string { return x.ID }), next, err
		}, 3, w.text(`SELECT id FROM wishes ORDER BY number LIMIT 1`)},
		"wishes for everybody": {func(query app.ListQuery) (ids []string, next string, err error) {
			p, err := w.ListPublicWishes(t.Context(), query)
			return idsOf(p.Items, func(x domain.MicroWish) string { return x.ID }), p.Next, err
		}, 3, w.text(`SELECT id FROM wishes ORDER BY number DESC LIMIT 1`)},
		"concerns": {func(query app.ListQuery) (ids []string, next string, err error) {
			page, err := w.ListConcerns(w.as(care), query)
			return idsOf(page.Items, func(c app.ListedConcern) string { return c.ID }), page.Next, err
		}, 3, reported},
		"concerns of which nobody knows": {func(query app.ListQuery) (ids []string, next string, err error) {
			query.Part = "raised"
			page, err := w.ListConcerns(w.as(care), query)
			if err == nil && (page.Counts["raised"] != 2 || page.Counts["reported"] != 1) {
				t.Errorf("counted %v", page.Counts)
			}
			return idsOf(page.Items, func(c app.ListedConcern) string { return c.ID }), page.Next, err
		}, 2, w.text(`SELECT id FROM concerns WHERE state = 'raised' AND NOT danger`)},
	} {
		t.Run(name, func(t *testing.T) {
			all, next, err := c.read(app.ListQuery{Limit: 50})
			w.must(err)
			var single []string
			for after, on := "", true; on; on = after != "" {
				var page []string
				page, after, err = c.read(app.ListQuery{After: after, Limit: 1})
				w.must(err)
				single = append(single, page...)
			}
			if len(all) != c.want || next != "" || !slices.Equal(all, single) || c.last != "" && all[len(all)-1] != c.last {
				t.Errorf("%v of %d, one by one %v, next %q, last should be %q", all, c.want, single, next, c.last)
			}
			if _, _, err := c.read(app.ListQuery{After: "x", Limit: 1}); apperr.KindOf(err) != apperr.Invalid {
				t.Errorf("a place that is none: %v", err)
			}
		})
	}
}

func idsOf[T any](items []T, idOf func(T) string) (ids []string) {
	for _, item := range items {
		ids = append(ids, idOf(item))
	}
	return ids
}

func (w *town) text(query string) (text string) {
	w.t.Helper()
	w.must(w.db.Owner(w.t).Get(&text, query))
	return text
}
