package domain

import (
	"math/rand/v2"
	"testing"
	"time"
)

// someInstant is a moment of the shift, to the millisecond.
func someInstant(r *rand.Rand, s Shift) time.Time {
	return s.StartsAt.Add(time.Duration(r.Int64N(s.EndsAt.Sub(s.StartsAt).Milliseconds())) * time.Millisecond)
}

// TestPhotoOfTheCode is F1: a picture of the screen, used 25 seconds later.
func TestPhotoOfTheCode(t *testing.T) {
	t.Parallel()
	const tries = 1000
	s, r := aShift(t), rand.New(rand.NewPCG(1, 1))
	accepted, control := map[string]int{}, 0
	for range tries {
		taken := someInstant(r, s)
		used := taken.Add(25 * time.Second)
		code := s.Key.Code(s.ID, taken)
		wrong := 0
		opened := Claim{ShiftID: s.ID, Evidence: Evidence{Code: code, SeenAt: used}, ReceivedAt: used}
		if _, err := opened.Judge(s, nil, &wrong); err == nil {
			accepted["by its link"]++
		}
		scanned := Claim{ShiftID: s.ID, Evidence: Evidence{Code: code}, ReceivedAt: used}
		if _, err := scanned.Judge(s, nil, &wrong); err == nil {
			accepted["by the open page"]++
		}
		phone := &Device{FirstSeenAt: s.CheckInOpens()}
		scanned.ReceivedAt, scanned.Signed = used.Add(time.Hour), &Signed{ObservedAt: used, SentAt: used.Add(time.Hour)}
		if p, err := scanned.Judge(s, phone, &wrong); err == nil && p.Doubt == DoubtNone {
			accepted["by a phone without network"]++
		}
		if _, ok := s.StepOf(code, used); ok { // a judge that takes any step of the shift
			control++
		}
	}
	if len(accepted) > 0 {
		t.Errorf("of %d pictures accepted: %v, want none", tries, accepted)
	}
	if control != tries {
		t.Errorf("without the protection %d of %d are accepted: the test tests nothing", control, tries)
	}
}

// TestHonestScans is F2: the screen is up to three seconds off, the link opens
// up to four seconds after the scan.
func TestHonestScans(t *testing.T) {
	t.Parallel()
	const scans = 10_000
	s, r := aShift(t), rand.New(rand.NewPCG(2, 2))
	seconds := func(from, to float64) time.Duration {
		return time.Duration((from + r.Float64()*(to-from)) * float64(time.Second))
	}
	link, kept := 0, 0
	for range scans {
		seen := someInstant(r, s)
		code := s.Key.Code(s.ID, seen.Add(seconds(-3, 3)))
		opened, wrong := seen.Add(seconds(0, 4)), 0
		if _, err := (Claim{Evidence: Evidence{Code: code, SeenAt: opened}}).Judge(s, nil, &wrong); err == nil {
			link++
		}
		phone := &Device{FirstSeenAt: s.CheckInOpens().Add(-time.Hour), ClockOffset: seconds(0, 2)} // measured over a slow network
		later := Claim{Evidence: Evidence{Code: code}, ReceivedAt: opened.Add(time.Hour), Signed: &Signed{ObservedAt: opened, SentAt: opened.Add(time.Hour)}}
		if p, err := later.Judge(s, phone, &wrong); err == nil && p.Doubt == DoubtNone {
			kept++
		}
	}
	if link < scans*995/1000 || kept < scans*995/1000 {
		t.Errorf("accepted at first: %d by link, %d kept, of %d; want 99.5 %%", link, kept, scans)
	}
}
