package domain

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// The detectors are pure: the same traces always give the same findings. They
// look for what cannot be, not for what is rare, because each finding costs an
// officer minutes and somebody a question: of a thousand honest days at most
// five may be asked about.
const (
	// farApart and tooFast are when somebody cannot have come from one place to
	// the next. Places are those of the shifts, so a few kilometres say nothing.
	farApart = 5.0   // km
	tooFast  = 150.0 // km/h
	// crowdOnDevice is how many people one phone checks in before it is asked
	// about: a couple with one phone is no crowd.
	crowdOnDevice = 3
	// roundRun is how many hand-made entries of whole hours in a row are odd.
	roundRun = 6
	// slack is what two attendances may overlap: phones and pages are slow.
	slack = 2 * time.Minute
)

// Trace is an attendance as a detector sees it.
type Trace struct {
	AttendanceID string
	Person       string // whose it is, under whichever record
	VolunteerID  string // the record
	ShiftID      string
	TeamID       string
	Starts, Ends time.Time // of the shift
	In, Out      time.Time // as observed; Out is zero when nobody knows
	InMethod     Method
	OutMethod    Method
	Latitude     float64 // of the shift's place; both zero when not known
	Longitude    float64
	Programme    string
	DayLimit     int // minutes a day, by the programme's setting of that day; zero: none
}

// credited is the interval that counts, cut to the shift.
func (t Trace) credited() (from, to time.Time, minutes int) {
	return Credit(Shift{StartsAt: t.Starts, EndsAt: t.Ends}, t.In, t.Out)
}

// Detect looks at what each person did: two at once, too much in a day, and
// places that nobody reaches in the time between.
func Detect(traces []Trace) []Finding {
	var found []Finding
	for _, days := range byPerson(traces) {
		apart := journeys(days)
		found = append(found, apart...)
		found = append(found, slices.DeleteFunc(overlaps(days), func(f Finding) bool { return asksOf(apart, f) })...)
		found = append(found, longDays(days)...)
		found = append(found, roundFigures(days)...)
	}
	return found
}

// asksOf reports whether one of the findings is about the same attendances: two
// codes far apart are asked about once, not as an overlap as well.
func asksOf(found []Finding, f Finding) bool {
	return slices.ContainsFunc(found, func(o Finding) bool { return slices.Equal(o.AttendanceIDs, f.AttendanceIDs) })
}

func byPerson(traces []Trace) [][]Trace {
	sorted := slices.SortedFunc(slices.Values(traces), func(x, y Trace) int {
		return cmp.Or(cmp.Compare(x.Person, y.Person), x.In.Compare(y.In), cmp.Compare(x.AttendanceID, y.AttendanceID))
	})
	return slices.Collect(chunksBy(sorted, func(t Trace) string { return t.Person }))
}

// chunksBy yields the runs of items with the same key.
func chunksBy[T any](items []T, key func(T) string) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for begin := 0; begin < len(items); {
			end := begin + 1
			for end < len(items) && key(items[end]) == key(items[begin]) {
				end++
			}
			if !yield(items[begin:end]) {
				return
			}
			begin = end
		}
	}
}

func overlaps(days []Trace) (found []Finding) {
	for i, x := range days {
		for _, y := range days[i+1:] {
			xFrom, xTo, xm := x.credited()
			yFrom, yTo, ym := y.credited()
			common := earlier(xTo, yTo).Sub(later(xFrom, yFrom))
			if x.ShiftID != y.ShiftID && xm > 0 && ym > 0 && common > slack {
				found = append(found, y.finding(RuleOverlap, Evidences{Minutes: int(common / time.Minute)}, x, y))
			}
		}
	}
	return found
}

// signedForAll reports whether a printed sheet says that they came at the
// beginning and left at the end.
func (t Trace) signedForAll() bool {
	return t.InMethod == MethodPaper && t.OutMethod == MethodPaper && t.In.Equal(t.Starts) && t.Out.Equal(t.Ends)
}

// longDays finds what is more than a programme's own limit in a day, and what
// is more than the most of the limits of all that was done: who goes from one
// programme to the next does not have two days in one.
func longDays(days []Trace) (found []Finding) {
	day := func(t Trace) string { return t.Starts.In(clock.City).Format(time.DateOnly) }
	byDay := slices.SortedStableFunc(slices.Values(days), func(x, y Trace) int {
		return cmp.Or(strings.Compare(day(x), day(y)), strings.Compare(x.Programme, y.Programme))
	})
	for one := range chunksBy(byDay, day) {
		if f, long := longDay(one); long {
			found = append(found, f)
			continue
		}
		for part := range chunksBy(one, func(t Trace) string { return t.Programme }) {
			if f, long := longDay(part); long {
				found = append(found, f)
				break
			}
		}
	}
	return found
}

func longDay(day []Trace) (Finding, bool) {
	sum, limit := 0, 0
	for _, t := range day {
		if t.DayLimit == 0 {
			return Finding{}, false
		}
		_, _, minutes := t.credited()
		sum, limit = sum+minutes, max(limit, t.DayLimit)
	}
	return day[len(day)-1].finding(RuleHours, Evidences{Minutes: sum, Limit: limit}, day...), sum > limit
}

// sighting is when somebody was seen at a place.
type sighting struct {
	at   time.Time
	code bool
	t    Trace
}

