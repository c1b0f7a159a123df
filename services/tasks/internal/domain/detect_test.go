package domain

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// F6: what honest days and fraud look like, made with a seed, and how many of
// each are asked about.
func TestDetect(t *testing.T) {
	t.Parallel()
	t.Run("F6: of 1,000 honest days at most 5 are asked about and nothing is refused", func(t *testing.T) {
		t.Parallel()
		m := newMaker(1)
		asked, refused := map[string]Rule{}, 0
		for range 1000 {
			day := m.honestDay()
			for _, x := range day {
				s := Shift{StartsAt: x.Starts, EndsAt: x.Ends, State: ShiftOpen}
				if s.accepts(x.In) != nil || !x.Out.IsZero() && s.accepts(x.Out) != nil {
					refused++
				}
			}
			for _, f := range Detect(day) {
				asked[day[0].Person] = f.Rule
			}
		}
		t.Logf("F6 honest: %d of 1,000 asked about, %d refused", len(asked), refused)
		if len(asked) > 5 || refused != 0 {
			t.Errorf("%d are asked about (%v), %d refused", len(asked), asked, refused)
		}
	})
	t.Run("F6: of 1,000 frauds at least 990 are asked about, each sort of them", func(t *testing.T) {
		t.Parallel()
		m := newMaker(2)
		sorts := []struct {
			name string
			make func() ([]Trace, []DeviceClaim)
			rule Rule
		}{
			{"two shifts at once", m.twoAtOnce, RuleOverlap},
			{"a friend scans elsewhere", m.friendElsewhere, RuleCodesApart},
			{"from place to place too fast", m.tooFast, RuleTravel},
			{"a day of ten hours", m.longDay, RuleHours},
			{"one phone for five", m.onePhone, RuleDevice},
			{"round figures by hand", m.roundRun, RuleRound},
		}
		caught, by := 0, map[string]int{}
		for i := range 1000 {
			sort := sorts[i%len(sorts)]
			traces, claims := sort.make()
			for _, f := range append(Detect(traces), DetectDevices(claims)...) {
				if f.Rule == sort.rule {
					caught++
					by[sort.name]++
					break
				}
			}
		}
		t.Logf("F6 fraud: %d of 1,000 asked about: %v", caught, by)
		if caught < 990 || len(by) != len(sorts) {
			t.Errorf("%d of 1,000: %v", caught, by)
		}
	})
	t.Run("F4: one phone for five people in a minute is asked about five times; a couple's phone is not", func(t *testing.T) {
		t.Parallel()
		m := newMaker(3)
		_, five := m.onePhone()
		found := DetectDevices(five)
		people := map[string]bool{}
		for _, f := range found {
			people[f.VolunteerID] = true
		}
		if len(found) != 5 || len(people) != 5 || found[0].Evidence.People != 5 {
			t.Errorf("found %+v", found)
		}
		if couple := DetectDevices(five[:2]); len(couple) != 0 {
			t.Errorf("a couple: %+v", couple)
		}
	})
	t.Run("whole shifts signed on paper are no run of round figures; hours picked from paper are", func(t *testing.T) {
		t.Parallel()
		run, _ := newMaker(5).roundRun()
		for i := range run {
			run[i].InMethod, run[i].OutMethod = MethodPaper, MethodPaper
		}
		if found := Detect(run); len(found) != 0 {
			t.Errorf("found %+v", found)
		}
		for i := range run {
			run[i].Ends = run[i].Ends.Add(time.Minute)
		}
		if found := Detect(run); len(found) != 1 || found[0].Rule != RuleRound {
			t.Errorf("found %+v", found)
		}
	})
	t.Run("the same traces in any order give the same findings under the same keys", func(t *testing.T) {
		t.Parallel()
		m := newMaker(4)
		var all []Trace
		for range 50 {
			x, _ := m.twoAtOnce()
			y, _ := m.roundRun()
			all = append(append(all, x...), y...)
		}
		keys := func() map[string]bool {
			m.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			k := map[string]bool{}
			for _, f := range Detect(all) {
				k[f.Key] = true
			}
			return k
		}
		want := keys()
		if got := keys(); len(got) != len(want) || len(want) != 100 {
			t.Errorf("%d keys, then %d", len(want), len(got))
		}
		for k := range keys() {
			if !want[k] {
				t.Errorf("%s is new", k)
			}
		}
	})
	t.Run("a programme's own limit of a day counts, and one without a limit has none", func(t *testing.T) {
		t.Parallel()
		m := newMaker(6)
		for name, c := range map[string]struct {
			limits [4]int
			want   int
		}{
			"eight hours each": {[4]int{480, 480, 480, 480}, 1}, "four hours of one": {[4]int{600, 240, 240, 600}, 1},
			"ten hours": {[4]int{600, 600, 600, 600}, 0}, "none": {[4]int{0, 480, 480, 480}, 0},
		} {
			day, _ := m.longDay() // four times 135 to 150 minutes
			for i := range day {
				day[i].Ends, day[i].Out = day[i].Starts.Add(140*time.Minute), day[i].Starts.Add(140*time.Minute)
				day[i].DayLimit, day[i].Programme = c.limits[i], fmt.Sprint("of ", c.limits[i])
			}
			if found := Detect(day); len(found) != c.want {
				t.Errorf("%s: %+v", name, found)
			}
		}
	})
	t.Run("an end that nobody knows, and a place that nobody gave, say nothing", func(t *testing.T) {
		t.Parallel()
		m := newMaker(5)
		traces, _ := m.friendElsewhere()
		for i := range traces {
			traces[i].Latitude, traces[i].Longitude, traces[i].Out = 0, 0, time.Time{}
		}
		if found := Detect(traces); len(found) != 0 {
			t.Errorf("found %+v", found)
		}
	})
	t.Run("from the station to the Yunmeng mountain it is 30 kilometres or so", func(t *testing.T) {
		t.Parallel()
		if km := Distance(35.73, 114.29, 35.71, 113.96); km < 28 || km > 32 {
			t.Errorf("%.1f km", km)
		}
	})
}

