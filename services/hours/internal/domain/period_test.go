package domain

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestDayOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ instant, day string }{
		"before 16:00 UTC it is the same date in the city":     {"2026-11-30T15:59:59Z", "2026-11-30"},
		"from 16:00 UTC on it is the next, here another month": {"2026-11-30T16:00:00Z", "2026-12-01"},
		"and here another year":                                {"2026-12-31T16:00:00Z", "2027-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(time.RFC3339, c.instant)
			if err != nil {
				t.Fatal(err)
			}
			if got := DayOf(at).String(); got != c.day {
				t.Errorf("DayOf(%s) = %s, want %s", c.instant, got, c.day)
			}
		})
	}
}

func TestPeriodOf(t *testing.T) {
	t.Parallel()
	for day, want := range map[Day][]string{
		DayOn(2026, time.December, 27): {"week:2026-W52", "month:2026-12", "quarter:2026-Q4", "year:2026", "all"},
		DayOn(2026, time.December, 28): {"week:2026-W53", "month:2026-12", "quarter:2026-Q4", "year:2026", "all"},
		DayOn(2026, time.December, 31): {"week:2026-W53", "month:2026-12", "quarter:2026-Q4", "year:2026", "all"},
		DayOn(2027, time.January, 1):   {"week:2026-W53", "month:2027-01", "quarter:2027-Q1", "year:2027", "all"},
		DayOn(2027, time.January, 3):   {"week:2026-W53", "month:2027-01", "quarter:2027-Q1", "year:2027", "all"},
		DayOn(2027, time.January, 4):   {"week:2027-W01", "month:2027-01", "quarter:2027-Q1", "year:2027", "all"},
		DayOn(2028, time.February, 29): {"week:2028-W09", "month:2028-02", "quarter:2028-Q1", "year:2028", "all"},
	} {
		t.Run(day.String()+" lies in its week, month, quarter and year", func(t *testing.T) {
			t.Parallel()
			for i, kind := range []PeriodKind{Week, Month, Quarter, Year, AllTime} {
				if got := PeriodOf(kind, day).String(); got != want[i] {
					t.Errorf("PeriodOf(%s, %s) = %s, want %s", kind, day, got, want[i])
				}
			}
		})
	}
}

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	today := DayOf(time.Date(2026, time.December, 31, 23, 59, 59, 0, clock.City))
	for text, want := range map[string]string{
		"this-week": "week:2026-W53", "this-month": "month:2026-12", "this-quarter": "quarter:2026-Q4", "this-year": "year:2026",
		"all": "all", "week:2026-W53": "week:2026-W53", "week:2027-W01": "week:2027-W01", "month:2026-02": "month:2026-02",
	} {
		t.Run(text+" is understood", func(t *testing.T) {
			t.Parallel()
			p, err := ParsePeriod(text, today)
			if err != nil || p.String() != want {
				t.Errorf("ParsePeriod(%s) = %s, %v; want %s", text, p, err, want)
			}
		})
	}
	for _, text := range []string{
		"", "week", "this-", "this-day", "this-all", "day:2026-11-24", "week:2027-W53", "week:2026-W00", "week:2026-W5", "month:2026-13",
		"month:2026-00", "month:2026-1", "month:26-01", "quarter:2026-Q5", "quarter:2026-Q0", "year:0000", "year:20260", "year:-001",
		"ALL", "month:2026-11 ", "month:２０２６-11", "month:+026-11",
	} {
		t.Run("“"+text+"” is refused", func(t *testing.T) {
			t.Parallel()
			if p, err := ParsePeriod(text, today); !errors.Is(err, ErrPeriod) {
				t.Errorf("ParsePeriod(%q) = %s, %v; want ErrPeriod", text, p, err)
			}
		})
	}
}

func TestPeriod(t *testing.T) {
	t.Parallel()
	t.Run("every day lies in one period of each kind, which can be written and read", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			day := Day(rapid.IntRange(0, 40_000).Draw(t, "day"))
			p := PeriodOf(rapid.SampledFrom(PeriodKinds[:]).Draw(t, "kind"), day)
			from, until := p.Days()
			if day < from || day >= until || !p.Contains(day) {
				t.Fatalf("%s is not in %s", day, p)
			}
			if p.Kind == AllTime {
				return
			}
			if p.Contains(from-1) || p.Contains(until) || p.Before() != PeriodOf(p.Kind, from-1) {
				t.Fatalf("%s has no clean edges", p)
			}
			if read, err := ParsePeriod(p.String(), 0); p.Kind != OneDay && (err != nil || read != p) {
				t.Fatalf("ParsePeriod(%s) = %v, %v", p, read, err)
			}
		})
	})
}
