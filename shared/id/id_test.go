package id

import (
	"slices"
	"testing"
)

func TestNew(t *testing.T) {
	t.Parallel()
	ids := make([]string, 1000)
	for i := range ids {
		ids[i] = New()
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Error("ids made one after the other do not sort in that order, each once")
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		New(): true, "0190c0de-0000-7000-8000-0000000000aa": true,
		"": false, "0190C0DE-0000-7000-8000-0000000000AA": false, "{0190c0de-0000-7000-8000-0000000000aa}": false,
		"0190c0de00007000800000000000000aa": false, "../../etc/passwd": false, "0190c0de-0000-7000-8000-0000000000aa ": false,
	} {
		if got := Valid(s); got != want {
			t.Errorf("Valid(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	s := New()
	if b := Append([]byte("x"), s); len(b) != 17 || FromBytes([16]byte(b[1:])) != s {
		t.Errorf("%s came back from %x as another", s, b)
	}
}
