package domain

import (
	"encoding/hex"
	"math/rand/v2"
	"testing"
	"time"
)

const shiftID = "0190c0de-0000-7000-8000-0000000000aa"

func aKey(t *testing.T) Key {
	t.Helper()
	raw, err := hex.DecodeString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC) // 12:00 in Hebi, at the very start of a step

func TestKey(t *testing.T) {
	t.Parallel()
	t.Run("the leader's page and this service draw the same code (golden)", func(t *testing.T) {
		t.Parallel()
		// The same values stand in the web app's test.
		if got, want := aKey(t).Code(shiftID, noon), "OBIeVGXbAepLpLXN"; got != want {
			t.Errorf("Code = %q, want %q", got, want)
		}
		if got, want := aKey(t).Digits(shiftID, noon), "578758"; got != want {
			t.Errorf("Digits = %q, want %q", got, want)
		}
	})
	t.Run("a photo sent on is worthless 25 seconds later, a thousand times out of a thousand", func(t *testing.T) {
		t.Parallel()
		key, rnd := aKey(t), rand.New(rand.NewPCG(1, 2))
		for range 1000 {
			taken := noon.Add(time.Duration(rnd.IntN(86_400_000)) * time.Millisecond)
			if key.AcceptsCode(shiftID, key.Code(shiftID, taken), taken.Add(25*time.Second)) {
				t.Fatalf("a code of %s was accepted 25 s later", taken)
			}
		}
	})
	t.Run("honest scans with a slow hand and a skewed screen pass at the first try", func(t *testing.T) {
		t.Parallel()
		key, rnd := aKey(t), rand.New(rand.NewPCG(3, 4))
		const n = 10_000
		passed := 0
		for range n {
			opened := noon.Add(time.Duration(rnd.IntN(86_400_000)) * time.Millisecond)
			skew := time.Duration(rnd.IntN(6001)-3000) * time.Millisecond
			delay := time.Duration(rnd.IntN(4001)) * time.Millisecond
			if key.AcceptsCode(shiftID, key.Code(shiftID, opened.Add(skew-delay)), opened) {
				passed++
			}
		}
		if passed < n*995/1000 {
			t.Errorf("%d of %d passed, want at least 99.5 %%", passed, n)
		}
	})
	t.Run("another shift's code and an empty one are refused", func(t *testing.T) {
		t.Parallel()
		key := aKey(t)
		other := key.Code("0190c0de-0000-7000-8000-0000000000bb", noon)
		if key.AcceptsCode(shiftID, other, noon) || key.AcceptsCode(shiftID, "", noon) || key.AcceptsDigits(shiftID, "", noon) {
			t.Error("a wrong code was accepted")
		}
	})
}
