package domain

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestReadNumber(t *testing.T) {
	t.Parallel()
	want := RegisterNumber{Issuer: "410621", Year: 2026, Serial: 12}
	c := Certificate{Issuer: Issuer{RegionCode: "410621"}, Year: 2026, Serial: 12}
	for _, typed := range []string{c.Number(), "zm410621-2026-00012", " ＺＭ410621—2026—00012 ", "ZM4106212026 00012"} {
		if got, ok := ReadNumber(typed); !ok || got != want {
			t.Errorf("%q is read as %+v, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{"", "PX26-7K3M9-QW2RT", "ZM410621-2026", "410621-2026-00012", "ZM410621-2026-000120000", strings.Repeat("9", 500)} {
		if got, ok := ReadNumber(typed); ok {
			t.Errorf("%q is read as %+v", typed, got)
		}
	}
}

func TestReadCertificateCode(t *testing.T) {
	t.Parallel()
	for range 100 {
		code := NewCode()
		if got, ok := ReadCode(" " + strings.ToLower(SpellCode(code))); !ok || got != code {
			t.Fatalf("%s is read as %s, %v", code, got, ok)
		}
		wrong := []byte(code)
		wrong[5] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[strings.IndexByte("3456789ABCDEFGHJKLMNPQRSTUVWXYZ2", wrong[5])]
		if string(wrong) != code {
			if _, ok := ReadCode(string(wrong)); ok {
				t.Fatalf("%s is taken for %s", wrong, code)
			}
		}
	}
}

func TestCertified(t *testing.T) {
	t.Parallel()
	line := func(n, minutes int, programme string) Entry {
		from := time.Date(2026, time.November, n, 9, 0, 0, 0, clock.City)
		return Entry{ID: programme + string(rune('a'+n)), ProgrammeID: programme, TeamID: "t", Title: "捡拾垃圾", Minutes: minutes, From: from, To: from.Add(8 * time.Hour)}
	}
	name := func(_ KnownKind, id string) string { return "名" + id }
	lines := []Entry{line(3, 30, "p"), line(1, 60, "q"), line(2, 45, "p")}
	minutes, span, ids, content := Certified(lines, name)
	if minutes != 135 || span != (Span{DayOn(2026, 11, 1), DayOn(2026, 11, 3)}) || len(ids) != 3 {
		t.Errorf("%d minutes in %v of %v", minutes, span, ids)
	}
	want := Content{
		Times:      3,
		Activities: []CertifiedActivity{{"2026-11-01", "捡拾垃圾", "名t", 60}, {"2026-11-02", "捡拾垃圾", "名t", 45}, {"2026-11-03", "捡拾垃圾", "名t", 30}},
		Programmes: []CertifiedSum{{"名p", 2, 75}, {"名q", 1, 60}},
	}
	if diff := cmp.Diff(want, content); diff != "" {
		t.Error(diff)
	}
	for n := range 6 {
		lines = append(lines, line(4+n, 10, "p"))
	}
	if _, _, _, content := Certified(lines, name); content.Activities != nil || content.Times != 9 {
		t.Errorf("many lines are not summed: %+v", content)
	}
}

func TestNewCertificateRequest(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]CertificateRequest{
		"an end before the start": {Asked: Span{DayOn(2026, 2, 1), DayOn(2026, 1, 1)}},
		"a note that is a letter": {Note: strings.Repeat("字", 41)},
	} {
		if _, err := NewCertificateRequest(r, time.Now()); apperr.KindOf(err) != apperr.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
