package demo

import (
	"iter"
	"math/rand/v2"
	"time"
)

// tellEvery is after how many tasks an observer hears: some dozens of times in
// a hundredth of the city, some thousands in the whole.
const tellEvery = 10

// tasks writes out the planned tasks one by one. Each has random numbers of
// its own, so that every call and every order of reading yields the same.
func (c *City) tasks() iter.Seq[Task] {
	return func(yield func(Task) bool) {
		for i := range c.plan {
			if !yield(c.task(&c.plan[i])) {
				return
			}
			if c.progress != nil && ((i+1)%tellEvery == 0 || i+1 == len(c.plan)) {
				c.progress(i+1, len(c.plan))
			}
		}
	}
}

func (c *City) task(t *plannedTask) Task {
	first := t.shifts[0]
	r := stream(c.seed, forTask, uint64(t.team), uint64(c.at(first.day, first.start).Unix()))
	k, a := &c.crews[t.team], t.activity
	where := c.sceneOf(r, k, a)
	leader := c.Volunteers[k.seats[0].volunteer]
	made := leader.ID
	if r.IntN(10) == 0 {
		made = c.Volunteers[k.seats[1].volunteer].ID
	}
	task := Task{
		ID: newID(t.published, r), TeamID: c.Teams[t.team].ID, ProgrammeID: a.programmeID, CreatedBy: made,
		Title: where.words.Replace(pick(r, a.Titles)), Description: where.words.Replace(a.About), Place: where.place,
		Latitude: where.latitude, Longitude: where.longitude,
		Risks: a.Risks, Insurance: a.Insurance, Bring: a.Bring, Risky: a.Insurance != "",
		ContactName: leader.Name, ContactPhone: leader.Phone, PublishedAt: t.published,
		Shifts: make([]Shift, 0, len(t.shifts)),
	}
	for _, s := range t.shifts {
		task.Shifts = append(task.Shifts, c.shift(r, t, s))
	}
	if a.training() {
		teach(r, &task)
	}
	return task
}

func (c *City) shift(r *rand.Rand, t *plannedTask, p plannedShift) Shift {
	s := Shift{ID: newID(t.published, r), StartsAt: c.at(p.day, p.start)}
	s.EndsAt = s.StartsAt.Add(time.Duration(p.minutes) * time.Minute)
	if !p.past() {
		s.Capacity = roundUp(p.crew * between(r, 11, 16) / 10)
		wanted := s.Capacity * between(r, 25, 85) / 100
		if r.IntN(10) == 0 {
			wanted = s.Capacity // full
		}
		s.SignUps = c.signUps(r, t, p, s, wanted)
		return s
	}
	absent := 0
	for range p.crew {
		if r.IntN(28) == 0 {
			absent++
		}
	}
	s.SignUps = c.signUps(r, t, p, s, p.crew+absent)
	s.Capacity = roundUp(len(s.SignUps) * between(r, 10, 15) / 10)
	s.PeopleServed = between(r, t.activity.Served[0], t.activity.Served[1])
	c.confirm(r, &c.crews[t.team], &s, p.crew)
	return s
}

// roundUp returns the next multiple of five: nobody posts a task for 13.
func roundUp(n int) int { return (n + 4) / 5 * 5 }