// maker makes days of service in Hebi, which is some fifty kilometres across.
type maker struct {
	*rand.Rand
	n int
}

func newMaker(seed uint64) *maker { return &maker{Rand: rand.New(rand.NewPCG(seed, 4106))} }

func (m *maker) id(what string) string { m.n++; return fmt.Sprintf("%s-%d", what, m.n) }

type spot struct{ lat, lng float64 }

func (m *maker) spot() spot { return spot{35.5 + m.Float64()*0.45, 113.95 + m.Float64()*0.55} }

// noisy is where a phone thinks it is: up to 50 metres off.
func (m *maker) noisy(s spot) spot {
	const metres50 = 0.00045
	return spot{s.lat + (m.Float64()*2-1)*metres50, s.lng + (m.Float64()*2-1)*metres50}
}

func (m *maker) minutes(least, most int) time.Duration {
	return time.Duration(least+m.IntN(most-least+1)) * time.Minute
}

func (m *maker) morning() time.Time {
	return time.Date(2026, 11, 1+m.IntN(28), 0, 0, 0, 0, time.UTC).Add(m.minutes(0, 90)) // from eight in Hebi
}

func (m *maker) trace(person string, at spot, starts, ends, in, out time.Time) Trace {
	at = m.noisy(at)
	return Trace{
		AttendanceID: m.id("attendance"), Person: person, VolunteerID: person, ShiftID: m.id("shift"), TeamID: "team",
		Starts: starts, Ends: ends, In: in, Out: out, InMethod: MethodLink, OutMethod: MethodLink, Latitude: at.lat, Longitude: at.lng, Programme: "护河", DayLimit: DefaultSetting("").DayCap,
	}
}

