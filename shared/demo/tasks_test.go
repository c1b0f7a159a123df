package demo

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTasks(t *testing.T) {
	t.Parallel()
	for _, scale := range []float64{0.02, 1} {
		t.Run(fmt.Sprintf("at scale %v every task keeps the rules", scale), func(t *testing.T) {
			t.Parallel()
			b := newBooks(givenCity(t, scale))
			b.check(t)
			b.shares(t, map[bool]float64{true: 0.01, false: 0.08}[scale == 1])
			t.Logf("%d past, %d today, %d coming shifts; %d sign-ups, %d attendances, %v, %d people with hours",
				b.past, b.today, b.coming-b.today, b.signUps, b.present, b.grades, len(b.minutes))
		})
	}
	t.Run("stopping in the middle is allowed", func(t *testing.T) {
		t.Parallel()
		for range givenCity(t, 0.01).Tasks() {
			break
		}
	})
	t.Run("every programme has tasks", func(t *testing.T) {
		t.Parallel()
		c := givenCity(t, 0.1)
		found := map[string]int{}
		for task := range c.Tasks() {
			found[task.ProgrammeID]++
		}
		for _, p := range c.Programmes {
			if found[p.ID] == 0 {
				t.Errorf("no task under %s", p.Name)
			}
		}
	})
	t.Run("some 580 classes are held in the years that are past, and who came often enough has a certificate", func(t *testing.T) {
		t.Parallel()
		c := givenCity(t, 1)
		held, numbers := 0, map[string]bool{}
		for class := range c.Classes() {
			if !class.Training || class.SessionsNeeded < 1 || class.SessionsNeeded > len(class.Shifts) {
				t.Fatalf("%s needs %d of %d sessions", class.Title, class.SessionsNeeded, len(class.Shifts))
			}
			if class.Shifts[len(class.Shifts)-1].StartsAt.Before(c.Day) {
				held++
			}
			for _, one := range class.Certificates {
				if numbers[one.Number] || !one.IssuedAt.After(one.CompletedOn) || one.Minutes < 1 {
					t.Errorf("%s: certificate %+v", class.Title, one)
				}
				numbers[one.Number] = true
			}
		}
		if held < 540 || held > 620 || len(numbers) < 3*held {
			t.Errorf("%d classes, %d certificates", held, len(numbers))
		}
	})
	t.Run("the seasons show: 三八 in March, coats in winter", func(t *testing.T) {
		t.Parallel()
		for task := range givenCity(t, 0.1).Tasks() {
			month := task.Shifts[0].StartsAt.Month()
			if strings.Contains(task.Title, "三八") && month != time.March || strings.Contains(task.Title, "六一圆梦") && month != time.May && month != time.June ||
				strings.Contains(task.Title, "冬日送温暖") && month > time.February && month < time.November {
				t.Errorf("%s in %v", task.Title, month)
			}
		}
	})
}

func BenchmarkWholeCity(b *testing.B) {
	for b.Loop() {
		c, err := NewCity(Options{Scale: 1, Day: day})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for range c.Tasks() {
			n++
		}
		b.ReportMetric(float64(n), "tasks")
	}
}