func journeys(days []Trace) (found []Finding) {
	var seen []sighting
	for _, t := range days {
		if t.Latitude == 0 && t.Longitude == 0 {
			continue
		}
		if t.InMethod.witnessed() {
			seen = append(seen, sighting{t.In, t.InMethod.byCode(), t})
		}
		if !t.Out.IsZero() && t.OutMethod.witnessed() {
			seen = append(seen, sighting{t.Out, t.OutMethod.byCode(), t})
		}
	}
	slices.SortStableFunc(seen, func(x, y sighting) int { return x.at.Compare(y.at) })
	asked := map[string]bool{}
	for i := 1; i < len(seen); i++ {
		x, y := seen[i-1], seen[i]
		km, speed := journey(x, y)
		if x.t.ShiftID == y.t.ShiftID || km <= farApart || speed <= tooFast {
			continue
		}
		rule := RuleTravel
		if x.code && y.code && y.at.Before(x.t.Out) {
			rule = RuleCodesApart // a code elsewhere while checked in here: one of the two was somebody else
		}
		f := y.t.finding(rule, Evidences{Km: math.Round(km*10) / 10, KmH: int(math.Min(speed, 9999)), Minutes: int(y.at.Sub(x.at) / time.Minute)}, x.t, y.t)
		if !asked[f.Key] {
			asked[f.Key] = true
			found = append(found, f)
		}
	}
	return found
}

func journey(x, y sighting) (km, speed float64) {
	km = Distance(x.t.Latitude, x.t.Longitude, y.t.Latitude, y.t.Longitude)
	return km, km / math.Max(y.at.Sub(x.at).Hours(), 1.0/3600)
}

// roundFigures finds runs of entries that nobody saw, each of whole hours.
func roundFigures(days []Trace) (found []Finding) {
	var run []Trace
	end := func() {
		if len(run) >= roundRun {
			found = append(found, run[0].finding(RuleRound, Evidences{Run: len(run)}, run...))
		}
		run = nil
	}
	for _, t := range days {
		if t.signedForAll() {
			continue // they signed for the whole shift: the round figures are the shift's
		}
		_, _, minutes := t.credited()
		if !t.InMethod.witnessed() && !t.OutMethod.witnessed() && minutes > 0 && minutes%60 == 0 {
			run = append(run, t)
		} else {
			end()
		}
	}
	end()
	return found
}

// DeviceClaim is a check-in as the device rule sees it.
type DeviceClaim struct {
	AttendanceID string
	Person       string
	VolunteerID  string
	ShiftID      string
	TeamID       string
	Mark         string // the browser's
}

// DetectDevices finds the phones from which several people checked themselves
// in at one shift, and asks each of them: one finding a person. Phones that
// were declared to be shared, and leaders' taps, are not given to it.
func DetectDevices(claims []DeviceClaim) (found []Finding) {
	key := func(c DeviceClaim) string { return c.ShiftID + c.Mark }
	sorted := slices.SortedFunc(slices.Values(claims), func(x, y DeviceClaim) int {
		return cmp.Or(cmp.Compare(key(x), key(y)), cmp.Compare(x.Person, y.Person))
	})
	for one := range chunksBy(sorted, key) {
		people := slices.CompactFunc(slices.Clone(one), func(x, y DeviceClaim) bool { return x.Person == y.Person })
		if len(people) < crowdOnDevice {
			continue
		}
		for _, c := range people {
			found = append(found, Finding{
				Rule: RuleDevice, Key: string(RuleDevice) + " " + c.AttendanceID, VolunteerID: c.VolunteerID,
				AttendanceIDs: []string{c.AttendanceID}, ShiftID: c.ShiftID, TeamID: c.TeamID, Evidence: Evidences{People: len(people)},
			})
		}
	}
	return found
}

// finding is about this trace's person; its key is the rule and the first
// attendance of the others, so that a run that grows stays one finding.
func (t Trace) finding(rule Rule, e Evidences, of ...Trace) Finding {
	f := Finding{Rule: rule, VolunteerID: t.VolunteerID, ShiftID: t.ShiftID, TeamID: t.TeamID, Evidence: e}
	for _, o := range of {
		if !slices.Contains(f.AttendanceIDs, o.AttendanceID) {
			f.AttendanceIDs = append(f.AttendanceIDs, o.AttendanceID)
		}
	}
	parts := []string{string(rule), f.AttendanceIDs[0]}
	if rule == RuleOverlap || rule == RuleTravel || rule == RuleCodesApart {
		parts = append(parts, f.AttendanceIDs[len(f.AttendanceIDs)-1])
	}
	f.Key = strings.Join(parts, " ")
	return f
}

// witnessed reports whether somebody or something at the place saw it.
func (m Method) witnessed() bool { return m != MethodNone && m != MethodOwn && m != MethodPaper }

// byCode reports whether the person's own phone saw the leader's screen.
func (m Method) byCode() bool {
	return m == MethodDigits || strings.HasPrefix(string(m), string(MethodLink))
}

// Distance is how far two points are apart, in kilometres, on a round earth.
func Distance(lat1, lng1, lat2, lng2 float64) float64 {
	const radius = 6371.0
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	a := math.Pow(math.Sin(rad(lat2-lat1)/2), 2) + math.Cos(rad(lat1))*math.Cos(rad(lat2))*math.Pow(math.Sin(rad(lng2-lng1)/2), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(a)))
}

func earlier(x, y time.Time) time.Time {
	if x.Before(y) {
		return x
	}
	return y
}

func later(x, y time.Time) time.Time {
	if x.After(y) {
		return x
	}
	return y
}
