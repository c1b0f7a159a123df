package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// Every opening of a month is in its report, each emergency by itself; of the regions
// of who asks.
func TestReportOpenings(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	childID, mine := w.theCase() // one opening to write details
	for range 3 {
		_, err := w.OpenChild(w.as(mine), childID)
		w.must(err)
	}
	acting := officer("child_care", cityPath)
	w.must(w.OpenInEmergency(w.as(acting), childID, "孩子发高烧，要马上联系"))
	for range 2 {
		_, err := w.OpenChild(w.as(acting), childID)
		w.must(err)
	}
	w.must(w.OpenInEmergency(w.as(acting), w.child(), "电话打不通，担心孩子"))
	_, err := w.OpenConsentLink(t.Context(), app.Guardian{Secret: w.link(childID, mine), Digits: "1234"})
	w.must(err)

	report := func(path, month string) app.OpeningMonth {
		t.Helper()
		got, err := w.ReportOpenings(w.as(officer("administrator", path)), month)
		w.must(err)
		return got
	}
	november := report(countyPath, "2026-11")
	openings := map[string]map[domain.Basis]int{}
	total := 0
	for _, r := range november.Readers {
		openings[r.PersonID] = map[domain.Basis]int{}
		if (r.Name == "") != (r.PersonID == "") {
			t.Errorf("%+v", r)
		}
		for _, c := range r.Counts {
			openings[r.PersonID][c.Basis] = c.Openings
			total += c.Openings
			if c.Records != 1 {
				t.Errorf("%+v", c)
			}
		}
	}
	if openings[mine.VolunteerID][domain.BasisCase] != 5 || openings[acting.VolunteerID][domain.BasisEmergency] != 2 || openings[""][domain.BasisGuardian] != 1 {
		t.Errorf("%v", openings)
	}
	if n := w.count(`SELECT count(*) FROM openings`); n != total {
		t.Errorf("%d openings, %d in the report", n, total)
	}
	if es := november.Emergencies; len(es) != 2 || es[0].Openings != 2 || es[1].Openings != 0 || es[0].OfficerName != "王秀英" || es[0].Number == es[1].Number || es[0].Reason == "" {
		t.Errorf("%+v", es)
	}
	if got := report(otherPath, "2026-11"); len(got.Readers) != 0 || len(got.Emergencies) != 0 {
		t.Errorf("another county's: %+v", got)
	}
	if got := report(cityPath, "2026-10"); len(got.Readers) != 0 || len(got.Emergencies) != 0 {
		t.Errorf("the month before: %+v", got)
	}
	if got, err := w.ReportOpenings(w.as(officer("coordinator", countyPath)), "2026-11"); err != nil || len(got.Readers) != 0 {
		t.Errorf("to a coordinator: %+v, %v", got, err)
	}
	for _, month := range []string{"2026-13", "2026-12", "11月份啊", "2026-1"} {
		if _, err := w.ReportOpenings(w.as(mine), month); !errors.Is(err, domain.ErrMonth) {
			t.Errorf("%s: %v", month, err)
		}
	}
	w.clock.SetTo(time.Date(2026, time.December, 1, 0, 0, 0, 0, clock.City)) // the month begins at the city's midnight
	_, err = w.OpenChild(w.as(mine), childID)
	w.must(err)
	if got := report(countyPath, "2026-12"); len(got.Readers) != 1 || got.Readers[0].Counts[0].Openings != 1 {
		t.Errorf("%+v", got.Readers)
	}
}
