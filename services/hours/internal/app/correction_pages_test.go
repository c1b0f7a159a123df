package app_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// No list of questions ends before its end: each comes once, in one order, over as many pages as it takes,
// and somebody's own file has all of them.
func TestCorrectionPages(t *testing.T) {
	t.Parallel()
	s := newStaff(t)
	const many = 53
	s.ask(s.as(s.me), s.line, later(s.line))
	for range many - 1 {
		line := s.post(s.attendance(by(s.me, 60)))
		s.ask(s.as(s.me), line, later(line))
	}
	lists := map[string]func(after string) ([]app.CorrectionView, string, error){
		"mine": func(after string) ([]app.CorrectionView, string, error) {
			return s.ListMyCorrections(s.as(s.me), after)
		},
		"team": func(after string) ([]app.CorrectionView, string, error) {
			return s.ListTeamCorrections(s.as(s.leader), s.team, after)
		},
		"to decide": func(after string) ([]app.CorrectionView, string, error) {
			return s.ListCorrectionsToDecide(s.as(s.deputy), "", after)
		},
		"decided": func(after string) ([]app.CorrectionView, string, error) {
			return s.ListDecidedCorrections(s.officer(s.city, cityPath), "", after)
		},
	}
	for _, name := range []string{"mine", "team", "to decide", "decided"} {
		if name == "decided" {
			open, _, err := s.ListMyCorrections(s.as(s.me), "")
			s.must(err)
			rest, _, err := s.ListMyCorrections(s.as(s.me), open[len(open)-1].ID)
			s.must(err)
			for _, v := range append(open, rest...) {
				s.must(s.DecideCorrection(s.as(s.deputy), v.ID, app.CorrectionDecision{Reason: "签退时间是对的"}))
			}
		}
		seen, pages, after := map[string]bool{}, 0, ""
		for {
			page, next, err := lists[name](after)
			s.must(err)
			for _, v := range page {
				if seen[v.ID] {
					t.Errorf("%s: %s comes twice", name, v.ID)
				}
				seen[v.ID] = true
			}
			if pages++; next == "" || pages > 5 {
				break
			}
			after = next
		}
		if len(seen) != many || pages != 2 {
			t.Errorf("%s: %d questions on %d pages, want %d on 2", name, len(seen), pages, many)
		}
		if _, _, err := lists[name]("the second"); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("%s: after something: %v", name, err)
		}
	}
	file, _, err := s.MyFile(s.as(s.me))
	s.must(err)
	book, err := excelize.OpenReader(bytes.NewReader(file))
	s.must(err)
	rows, err := book.GetRows("更正和异议")
	s.must(err)
	if len(rows) != 1+many {
		t.Errorf("her own file has %d questions, want %d", len(rows)-1, many)
	}
}
