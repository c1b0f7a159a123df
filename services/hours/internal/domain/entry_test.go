package domain

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/id"
)

func givenService(changes ...func(*Entry)) Entry {
	from := time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)
	e := Entry{
		VolunteerID: id.New(), TeamID: id.New(), ProgrammeID: id.New(), RegionPath: "4106/410611/", Verification: "A",
		Minutes: 120, From: from, To: from.Add(2 * time.Hour),
		SourceKind: SourceAttendance, SourceID: id.New(), ConfirmedBy: id.New(),
	}
	for _, change := range changes {
		change(&e)
	}
	return e
}

func TestNewEntry(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Entry){
		"two hours in two hours":             func(*Entry) {},
		"a begun minute may count in full":   func(e *Entry) { e.To = e.From.Add(119*time.Minute + time.Second) },
		"one minute":                         func(e *Entry) { e.Minutes = 1 },
		"a whole day":                        func(e *Entry) { e.Minutes, e.To = 24*60, e.From.Add(24*time.Hour) },
		"less than there was":                func(e *Entry) { e.Minutes = 90 },
		"what the volunteer claimed (own D)": func(e *Entry) { e.Verification = "D" },
	} {
		t.Run(name+" is credited", func(t *testing.T) {
			t.Parallel()
			e, err := NewEntry(Service, givenService(change))
			if err != nil || e.Kind != Service || e.Account != ServiceAccount || !id.Valid(e.ID) {
				t.Errorf("NewEntry = %+v, %v", e, err)
			}
		})
	}
	t.Run("training counts in an account of its own", func(t *testing.T) {
		t.Parallel()
		if e, err := NewEntry(Training, givenService()); err != nil || e.Kind != Training || e.Account != TrainingAccount {
			t.Errorf("NewEntry = %+v, %v", e, err)
		}
	})
	for name, change := range map[string]func(*Entry){
		"one's own confirmation":         func(e *Entry) { e.ConfirmedBy = e.VolunteerID },
		"more minutes than there were":   func(e *Entry) { e.Minutes = 121 },
		"no minutes":                     func(e *Entry) { e.Minutes = 0 },
		"negative minutes":               func(e *Entry) { e.Minutes = -1 },
		"more than a day":                func(e *Entry) { e.Minutes, e.To = 24*60+1, e.From.Add(48*time.Hour) },
		"an end before the start":        func(e *Entry) { e.To = e.From.Add(-time.Hour) },
		"no length":                      func(e *Entry) { e.To = e.From },
		"an unknown proof":               func(e *Entry) { e.Verification = "E" },
		"no proof":                       func(e *Entry) { e.Verification = "" },
		"settling before it is recorded": func(e *Entry) { e.RecordedAt = e.To; e.SettlesOn = DayOf(e.To) - 1 },
		"a proof of two letters":         func(e *Entry) { e.Verification = "AB" },
		"no volunteer":                   func(e *Entry) { e.VolunteerID = "" },
		"a team that is not an id":       func(e *Entry) { e.TeamID = "x" },
		"a confirmer who is not an id":   func(e *Entry) { e.ConfirmedBy = "" },
		"a source that is not an id":     func(e *Entry) { e.SourceID = "" },
		"a programme that is not an id":  func(e *Entry) { e.ProgrammeID = "" },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			t.Parallel()
			if e, err := NewEntry(Service, givenService(change)); err == nil {
				t.Errorf("NewEntry = %+v, want an error", e)
			}
		})
	}
}

func TestAddUp(t *testing.T) {
	t.Parallel()
	t.Run("adds what belongs to the same sum, and orders the sums", func(t *testing.T) {
		t.Parallel()
		a := givenService(func(e *Entry) { e.VolunteerID = "b"; e.Account = ServiceAccount })
		b := a
		b.Minutes = 30
		c := a
		c.VolunteerID = "a"
		training := a
		training.Account = TrainingAccount
		got := AddUp([]Entry{training, a, c, b})
		want := []Total{
			{Sum: c.Total().Sum, Minutes: 120, Entries: 1, Services: 1},
			{Sum: a.Total().Sum, Minutes: 150, Entries: 2, Services: 2},
			{Sum: training.Total().Sum, Minutes: 120, Entries: 1, Services: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// Who may object to a line of a child's or a family's, and knows nobody there, sees the
// day and the minutes; of corrections of such lines, too.
func TestForStrangers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Entry)
		hidden bool
	}{
		"an activity":                      {func(*Entry) {}, false},
		"a visit or a call":                {func(e *Entry) { e.SourceKind = SourceContact }, true},
		"a correction of one with a child": {func(e *Entry) { e.SourceKind, e.Title = SourceCorrection, ContactTitle }, true},
		"a correction of one at a family":  {func(e *Entry) { e.SourceKind, e.Title = SourceCorrection, AidTitle }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := givenService(test.change)
			seen := e.ForStrangers()
			if hidden := seen.RegionPath == "" && seen.ConfirmedBy == "" && seen.To.Sub(seen.From) == 24*time.Hour; hidden != test.hidden || seen.Minutes != e.Minutes {
				t.Errorf("%+v", seen)
			}
		})
	}
}
