package domain

import (
	"errors"
	"testing"
	"time"
)

func TestFreePlace(t *testing.T) {
	t.Parallel()
	gone := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	t.Run("a photo that was taken down leaves its place to the next", func(t *testing.T) {
		t.Parallel()
		if place, err := FreePlace([]Photo{{Place: 1}, {Place: 2, TakenDownAt: gone}, {Place: 3}}, 3); place != 2 || err != nil {
			t.Errorf("place %d, %v", place, err)
		}
	})
	t.Run("no more than there may be", func(t *testing.T) {
		t.Parallel()
		if _, err := FreePlace([]Photo{{Place: 3}, {Place: 1}, {Place: 2}}, 3); !errors.Is(err, ErrPhotosFull) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRecords(t *testing.T) {
	t.Parallel()
	end := time.Date(2026, 11, 23, 3, 30, 0, 0, time.UTC)
	cases := map[string]struct {
		state ShiftState
		now   time.Time
		want  error
	}{
		"a shift that goes on":   {ShiftOpen, end.Add(-time.Second), ErrRecordEarly},
		"one that is over":       {ShiftOpen, end, nil},
		"one that is confirmed":  {ShiftConfirmed, end.Add(time.Hour), nil},
		"one that was cancelled": {ShiftCancelled, end.Add(time.Hour), ErrNotHeld},
		"one that is held back":  {ShiftPaused, end.Add(time.Hour), ErrNotHeld},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := (Shift{State: c.state, EndsAt: end}).Records(c.now); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}
