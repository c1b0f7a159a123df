package demo

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"testing"
	"time"
)

var day = time.Date(2026, 11, 24, 20, 15, 0, 0, time.UTC) // the 25th in Hebi

func givenCity(t *testing.T, scale float64) *City {
	t.Helper()
	c, err := NewCity(Options{Scale: scale, Day: day})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// digest is a fingerprint of everything a city yields.
func digest(t *testing.T, c *City) string {
	t.Helper()
	sum := sha256.New()
	for _, v := range []any{c.Day, c.Regions, c.Programmes, c.Teams, c.Volunteers, c.Memberships, c.Grants, c.Accounts()} {
		write(t, sum, v)
	}
	for task := range c.Tasks() {
		write(t, sum, task)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

func write(t *testing.T, sum hash.Hash, v any) {
	t.Helper()
	if err := json.NewEncoder(sum).Encode(v); err != nil {
		t.Fatal(err)
	}
}

func TestNewCity(t *testing.T) {
	t.Parallel()
	t.Run("the same options give the same city, however often it is read", func(t *testing.T) {
		t.Parallel()
		first := givenCity(t, 0.01)
		want := digest(t, first)
		if got := digest(t, first); got != want {
			t.Error("reading twice differs")
		}
		another, err := NewCity(Options{Scale: 0.01, Day: day.Add(3 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if got := digest(t, another); got != want {
			t.Error("another hour of the same day gives another city")
		}
	})
	t.Run("another day has the same people, phones and teams", func(t *testing.T) {
		t.Parallel()
		one := givenCity(t, 0.01)
		other, err := NewCity(Options{Scale: 0.01, Day: day.AddDate(0, 0, 100)})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(one.Accounts(), other.Accounts()) {
			t.Errorf("Accounts = %v, want %v", other.Accounts(), one.Accounts())
		}
		for i := range one.Teams {
			if one.Teams[i].Name != other.Teams[i].Name {
				t.Fatalf("team %d is %q and %q", i, one.Teams[i].Name, other.Teams[i].Name)
			}
		}
	})
	t.Run("a scale out of bounds and a missing day are refused", func(t *testing.T) {
		t.Parallel()
		for _, o := range []Options{{Scale: 0, Day: day}, {Scale: -1, Day: day}, {Scale: 11, Day: day}, {Scale: 1}} {
			if _, err := NewCity(o); err == nil {
				t.Errorf("NewCity(%v) made a city", o)
			}
		}
	})
	t.Run("every size and every day of the year makes a city", func(t *testing.T) {
		t.Parallel()
		for i := range 53 {
			o := Options{Scale: []float64{0.0001, 0.005, 0.007, 0.01, 0.013}[i%5], Day: day.AddDate(0, 0, 7*i+i%7)}
			c, err := NewCity(o)
			if err != nil {
				t.Fatalf("%v: %v", o, err)
			}
			newBooks(c).check(t)
		}
	})
}
