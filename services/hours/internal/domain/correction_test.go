package domain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

var (
	nine     = time.Date(2026, time.November, 24, 9, 0, 0, 0, clock.City)
	tomorrow = nine.AddDate(0, 0, 1)
)

// twoHours is a line of lin's, from nine to eleven, confirmed by wu and settled in a week.
func twoHours() Entry {
	return Entry{
		ID: "line", VolunteerID: "lin", TeamID: "team", RegionPath: "4106/410611/410611100/", Kind: Service, Account: ServiceAccount, Verification: "B",
		Minutes: 120, From: nine, To: nine.Add(2 * time.Hour), SourceKind: SourceAttendance, SourceID: "attendance", ConfirmedBy: "wu", SettlesOn: DayOf(nine) + 7,
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	good := Served{From: nine, To: nine.Add(3 * time.Hour), Minutes: 180}
	for name, c := range map[string]struct {
		line   func(*Entry)
		as     AskedAs
		reason string
		wanted Served
		want   error
	}{
		"what is sane is asked":           {nil, AsVolunteer, "少了", good, nil},
		"it did not happen":               {nil, AsLeader, "没来", Served{}, nil},
		"without a reason":                {nil, AsVolunteer, "  ", good, ErrReasonMissing},
		"with an essay":                   {nil, AsVolunteer, strings.Repeat("长", 201), good, ErrReasonTooLong},
		"of a reversal":                   {func(e *Entry) { e.Kind, e.Minutes = Reversal, -120 }, AsVolunteer, "少了", good, ErrOfReversal},
		"an objection when it is settled": {func(e *Entry) { e.SettlesOn = DayOf(tomorrow) }, AsObjector, "没来", Served{}, ErrPublicityOver},
		"another question when it is":     {func(e *Entry) { e.SettlesOn = 0 }, AsLeader, "没来", Served{}, nil},
		"the same again":                  {nil, AsVolunteer, "少了", Served{nine, nine.Add(2 * time.Hour), 120}, ErrNothingDifferent},
		"an end before the start":         {nil, AsVolunteer, "少了", Served{nine, nine.Add(-time.Hour), 60}, ErrSpanUnusable},
		"more minutes than there are":     {nil, AsVolunteer, "少了", Served{nine, nine.Add(time.Hour), 61}, ErrSpanUnusable},
		"more than a day":                 {nil, AsVolunteer, "少了", Served{nine.AddDate(0, 0, -2), nine, 1440}, ErrSpanUnusable},
		"what has not been yet":           {nil, AsVolunteer, "少了", Served{tomorrow, tomorrow.Add(time.Hour), 60}, ErrSpanInFuture},
		"another week":                    {nil, AsVolunteer, "少了", Served{nine.AddDate(0, 0, -8), nine.AddDate(0, 0, -8).Add(time.Hour), 60}, ErrSpanTooFar},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := twoHours()
			if c.line != nil {
				c.line(&e)
			}
			if _, err := e.Ask("lin", c.as, c.reason, c.wanted, tomorrow); !errors.Is(err, c.want) {
				t.Errorf("error = %v, want %v", err, c.want)
			}
		})
	}
}

func TestProvedAs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		as   AskedAs
		was  string
		to   Served
		want string
	}{
		"a part is proved as the whole was":           {AsVolunteer, "A", Served{nine, nine.Add(time.Hour), 60}, "A"},
		"more, on the volunteer's word":               {AsVolunteer, "A", Served{nine, nine.Add(3 * time.Hour), 180}, "D"},
		"more, on a leader's":                         {AsLeader, "A", Served{nine, nine.Add(3 * time.Hour), 180}, "C"},
		"never better than it was":                    {AsLeader, "D", Served{nine.Add(-time.Hour), nine, 60}, "D"},
		"as long as before at another time of day is": {AsOfficer, "B", Served{nine.Add(time.Hour), nine.Add(3 * time.Hour), 120}, "C"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := twoHours()
			e.Verification = c.was
			lines, err := e.Correct(Correction{ID: "question", AskedAs: c.as, DecidedBy: "an", DecidedAt: tomorrow}, c.to, DayOf(tomorrow)+7)
			if err != nil || len(lines) != 2 || lines[1].Verification != c.want || lines[0].Verification != c.was || lines[0].Minutes != -120 {
				t.Errorf("%+v, %v; want a new line proved by %s", lines, err, c.want)
			}
		})
	}
}

func TestCorrectionPlace(t *testing.T) {
	t.Parallel()
	const township, county, city = "4106/410611/410611100/", "4106/410611/", "4106/"
	person := func(ids ...string) (p map[string]Person) {
		p = map[string]Person{}
		for _, id := range ids {
			p[id] = NewPerson(id)
		}
		return p
	}
	d := CorrectionDeciders{
		ConfirmedBy: "wu", Leaders: []string{"wu", "du"}, Persons: person("wu", "du", "xia", "shi", "lin"),
		Officers: []Officer{{"xia", county}, {"shi", city}},
	}
	by := func(as AskedAs, asked string) Correction {
		return Correction{AskedBy: asked, AskedAs: as, VolunteerID: "lin", RegionPath: township}
	}
	alone := d
	alone.Leaders = []string{"wu"}
	nobody := CorrectionDeciders{}
	for name, c := range map[string]struct {
		from CorrectionDeciders
		c    Correction
		want CorrectionPlace
		who  []string
	}{
		"with the deputy who did not confirm it":     {d, by(AsVolunteer, "lin"), CorrectionPlace{Turn: TurnLeader}, []string{"du"}},
		"with the nearest office when there is none": {alone, by(AsVolunteer, "lin"), CorrectionPlace{TurnOffice, county}, []string{"xia"}},
		"a leader's with the office":                 {d, by(AsLeader, "du"), CorrectionPlace{TurnOffice, county}, []string{"xia"}},
		"an officer's with the one above":            {d, by(AsOfficer, "xia"), CorrectionPlace{TurnOffice, city}, []string{"shi"}},
		"at the top when nobody may":                 {nobody, by(AsVolunteer, "lin"), CorrectionPlace{TurnOffice, city}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place, who := c.from.First(c.c)
			if diff := cmp.Diff(c.want, place); diff != "" || !cmp.Equal(c.who, who) {
				t.Errorf("%s; by %v, want %v", diff, who, c.who)
			}
		})
	}
}
