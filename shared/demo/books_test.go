package demo

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// books keep what the rules need to know of everything yielded.
type books struct {
	*City
	ids      map[string]bool
	roles    map[string]string // team+volunteer to role
	since    map[string]time.Time
	times    map[string][][2]time.Time // of sign-ups, by volunteer
	perDay   map[string]int            // minutes by volunteer and date
	minutes  map[string]int            // by volunteer
	grades   map[string]int
	today    int // shifts
	coming   int
	past     int
	signUps  int
	expected int // past sign-ups
	present  int
}

func newBooks(c *City) *books {
	b := &books{City: c, ids: map[string]bool{}, roles: map[string]string{}, since: map[string]time.Time{},
		times: map[string][][2]time.Time{}, perDay: map[string]int{}, minutes: map[string]int{}, grades: map[string]int{}}
	for _, m := range c.Memberships {
		b.roles[m.TeamID+m.VolunteerID] = m.Role
		b.since[m.TeamID+m.VolunteerID] = m.Since
	}
	return b
}

// check reads the whole city and holds every task against the rules.
func (b *books) check(t *testing.T) {
	t.Helper()
	order := time.Time{}
	for task := range b.Tasks() {
		b.checkTask(t, &task)
		last := task.Shifts[len(task.Shifts)-1].StartsAt
		if last.Before(order) {
			t.Errorf("task %s is out of order", task.ID)
		}
		order = last
	}
	for volunteer, spans := range b.times {
		slices.SortFunc(spans, func(a, b [2]time.Time) int { return a[0].Compare(b[0]) })
		for i := 1; i < len(spans); i++ {
			if spans[i][0].Before(spans[i-1][1]) {
				t.Errorf("%s is in two places: %v and %v", volunteer, spans[i-1], spans[i])
			}
		}
	}
	for key, minutes := range b.perDay {
		if minutes > 8*60 {
			t.Errorf("%s: %d minutes in a day", key, minutes)
		}
	}
	if b.today < 6 {
		t.Errorf("%d shifts today", b.today)
	}
}

func (b *books) unique(t *testing.T, key string) {
	t.Helper()
	if !id.Valid(key) || b.ids[key] {
		t.Errorf("id %q is not one or not unique", key)
	}
	b.ids[key] = true
}

func (b *books) checkTask(t *testing.T, task *Task) {
	t.Helper()
	b.unique(t, task.ID)
	texts := []string{task.Title, task.Description, task.Place, task.Risks, task.ContactName, task.ContactPhone}
	if slices.Contains(texts, "") || strings.ContainsAny(strings.Join(texts, "")+task.Bring, "{}") ||
		utf8.RuneCountInString(task.Title) > 60 || utf8.RuneCountInString(task.Place) > 120 {
		t.Errorf("texts of task %+v", *task)
	}
	if task.Risky != (task.Insurance != "") || task.Latitude < 35.3 || task.Latitude > 36.2 || task.Longitude < 113.9 || task.Longitude > 114.8 {
		t.Errorf("task %s: risky %v, insurance %q, at %v %v", task.Title, task.Risky, task.Insurance, task.Latitude, task.Longitude)
	}
	if role := b.roles[task.TeamID+task.CreatedBy]; role != "leader" && role != "deputy" {
		t.Errorf("task %s was made by a %q", task.ID, role)
	}
	if !slices.ContainsFunc(b.Programmes, func(p Programme) bool { return p.ID == task.ProgrammeID }) || len(task.Shifts) == 0 {
		t.Errorf("task %s: programme %s, %d shifts", task.ID, task.ProgrammeID, len(task.Shifts))
	}
	if !task.PublishedAt.Before(b.Day) || task.PublishedAt.Before(b.since[task.TeamID+task.CreatedBy]) {
		t.Errorf("task %s published %v", task.ID, task.PublishedAt)
	}
	for i := range task.Shifts {
		b.checkShift(t, task, &task.Shifts[i])
	}
}

