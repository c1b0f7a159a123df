package app_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/boards"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
)

func TestExportBoard(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	shy := id.New()
	w.teams.add(people.Person{VolunteerID: shy, Name: "王秀英", Version: 1})
	w.credit(w.attendance(by(shy, 75)))
	query := app.BoardQuery{Subject: boards.Volunteers, Scope: "region:410611", Period: "this-month"}
	file, name, err := w.ExportBoard(w.as(w.leader, "4106/"), query, "每月简报")
	w.must(err)
	if name != "排行榜-淇滨区-month-2026-11.xlsx" {
		t.Errorf("it is called %s", name)
	}
	text := sheets(t, file)
	for _, want := range []string{"王**", "桂鹤社区巾帼志愿服务队", "<v>75</v>", "仅供激励，不作考核依据", "第 1 条时长记录", "已公布", "每月简报"} {
		if !strings.Contains(text, want) {
			t.Errorf("the file does not say %s", want)
		}
	}
	if strings.Contains(text, "王秀英") {
		t.Error("the file names somebody who did not consent")
	}
	var recorded []string
	w.must(w.db.Owner(t).Select(&recorded, "SELECT concat_ws(' ', exported_by, subject, scope, period, basis, position, lines, purpose) FROM board_exports"))
	if diff := cmp.Diff([]string{w.leader + " volunteer region:410611 month:2026-11 posted 1 1 每月简报"}, recorded); diff != "" {
		t.Errorf("recorded: %s", diff)
	}
	for name, c := range map[string]struct {
		regions []string
		purpose string
		want    apperr.Kind
	}{
		"a volunteer":                 {nil, "每月简报", apperr.NotFound},
		"another county's officer":    {[]string{"4106/410621/"}, "每月简报", apperr.NotFound},
		"nothing said what it is for": {[]string{"4106/"}, "  简报 ", apperr.Invalid},
	} {
		if _, _, err := w.ExportBoard(w.as(w.leader, c.regions...), query, c.purpose); apperr.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sheets returns the workbook's sheets as they are written.
func sheets(t *testing.T, file []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		if !strings.Contains(f.Name, "sheet") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil { //nolint:gosec // made above, and small
			t.Fatal(err)
		}
	}
	return all.String()
}
