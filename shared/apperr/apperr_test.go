package apperr

import (
	"errors"
	"fmt"
	"testing"
)

var errFull = New(Conflict, "shift_full", "这一场已报满（{taken} 人）。", "This shift is full ({taken} people).")

func TestError(t *testing.T) {
	t.Parallel()
	t.Run("speaks the reader's language with the values filled in", func(t *testing.T) {
		t.Parallel()
		err := errFull.With("taken", "10")
		if got, want := err.Text("zh-CN"), "这一场已报满（10 人）。"; got != want {
			t.Errorf("Text(zh-CN) = %q, want %q", got, want)
		}
		if got, want := err.Text("en"), "This shift is full (10 people)."; got != want {
			t.Errorf("Text(en) = %q, want %q", got, want)
		}
	})
	t.Run("is known by its code through wrapping", func(t *testing.T) {
		t.Parallel()
		err := fmt.Errorf("sign up: %w", errFull.With("taken", "3"))
		if !errors.Is(err, errFull) || KindOf(err) != Conflict {
			t.Errorf("errors.Is = %v, KindOf = %q; want true, conflict", errors.Is(err, errFull), KindOf(err))
		}
	})
	t.Run("filling a copy leaves the original alone", func(t *testing.T) {
		t.Parallel()
		_ = errFull.With("taken", "10")
		if got, want := errFull.Text("en"), "This shift is full ({taken} people)."; got != want {
			t.Errorf("Text(en) = %q, want %q", got, want)
		}
	})
	t.Run("several wrong inputs travel together", func(t *testing.T) {
		t.Parallel()
		missing := New(Invalid, "missing", "请填写。", "Please fill this in.")
		err := Together(Wrong("title", missing), Wrong("place", missing))
		if len(err.Fields) != 2 || err.Fields[1].Name != "place" || err.Fields[1].Text("en") != "Please fill this in." {
			t.Errorf("Fields = %+v", err.Fields)
		}
	})
	t.Run("a fault of ours has no kind", func(t *testing.T) {
		t.Parallel()
		if got := KindOf(errors.New("disk on fire")); got != "" {
			t.Errorf("KindOf = %q, want none", got)
		}
	})
}
