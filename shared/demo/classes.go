package demo

import (
	"iter"
	"math/rand/v2"
	"time"
)

// training reports whether people come to learn: all that is done under 公益培训.
func (a *activity) training() bool { return a.Programme == "公益培训" }

func (c *City) classes() iter.Seq[Task] {
	return func(yield func(Task) bool) {
		for i := range c.plan {
			if t := &c.plan[i]; t.activity.training() && !yield(c.task(t)) {
				return
			}
		}
	}
}

// teach makes a task a class that two thirds of its sessions complete, and
// writes certificates for whoever was there often enough: for half of a session
// at least, as the service counts.
func teach(r *rand.Rand, t *Task) {
	t.Training, t.SessionsNeeded = true, len(t.Shifts)-len(t.Shifts)/3
	sessions, minutes, confirmed := map[string]int{}, map[string]int{}, map[string]time.Time{}
	for _, s := range t.Shifts {
		for _, u := range s.SignUps {
			at := u.Attendance
			if at == nil || 2*at.To.Sub(at.From) < s.EndsAt.Sub(s.StartsAt) {
				continue
			}
			v := u.VolunteerID
			sessions[v]++
			minutes[v] += at.Minutes
			if s.ConfirmedAt.After(confirmed[v]) {
				confirmed[v] = s.ConfirmedAt
			}
			if sessions[v] == t.SessionsNeeded {
				t.Certificates = append(t.Certificates, Certificate{
					ID: newID(confirmed[v], r), Number: certificateNumber(confirmed[v], r), VolunteerID: v,
					CompletedOn: s.StartsAt, IssuedAt: confirmed[v], Minutes: minutes[v],
				})
			}
		}
	}
}

// certificateNumber is one as the tasks service makes them.
func certificateNumber(issued time.Time, r *rand.Rand) string {
	const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	number := []byte("PX" + issued.Format("06") + "-")
	for i := range 10 {
		if i == 5 {
			number = append(number, '-')
		}
		number = append(number, letters[r.IntN(len(letters))])
	}
	return string(number)
}