func (b *books) checkShift(t *testing.T, task *Task, s *Shift) {
	t.Helper()
	b.unique(t, s.ID)
	length := s.EndsAt.Sub(s.StartsAt)
	y, m, d := s.StartsAt.Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, s.StartsAt.Location())
	if length < 90*time.Minute || length > 4*time.Hour || !task.PublishedAt.Before(s.StartsAt) || s.EndsAt.After(midnight) || s.StartsAt.Hour() < 6 {
		t.Errorf("shift %v to %v of %s", s.StartsAt, s.EndsAt, task.Title)
	}
	if s.Capacity < 5 || len(s.SignUps) > s.Capacity || len(s.SignUps) < 2 {
		t.Errorf("shift %s: %d of %d", s.ID, len(s.SignUps), s.Capacity)
	}
	past := s.StartsAt.Before(b.Day)
	switch {
	case past:
		b.past++
		if b.roles[task.TeamID+s.ConfirmedBy] == "" || b.roles[task.TeamID+s.ConfirmedBy] == "member" ||
			!s.ConfirmedAt.After(s.EndsAt) || !s.ConfirmedAt.Before(b.Day) {
			t.Errorf("shift %s confirmed by %q at %v", s.ID, s.ConfirmedBy, s.ConfirmedAt)
		}
	case s.ConfirmedBy != "" || !s.ConfirmedAt.IsZero() || s.PeopleServed != 0:
		t.Errorf("shift %s to come is confirmed", s.ID)
	default:
		b.coming++
		if s.StartsAt.Before(b.Day.AddDate(0, 0, 1)) {
			b.today++
		}
	}
	seen := map[string]bool{}
	for i := range s.SignUps {
		u := &s.SignUps[i]
		b.signUps++
		if past {
			b.expected++
		}
		b.unique(t, u.ID)
		if seen[u.VolunteerID] || b.roles[task.TeamID+u.VolunteerID] == "" || u.SignedUpAt.Before(task.PublishedAt) ||
			u.SignedUpAt.Before(b.since[task.TeamID+u.VolunteerID]) || !u.SignedUpAt.Before(s.StartsAt) || !u.SignedUpAt.Before(b.Day) {
			t.Errorf("sign-up %+v for %v", *u, s.StartsAt)
		}
		seen[u.VolunteerID] = true
		b.times[u.VolunteerID] = append(b.times[u.VolunteerID], [2]time.Time{s.StartsAt, s.EndsAt})
		if u.Attendance != nil {
			b.checkAttendance(t, s, u, past)
		}
	}
}

func (b *books) checkAttendance(t *testing.T, s *Shift, u *SignUp, past bool) {
	t.Helper()
	a := u.Attendance
	b.unique(t, a.ID)
	from, to := a.CheckedIn, a.CheckOut
	if from.Before(s.StartsAt) {
		from = s.StartsAt
	}
	if to.After(s.EndsAt) {
		to = s.EndsAt
	}
	if !past || !a.From.Equal(from) || !a.To.Equal(to) || a.Minutes != int(to.Sub(from)/time.Minute) || a.Minutes < 15 ||
		!a.CheckOut.After(a.CheckedIn) || !slices.Contains([]string{"A", "B", "C", "D"}, a.Verification) || !a.CheckOut.Before(s.ConfirmedAt) {
		t.Errorf("attendance %+v of shift %v to %v", *a, s.StartsAt, s.EndsAt)
	}
	if a.ConfirmedBy == u.VolunteerID || a.ConfirmedBy == "" {
		t.Errorf("attendance %s was confirmed by %q, its own volunteer or nobody", a.ID, a.ConfirmedBy)
	}
	b.present++
	b.grades[a.Verification]++
	b.minutes[u.VolunteerID] += a.Minutes
	b.perDay[u.VolunteerID+a.From.Format(time.DateOnly)] += a.Minutes
}

// shares holds the figures of the whole against what the demo promises.
func (b *books) shares(t *testing.T, slack float64) {
	t.Helper()
	within := func(what string, got, want, by float64) {
		if got < want-by || got > want+by {
			t.Errorf("%s: %.3f, want %.3f ± %.3f", what, got, want, by)
		}
	}
	within("attendances per team", float64(b.present)/float64(len(b.Teams)), teamAttendances, 0.03*teamAttendances)
	for grade, want := range map[string]float64{"A": 0.55, "B": 0.25, "C": 0.15, "D": 0.05} {
		within("share of "+grade, float64(b.grades[grade])/float64(b.present), want, slack)
	}
	within("share of no-shows", 1-float64(b.present)/float64(b.expected), 0.035, 0.01)
	totals := make([]int, 0, len(b.minutes))
	sum := 0
	for _, m := range b.minutes {
		totals = append(totals, m)
		sum += m
	}
	slices.Sort(totals)
	top := 0
	for _, m := range totals[len(totals)*9/10:] {
		top += m
	}
	within("share of hours of the most active tenth", float64(top)/float64(sum), 0.4, 0.13)
	if most := totals[len(totals)-1] / 60; most < 100 || most > 1000 {
		t.Errorf("the most active volunteer has %d h", most)
	}
}
