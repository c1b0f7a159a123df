package domain

import (
	"errors"
	"testing"
)

func TestJointTeam(t *testing.T) {
	t.Parallel()
	now := on(26, 9, 0)
	task := Task{ID: "task", TeamID: "host", State: TaskPublished}
	t.Run("only what is published is held together, and not with oneself", func(t *testing.T) {
		t.Parallel()
		for want, of := range map[error]Task{ErrJointDraft: {State: TaskDraft}, ErrTaskCancelled: {State: TaskCancelled}} {
			if _, _, err := of.AskTeam("other", nil, "she", now); !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		}
		if _, _, err := task.AskTeam("host", nil, "she", now); !errors.Is(err, ErrJointSelf) {
			t.Error(err)
		}
	})
	t.Run("asked once, answered, changed, asked again, taken back", func(t *testing.T) {
		t.Parallel()
		j, _, err := task.AskTeam("other", nil, "she", now)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			to      JointState
			changed bool
		}{{JointJoined, true}, {JointJoined, false}, {JointDeclined, true}, {JointJoined, true}} {
			if changed, err := j.Answer(step.to, "lead", now); err != nil || changed != step.changed || j.State != step.to {
				t.Errorf("%+v: %t, %v", step, changed, err)
			}
		}
		if _, changed, _ := task.AskTeam("other", &j, "she", now); changed {
			t.Error("asked again though it has joined")
		}
		if _, err := j.Answer(JointWithdrawn, "she", now); err != nil {
			t.Error(err)
		}
		if _, err := j.Answer(JointJoined, "lead", now); !errors.Is(err, ErrJointWithdrawn) {
			t.Errorf("joined though it was taken back: %v", err)
		}
		if again, changed, err := task.AskTeam("other", &j, "she", now); err != nil || !changed || again.State != JointAsked || again.Version <= j.Version {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestCreditsTo(t *testing.T) {
	t.Parallel()
	holders := []Holder{{TeamID: "host", Host: true, Originals: []string{"host"}}, {TeamID: "east", Originals: []string{"east", "old"}}, {TeamID: "west", Originals: []string{"west"}}}
	for name, c := range map[string]struct {
		in     []string
		chosen string
		want   string
	}{
		"in none of them":                   {nil, "", "host"},
		"in none of them, and chose one":    {nil, "east", "host"},
		"in the host":                       {[]string{"host"}, "", "host"},
		"in one that joined":                {[]string{"west"}, "", "west"},
		"in the host and another":           {[]string{"host", "west"}, "", "host"},
		"in two, and chose":                 {[]string{"host", "west"}, "west", "west"},
		"in two that joined":                {[]string{"west", "east"}, "", "east"},
		"chose what became part of another": {[]string{"east", "west"}, "old", "east"},
		"chose one and left it":             {[]string{"west"}, "east", "west"},
		"chose one that is no longer there": {[]string{"west"}, "gone", "west"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			member := func(h Holder) bool {
				for _, id := range c.in {
					if h.TeamID == id {
						return true
					}
				}
				return false
			}
			if got := CreditsTo(holders, member, c.chosen); got.TeamID != c.want {
				t.Errorf("%s, want %s", got.TeamID, c.want)
			}
		})
	}
}