// honestDay is one to three shifts, with the way between them on foot, by bus or
// by car; early arrivals, a check-out after the end, one that was forgotten.
func (m *maker) honestDay() (day []Trace) {
	person, at, now := m.id("person"), m.spot(), m.morning()
	left := 8 * time.Hour
	for range 1 + m.IntN(3) {
		length := m.minutes(60, 160)
		if length > left {
			break
		}
		left -= length
		starts := now.Add(m.minutes(5, 20))
		in, out := starts.Add(-m.minutes(0, 4)), starts.Add(length+m.minutes(0, 10))
		switch m.IntN(10) {
		case 0:
			in = starts.Add(m.minutes(1, 30)) // late
		case 1:
			out = starts.Add(length - m.minutes(1, 30)) // early
		}
		x := m.trace(person, at, starts, starts.Add(length), in, out)
		if m.IntN(12) == 0 {
			x.Out, x.OutMethod = time.Time{}, MethodNone
		}
		if m.IntN(6) == 0 {
			x.InMethod = MethodTap
		}
		day = append(day, x)
		next := m.spot()
		if m.IntN(4) == 0 {
			next = at // the next shift is at the same place
		}
		speed := []float64{5, 25, 40, 110}[m.IntN(4)] // km/h: on foot, by bus, by car in town, by car on the motorway
		km := Distance(at.lat, at.lng, next.lat, next.lng)
		if km > 4 && speed < 25 {
			speed = 25
		}
		now, at = out.Add(time.Duration(km/speed*float64(time.Hour))), next
	}
	return day
}

func (m *maker) twoAtOnce() ([]Trace, []DeviceClaim) {
	person, at, starts := m.id("person"), m.spot(), m.morning()
	length := m.minutes(60, 180)
	second := starts.Add(m.minutes(0, 30))
	return []Trace{
		m.trace(person, at, starts, starts.Add(length), starts, starts.Add(length)),
		m.trace(person, at, second, second.Add(length), second, second.Add(length)),
	}, nil
}

// far is a spot more than ten kilometres away.
func (m *maker) far(from spot) spot {
	for {
		if to := m.spot(); Distance(from.lat, from.lng, to.lat, to.lng) > 10 {
			return to
		}
	}
}

func (m *maker) friendElsewhere() ([]Trace, []DeviceClaim) {
	person, at, starts := m.id("person"), m.spot(), m.morning()
	meanwhile := starts.Add(m.minutes(0, 2)) // two phones, two places, at once
	return []Trace{
		m.trace(person, at, starts, starts.Add(2*time.Hour), starts, starts.Add(2*time.Hour)),
		m.trace(person, m.far(at), meanwhile, meanwhile.Add(2*time.Hour), meanwhile, meanwhile.Add(2*time.Hour)),
	}, nil
}

func (m *maker) tooFast() ([]Trace, []DeviceClaim) {
	person, at, starts := m.id("person"), m.spot(), m.morning()
	out := starts.Add(m.minutes(60, 120))
	in := out.Add(m.minutes(0, 3))
	return []Trace{
		m.trace(person, at, starts, out, starts, out),
		m.trace(person, m.far(at), in, in.Add(time.Hour), in, in.Add(time.Hour)),
	}, nil
}

func (m *maker) longDay() (day []Trace, _ []DeviceClaim) {
	person, at, now := m.id("person"), m.spot(), m.morning()
	for range 4 {
		ends := now.Add(m.minutes(135, 150))
		day = append(day, m.trace(person, at, now, ends, now, ends))
		now = ends.Add(5 * time.Minute)
	}
	return day, nil
}

func (m *maker) onePhone() (_ []Trace, claims []DeviceClaim) {
	shift, mark := m.id("shift"), m.id("mark")
	for range 5 {
		person := m.id("person")
		claims = append(claims, DeviceClaim{AttendanceID: m.id("attendance"), Person: person, VolunteerID: person, ShiftID: shift, TeamID: "team", Mark: mark})
	}
	return nil, claims
}

func (m *maker) roundRun() (run []Trace, _ []DeviceClaim) {
	person, at, day := m.id("person"), m.spot(), m.morning()
	for range roundRun + m.IntN(3) {
		length := time.Duration(1+m.IntN(3)) * time.Hour
		x := m.trace(person, at, day, day.Add(length), day, day.Add(length))
		x.InMethod, x.OutMethod = MethodNone, MethodNone
		run = append(run, x)
		day = day.Add(24 * time.Hour)
	}
	return run, nil
}
