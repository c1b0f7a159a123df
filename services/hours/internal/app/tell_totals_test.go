package app_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// toldAHub returns all that a hub was told since the last call, oldest first.
func (w *town) toldAHub() (events []hoursv1.TotalsCounted, bodies string) {
	w.t.Helper()
	w.must(w.DoDuties(w.t.Context()))
	var texts []string
	w.must(w.db.Owner(w.t).Select(&texts, `SELECT body::text FROM outbox WHERE subject = 'hours.v1.totals.counted' ORDER BY id`))
	fresh := texts[w.heard:]
	w.heard = len(texts)
	events = make([]hoursv1.TotalsCounted, len(fresh))
	for i, text := range fresh {
		w.must(json.Unmarshal([]byte(text), &events[i]))
	}
	return events, strings.Join(fresh, "\n")
}

func (w *town) hub(events []hoursv1.TotalsCounted) map[string]hoursv1.TotalsCounted {
	newest := map[string]hoursv1.TotalsCounted{}
	for _, e := range events {
		aggregate, version := e.Aggregate()
		if _, had := newest[aggregate].Aggregate(); version > had {
			newest[aggregate] = e
		}
	}
	return newest
}

// Every minute what has changed leaves the city, as a sum of the ledger that a plain SUM agrees with, and nothing about anybody.
func TestTellTotals(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	inXun := func(e *tasksv1.AttendanceConfirmed) { e.TeamID, e.RegionPath = w.other, "4106/410621/" }
	var persons []string
	var events []tasksv1.AttendanceConfirmed
	for n := range 14 {
		persons = append(persons, id.New())
		e := w.attendance(by(persons[n], 60))
		if n >= 8 {
			inXun(&e)
		}
		events = append(events, e)
	}
	w.credit(events[:11]...) // eight in 淇滨区, three in 浚县
	if told, _ := w.toldAHub(); len(told) != 0 {
		t.Errorf("without a cell a hub is told %v", told)
	}
	w.SetCell("4106")
	told, text := w.toldAHub()
	newest := w.hub(told)
	for _, period := range []string{"month:2026-11", "year:2026", "all"} {
		city, qibin, xun := newest["totals/"+period+"/4106"], newest["totals/"+period+"/410611"], newest["totals/"+period+"/410621"]
		if city.Minutes != 11*60 || city.Services != 11 || city.People != 11 || city.Teams != 2 || !city.City || city.Name != "鹤壁市" {
			t.Errorf("%s: the city has %+v", period, city)
		}
		if !qibin.Hidden || !xun.Hidden || qibin.Minutes+qibin.People+xun.Minutes+xun.People != 0 {
			t.Errorf("%s: three people stand apart, or are a difference: %+v %+v", period, qibin, xun)
		}
	}
	for _, who := range append(slices.Clone(persons), w.team, w.other, w.leader, w.programme) {
		if strings.Contains(text, who) {
			t.Errorf("%s has left the city", who)
		}
	}

	w.clock.Leap(time.Second)
	w.credit(events[11:]...) // six in 浚县 now
	if told, _ = w.toldAHub(); len(told) != 0 {
		t.Errorf("within the minute it tells again: %v", told)
	}
	w.clock.Leap(time.Minute)
	told, _ = w.toldAHub()
	if len(told) != 9 {
		t.Errorf("%d figures are told, want three periods of three regions", len(told))
	}
	var minutes int64
	w.must(w.db.Owner(t).Get(&minutes, `SELECT sum(minutes) FROM entries WHERE account = 'service' AND day BETWEEN '2026-11-01' AND '2026-11-30' AND region_path LIKE '%410621%'`))
	newest = w.hub(told)
	if xun := newest["totals/month:2026-11/410621"]; xun.Minutes != minutes || xun.People != 6 || xun.Hidden || xun.City || xun.Name != "浚县" {
		t.Errorf("浚县 has %+v, want %d minutes", xun, minutes)
	}

	t.Run("nothing new is a sign of life every ten minutes, and all of it once a day", func(t *testing.T) {
		counts := map[int]int{}
		for n := range 22 {
			w.clock.Leap(map[bool]time.Duration{true: 24 * time.Hour, false: time.Minute}[n == 21])
			told, _ := w.toldAHub()
			counts[len(told)]++
			if len(told) == 1 && (told[0].Period != "all" || !told[0].City || told[0].Minutes != 14*60) {
				t.Errorf("the sign of life is %+v", told[0])
			}
		}
		if diff := cmp.Diff(map[int]int{0: 19, 1: 2, 9: 1}, counts); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("of two replicas one tells, and none that has counted less", func(t *testing.T) {
		behind := w.replica()
		behind.SetCell("4106")
		w.must(behind.Load(t.Context()))
		w.credit(w.attendance(by(persons[0], 60)))
		w.clock.Leap(time.Minute)
		told, _ := w.toldAHub()
		if len(told) != 6 || w.hub(told)["totals/all/4106"].Minutes != 15*60 {
			t.Errorf("told: %+v", told)
		}
		w.clock.Leap(time.Minute)
		w.must(behind.DoDuties(t.Context()))
		if told, _ := w.toldAHub(); len(told) != 0 {
			t.Errorf("a replica that is behind told %+v", told)
		}
	})
	t.Run("a city that is restored from yesterday goes on with newer versions", func(t *testing.T) {
		w.clock.Leap(time.Minute)
		before := w.clock.Now().UnixMilli()
		_, err := w.db.Owner(t).Exec(`UPDATE cell_totals SET version = version - 86400000, minutes = minutes - 60 WHERE NOT hidden`)
		w.must(err)
		told, _ := w.toldAHub()
		for _, e := range told {
			if e.Version < before {
				t.Errorf("%+v is older than what the hub has", e)
			}
		}
		if len(told) == 0 {
			t.Error("nothing is told")
		}
	})
	t.Run("the database keeps no figure of four people", func(t *testing.T) {
		if _, err := w.db.Owner(t).Exec(`UPDATE cell_totals SET people = 4 WHERE NOT hidden`); err == nil || !strings.Contains(err.Error(), "cell_totals_small_check") {
			t.Errorf("error = %v", err)
		}
	})
}
