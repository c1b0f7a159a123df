package domain_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

func TestNationalPast(t *testing.T) {
	t.Parallel()
	a, b := []byte("a"), []byte("b")
	there := domain.NationalPast{Revision: 1, Digest: a, Change: domain.NationalNew, LastDigest: a, LastChange: domain.NationalNew, LastState: domain.NationalAccepted}
	refused := domain.NationalPast{Revision: 1, LastDigest: a, LastChange: domain.NationalNew, LastState: domain.NationalRefused}
	takenBack := domain.NationalPast{Revision: 2, Digest: b, Change: domain.NationalWithdrawn, LastDigest: b, LastChange: domain.NationalWithdrawn, LastState: domain.NationalSent}
	changeRefused := domain.NationalPast{Revision: 2, Digest: a, Change: domain.NationalNew, LastDigest: b, LastChange: domain.NationalChanged, LastState: domain.NationalRefused}
	for name, c := range map[string]struct {
		past   domain.NationalPast
		digest []byte
		again  bool
		want   domain.NationalChange
		waits  bool
	}{
		"what was never sent is new":                           {digest: a, want: domain.NationalNew},
		"what is as it was sent is not sent":                   {past: there, digest: a, again: true},
		"what is different is changed":                         {past: there, digest: b, want: domain.NationalChanged},
		"what is gone is taken back":                           {past: there, want: domain.NationalWithdrawn},
		"what was never there is not taken back":               {past: refused},
		"what was taken back is not taken back again":          {past: takenBack},
		"what was taken back and is there again is new":        {past: takenBack, digest: a, want: domain.NationalNew},
		"what was refused waits until it is mended":            {past: refused, digest: a, waits: true},
		"what was refused and mended is new":                   {past: refused, digest: b, want: domain.NationalNew},
		"what was refused goes again when somebody says so":    {past: refused, digest: a, again: true, want: domain.NationalNew},
		"a change that was refused waits":                      {past: changeRefused, digest: b, waits: true},
		"a change that was refused and undone is nothing":      {past: changeRefused, digest: a},
		"a change that was refused, of what is gone, goes":     {past: changeRefused, want: domain.NationalWithdrawn},
		"what is missing in the answer goes again as new":      {past: domain.NationalPast{Revision: 1, LastDigest: a, LastState: domain.NationalMissing}, digest: a, want: domain.NationalNew},
		"what was left out of the file or never taken is new":  {past: domain.NationalPast{Revision: 3}, digest: a, want: domain.NationalNew},
		"what was never sent and is gone already is nothing":   {},
		"what was sent and refused to be taken back waits too": {past: domain.NationalPast{Revision: 2, Digest: a, Change: domain.NationalNew, LastDigest: b, LastChange: domain.NationalWithdrawn, LastState: domain.NationalRefused}, waits: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if change, waits := c.past.Next(c.digest, c.again); change != c.want || waits != c.waits {
				t.Errorf("%q, waits %t", change, waits)
			}
		})
	}
}

func TestNationalMapping(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	if _, err := domain.NewNationalMapping(1, domain.ShippedMapping().Sheets, "", "officer", now); err != nil {
		t.Errorf("what is shipped is refused: %v", err)
	}
	for name, c := range map[string]struct {
		change func(sheets []domain.NationalSheet) []domain.NationalSheet
		want   error
	}{
		"a group is missing": {func(s []domain.NationalSheet) []domain.NationalSheet { return s[:4] }, domain.ErrMappingSheets},
		"two sheets of one name": {func(s []domain.NationalSheet) []domain.NationalSheet {
			s[1].Name = s[0].Name
			return s
		}, domain.ErrMappingSheets},
		"a field of another group": {func(s []domain.NationalSheet) []domain.NationalSheet {
			s[0].Columns[0].Field = "level"
			return s
		}, domain.ErrMappingField},
		"required and empty": {func(s []domain.NationalSheet) []domain.NationalSheet {
			s[0].Columns[0].Field, s[0].Columns[0].Required = "", true
			return s
		}, domain.ErrMappingRequired},
		"a day as hours": {func(s []domain.NationalSheet) []domain.NationalSheet {
			i := slices.IndexFunc(s[1].Columns, func(c domain.NationalColumn) bool { return c.Field == "day" })
			s[1].Columns[i].Format = "2"
			return s
		}, domain.ErrMappingFormat},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := domain.NewNationalMapping(1, c.change(domain.ShippedMapping().Sheets), "", "officer", now); !errors.Is(err, c.want) {
				t.Error(err)
			}
		})
	}
}

func TestNationalCell(t *testing.T) {
	t.Parallel()
	got := []any{
		domain.NationalColumn{Field: "day", Format: "yyyy年m月d日"}.Cell(domain.NationalService, "2026-03-05"),
		domain.NationalColumn{Field: "start", Format: "yyyy/mm/dd"}.Cell(domain.NationalService, "2026-03-05T01:30:00Z"),
		domain.NationalColumn{Field: "hours"}.Cell(domain.NationalService, "100"),
		domain.NationalColumn{Field: "hours", Format: "1"}.Cell(domain.NationalService, "100"),
		domain.NationalColumn{Field: "minutes"}.Cell(domain.NationalService, "100"),
		domain.NationalColumn{Field: "sex"}.Cell(domain.NationalBasic, "female"),
		domain.NationalColumn{Field: "sex", Codes: map[string]string{"female": "2"}}.Cell(domain.NationalBasic, "female"),
		domain.NationalColumn{}.Cell(domain.NationalBasic, ""),
	}
	if diff := cmp.Diff([]any{"2026年3月5日", "2026/03/05 09:30", 1.67, 1.7, 100, "女", "2", ""}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if batch, g, place, ok := domain.ParseRowNumber(domain.RowNumber(12, domain.NationalHonour, 345)); !ok || batch != 12 || g != domain.NationalHonour || place != 345 {
		t.Error(batch, g, place, ok)
	}
}
