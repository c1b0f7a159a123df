package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/app"
	"github.com/qihe-volunteers/qihe/services/pairings/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// agreed is a child whose guardian agreed by link; name changes who it is.
func (w *town) agreed(mine auth.Principal, name string) string {
	w.t.Helper()
	n := w.count(`SELECT count(*) FROM children`)
	referred, err := w.ReferChild(w.as(mine), given(func(c *domain.NewChild) {
		c.Person.Name, c.Person.IDNumber = name, fmt.Sprintf("41062120160301%04d", 1000+n)
	}))
	w.must(err)
	w.must(w.TakeChild(w.as(mine), referred.ChildID))
	w.must(w.SetChildDetails(w.as(mine), referred.ChildID, details()))
	w.must(w.AnswerConsentLink(w.t.Context(), yes(w.link(referred.ChildID, mine))))
	return referred.ChildID
}

func (w *town) password(who auth.Principal, exportID string) string {
	w.t.Helper()
	exports, _, err := w.ListChildExports(w.as(who), app.ListQuery{Limit: 50})
	w.must(err)
	for _, e := range exports {
		if e.ID == exportID {
			return e.Password
		}
	}
	w.t.Fatalf("no export %s for %s", exportID, who.VolunteerID)
	return ""
}

// A list leaves the house sealed, marked, counted and for a day; a long one not
// without another person.
func TestChildExport(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	mine := officer("child_care", countyPath)
	wicked := `=HYPERLINK("http://x","y")`
	first, second := w.agreed(mine, canaryName), w.agreed(mine, wicked)
	w.child() // nobody agreed: in no list
	ask := app.ExportQuery{RegionCode: "410621", Reason: "民政局核对名单"}

	exportID, err := w.AskChildExport(w.as(mine), ask)
	w.must(err)
	before := w.count(`SELECT count(*) FROM openings`)
	file, name, err := w.TakeChildExport(w.as(mine), exportID)
	w.must(err)
	if n := w.count(`SELECT count(*) FROM openings WHERE basis = 'export' AND basis_id = $1 AND subject_id IN ($2, $3)`, exportID, first, second); n != 2 || w.count(`SELECT count(*) FROM openings`) != before+2 {
		t.Errorf("%d openings for two children", n)
	}
	if _, err := w.LogOpenings(t.Context()); err != nil {
		t.Error(err)
	}

	t.Run("the file is sealed, marked with who and when, and carries nothing out", func(t *testing.T) {
		if bytes.Contains(file, []byte("xl/worksheets")) {
			t.Error("not sealed")
		}
		if _, err := excelize.OpenReader(bytes.NewReader(file)); err == nil {
			t.Error("opens without the password")
		}
		if _, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{Password: "AAAAAAAAAAAA"}); err == nil {
			t.Error("opens with any password")
		}
		book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{Password: w.password(mine, exportID)})
		w.must(err)
		rows, err := book.GetRows("名册")
		w.must(err)
		if len(rows) != 4 || rows[1][1] != canaryName || rows[2][1] != wicked || rows[1][8] != canaryPhone || !strings.Contains(rows[3][0], "王秀英") {
			t.Errorf("%q", rows)
		}
		if formula, err := book.GetCellFormula("名册", "B3"); err != nil || formula != "" {
			t.Errorf("a formula: %q, %v", formula, err)
		}
		if strings.Contains(fmt.Sprint(rows), canaryPaper) {
			t.Error("an ID number is in it")
		}
		for _, sheet := range book.GetSheetList() {
			foot, err := book.GetHeaderFooter(sheet)
			w.must(err)
			if foot == nil || !strings.Contains(foot.OddFooter, "王秀英 2026-11-24 12:00") {
				t.Errorf("the foot of %s: %+v", sheet, foot)
			}
		}
		if !strings.Contains(name, "浚县") || strings.Contains(name, canaryName) {
			t.Error(name)
		}
	})
	t.Run("nobody else takes it or sees its password", func(t *testing.T) {
		colleague := officer("child_care", countyPath)
		if got := w.password(colleague, exportID); got != "" {
			t.Error("a colleague sees the password")
		}
		weak, moved := mine, mine
		weak.Strong = false
		moved.Grants = []auth.Grant{{Role: "child_care", RegionPath: otherPath}}
		for who, want := range map[string]struct {
			as   auth.Principal
			want error
		}{
			"a colleague": {colleague, domain.ErrNoExport}, "the city's administrator": {officer("administrator", cityPath), domain.ErrNoExport},
			"without a second factor": {weak, auth.ErrSecondFactor}, "who went to another county": {moved, domain.ErrNoExport},
		} {
			if file, _, err := w.TakeChildExport(w.as(want.as), exportID); !errors.Is(err, want.want) || file != nil {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
	t.Run("who withdrew since is not in it", func(t *testing.T) {
		w.must(w.WithdrawConsent(w.as(mine), second))
		file, _, err := w.TakeChildExport(w.as(mine), exportID)
		w.must(err)
		book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{Password: w.password(mine, exportID)})
		w.must(err)
		if rows, err := book.GetRows("名册"); err != nil || len(rows) != 3 {
			t.Errorf("%q, %v", rows, err)
		}
	})
	t.Run("it is in the month's report", func(t *testing.T) {
		report, err := w.ReportOpenings(w.as(mine), "2026-11")
		w.must(err)
		n := 0
		for _, r := range report.Readers {
			for _, c := range r.Counts {
				if c.Basis == domain.BasisExport {
					n += c.Openings
				}
			}
		}
		if n != 3 {
			t.Errorf("%d openings for exports", n)
		}
	})
	t.Run("after a day it is gone, and the password with it", func(t *testing.T) {
		w.clock.SetTo(w.clock.Now().Add(domain.ExportLife))
		if _, _, err := w.TakeChildExport(w.as(mine), exportID); !errors.Is(err, domain.ErrExportOver) {
			t.Error(err)
		}
		if got := w.password(mine, exportID); got != "" {
			t.Error("the password is still shown")
		}
	})
	t.Run("when it cannot be written down there is no file", func(t *testing.T) {
		exportID, err := w.AskChildExport(w.as(mine), ask)
		w.must(err)
		owner := w.db.Owner(t)
		owner.MustExec(`ALTER TABLE openings ADD CONSTRAINT broken CHECK (false) NOT VALID`)
		file, _, err := w.TakeChildExport(w.as(mine), exportID)
		owner.MustExec(`ALTER TABLE openings DROP CONSTRAINT broken`)
		if err == nil || file != nil {
			t.Errorf("%d bytes, %v", len(file), err)
		}
		if n := w.count(`SELECT taken FROM child_exports WHERE id = $1`, exportID); n != 0 {
			t.Errorf("taken %d times", n)
		}
	})
}

// More than fifty: another person, whatever record they come with.
func TestLongChildExport(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	mine := officer("child_care", countyPath)
	for i := range domain.ExportAlone + 1 {
		w.agreed(mine, fmt.Sprintf("孩子%d", i))
	}
	ask := app.ExportQuery{RegionCode: "410621", Reason: "六一慰问名单"}
	exportID, err := w.AskChildExport(w.as(mine), ask)
	w.must(err)
	if _, _, err := w.TakeChildExport(w.as(mine), exportID); !errors.Is(err, domain.ErrExportOver) {
		t.Errorf("without another: %v", err)
	}
	if _, err := w.db.Owner(t).Exec(`UPDATE child_exports SET ends_at = asked_at + interval '1 hour' WHERE id = $1`, exportID); !postgres.Violated(err, "child_exports_many_check") {
		t.Errorf("the database lets it go: %v", err)
	}
	if err := w.DecideChildExport(w.as(mine), exportID, true, ""); !errors.Is(err, domain.ErrExportOwn) {
		t.Errorf("decided by who asked: %v", err)
	}
	alias := officer("administrator", countyPath) // the same person under another record
	w.inTx(func(q postgres.Querier) error {
		return w.LearnPeople(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: alias.VolunteerID, MergedInto: mine.VolunteerID, Version: 1}})
	})
	if err := w.DecideChildExport(w.as(alias), exportID, true, ""); !errors.Is(err, domain.ErrExportOwn) {
		t.Errorf("decided by the same person: %v", err)
	}
	if err := w.DecideChildExport(w.as(officer("administrator", otherPath)), exportID, true, ""); !errors.Is(err, domain.ErrNoExport) {
		t.Errorf("by another county: %v", err)
	}
	w.clock.SetTo(w.clock.Now().Add(48 * time.Hour))
	w.must(w.DecideChildExport(w.as(officer("administrator", countyPath)), exportID, true, ""))
	file, _, err := w.TakeChildExport(w.as(mine), exportID)
	w.must(err)
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{Password: w.password(mine, exportID)})
	w.must(err)
	if rows, err := book.GetRows("名册"); err != nil || len(rows) != domain.ExportAlone+3 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if err := w.DecideChildExport(w.as(officer("administrator", countyPath)), exportID, false, "不行"); !errors.Is(err, domain.ErrExportDecided) {
		t.Errorf("decided twice: %v", err)
	}

	if _, err := w.AskChildExport(w.as(officer("coordinator", countyPath)), ask); err == nil {
		t.Error("a coordinator asks")
	}
	if _, err := w.AskChildExport(w.as(officer("child_care", otherPath)), app.ExportQuery{RegionCode: "410611", Reason: ask.Reason}); !errors.Is(err, domain.ErrExportEmpty) {
		t.Errorf("nobody there: %v", err)
	}
	if _, err := w.AskChildExport(auth.With(t.Context(), auth.Principal{VolunteerID: id.New()}), ask); err == nil {
		t.Error("a volunteer asks")
	}
}
