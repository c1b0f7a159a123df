package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
)

func TestExportMe(t *testing.T) {
	t.Parallel()
	t.Run("it holds what is held, in words, and is recorded", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, _ := givenCanary(t, w)
		var file bytes.Buffer
		name, err := w.App.ExportMe(given.As(t, v), "json", &file)
		if err != nil || name != "qihe-20261123.json" {
			t.Fatal(name, err)
		}
		var got map[string][]map[string]string
		text := file.Bytes()
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(text, &whole); err != nil {
			t.Fatal(err)
		}
		delete(whole, "exported_at")
		rest, _ := json.Marshal(whole)
		if err := json.Unmarshal(rest, &got); err != nil {
			t.Fatal(err)
		}
		want := []map[string]string{{
			"number": v.Number, "name": canaryName, "sex": "女", "phone": canaryPhone, "id_kind": "居民身份证", "id_number": canaryID,
			"region": "善堂镇", "minor": "否", "joined": "2025-11-23",
		}}
		if diff := cmp.Diff(want, got["profile"]); diff != "" {
			t.Error(diff)
		}
		if got["qualifications"][0]["number"] != "A-"+canaryID {
			t.Errorf("%v", got["qualifications"])
		}
		if got["honours"][0]["level"] != "县级" || got["trainings"][0]["minutes"] != "90" {
			t.Errorf("%v %v", got["honours"], got["trainings"])
		}
		if len(got["consents"]) != 4 || got["memberships"][0]["role"] != "副队长" || got["grants"][0]["region"] != "浚县" || len(got["sessions"]) != 1 {
			t.Errorf("%s", text)
		}
		if n := given.Value[int](t, w, "SELECT count(*) FROM audit_records WHERE act = 'volunteer.exported'"); n != 2 {
			t.Errorf("recorded %d times", n)
		}
	})
	t.Run("it holds nothing of anybody else", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		givenCanary(t, w)
		var file bytes.Buffer
		if _, err := w.App.ExportMe(given.As(t, w.Volunteer(t)), "json", &file); err != nil || strings.Contains(file.String(), canaryName) || strings.Contains(file.String(), canaryPhone) {
			t.Error(file.String(), err)
		}
	})
	t.Run("the workbook has a sheet for each part, with Chinese names", func(t *testing.T) {
		t.Parallel()
		w := given.New(t)
		v, _ := givenCanary(t, w)
		var file bytes.Buffer
		if _, err := w.App.ExportMe(given.As(t, v), "xlsx", &file); err != nil {
			t.Fatal(err)
		}
		book := open(t, &file)
		want := []string{"基本信息"}
		for _, section := range store.OwnSections {
			want = append(want, section.Title)
		}
		if diff := cmp.Diff(append(want, "谁看过我的资料"), book.GetSheetList()); diff != "" {
			t.Error(diff)
		}
		rows, err := book.GetRows("基本信息")
		if err != nil || rows[0][1] != "姓名" || rows[1][1] != canaryName {
			t.Error(rows, err)
		}
	})
}

func open(t *testing.T, file *bytes.Buffer) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// TestExportIsNoFormula puts texts that begin as formulas do, and characters
// that no workbook can hold, where people can write, and wants every cell of
// the file to be a text.
func TestExportIsNoFormula(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	signs := []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "=HYPERLINK(\"http://example.org\")", "@SUM(1)", "\x01=", "&<>\"'", "𠮷"}
	dice := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test's dice, the same every time
	v := w.Volunteer(t)
	for n := range 40 {
		name := signs[dice.IntN(len(signs))] + signs[dice.IntN(len(signs))] + fmt.Sprint(n)
		w.Member(t, w.Team(t, func(team *domain.Team) { team.Name = name }), v, domain.RoleMember)
	}
	var file bytes.Buffer
	if _, err := w.App.ExportMe(given.As(t, v), "xlsx", &file); err != nil {
		t.Fatal(err)
	}
	book := open(t, &file)
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				kind, err := book.GetCellType(sheet, cell)
				if err != nil || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
					t.Errorf("%s!%s is no text: %v %v", sheet, cell, kind, err)
				}
				if formula, _ := book.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s!%s is a formula: %s", sheet, cell, formula)
				}
			}
		}
	}
	if rows, _ := book.GetRows("队伍"); len(rows) != 41 {
		t.Errorf("%d rows", len(rows))
	}
}
