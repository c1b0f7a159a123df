package domain

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"
)

// aPhone is a device whose clock is an hour slow, with what it signs with.
func aPhone(t *testing.T) (*Device, func(*Claim)) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewDevice("phone", "v", public, after(-61), after(-1))
	if err != nil {
		t.Fatal(err)
	}
	return &d, func(c *Claim) {
		hash := sha256.Sum256(c.Message())
		r, s, err := ecdsa.Sign(rand.Reader, key, hash[:])
		if err != nil {
			t.Fatal(err)
		}
		c.Signed.Signature = append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	}
}

// kept is what the phone saw five minutes after the start and sends an hour later.
func kept(s Shift, e Evidence) Claim {
	return Claim{
		ID: "claim", ShiftID: s.ID, VolunteerID: "v", ActorID: "v", Kind: ClaimIn, Evidence: e, ReceivedAt: after(65),
		Signed: &Signed{DeviceID: "phone", Counter: 1, ObservedAt: after(-55), SentAt: after(5)},
	}
}

func TestVouch(t *testing.T) {
	t.Parallel()
	s := aShift(t)
	code := Evidence{Code: s.Key.Code(s.ID, after(5))}
	t.Run("a phone vouches once for what it signed, for who holds it", func(t *testing.T) {
		t.Parallel()
		d, sign := aPhone(t)
		c := kept(s, code)
		sign(&c)
		if err := d.Vouch(c, NewPerson("v")); err != nil || d.Counter != 1 {
			t.Fatalf("Vouch = %v, counter %d", err, d.Counter)
		}
		if err := d.Vouch(c, NewPerson("v")); !errors.Is(err, ErrRolledBack) {
			t.Errorf("the counter again: err = %v, want ErrRolledBack", err)
		}
	})
	for name, c := range map[string]struct {
		change func(*Claim)
		want   error
	}{
		"another shift":   {func(c *Claim) { c.ShiftID = "other" }, ErrChangedClaim},
		"another code":    {func(c *Claim) { c.Evidence.Code = "other" }, ErrChangedClaim},
		"another kind":    {func(c *Claim) { c.Kind = ClaimOut }, ErrChangedClaim},
		"another instant": {func(c *Claim) { c.Signed.ObservedAt = after(1) }, ErrChangedClaim},
		"another counter": {func(c *Claim) { c.Signed.Counter = 7 }, ErrChangedClaim},
		"another id":      {func(c *Claim) { c.ID = "fresh" }, ErrChangedClaim},
		"no signature":    {func(c *Claim) { c.Signed.Signature = nil }, ErrChangedClaim},
	} {
		t.Run("a claim changed after it was signed is refused: "+name, func(t *testing.T) {
			t.Parallel()
			d, sign := aPhone(t)
			k := kept(s, code)
			sign(&k)
			c.change(&k)
			if err := d.Vouch(k, NewPerson("v")); !errors.Is(err, c.want) {
				t.Errorf("err = %v, want %v", err, c.want)
			}
		})
	}
	t.Run("a phone vouches for nobody else, and one that nobody knows for nobody", func(t *testing.T) {
		t.Parallel()
		d, sign := aPhone(t)
		c := kept(s, code)
		sign(&c)
		if err := d.Vouch(c, NewPerson("thief")); !errors.Is(err, ErrForeignDevice) {
			t.Errorf("err = %v, want ErrForeignDevice", err)
		}
		var unknown *Device
		if err := unknown.Vouch(c, NewPerson("v")); !errors.Is(err, ErrForeignDevice) {
			t.Errorf("err = %v, want ErrForeignDevice", err)
		}
	})
	t.Run("what is no key is no device", func(t *testing.T) {
		t.Parallel()
		if _, err := NewDevice("d", "v", []byte(strings.Repeat("x", 65)), after(0), after(0)); !errors.Is(err, ErrDeviceKey) {
			t.Errorf("err = %v, want ErrDeviceKey", err)
		}
	})
}

func TestJudgeKept(t *testing.T) {
	t.Parallel()
	s := aShift(t)
	code := Evidence{Code: s.Key.Code(s.ID, after(5).Add(7*time.Second))}
	for name, c := range map[string]struct {
		evidence Evidence
		change   func(*Claim, *Device)
		want     Proved
		err      error
	}{
		"a kept code counts from the beginning of its step":    {code, nil, Proved{MethodLinkOffline, after(5), DoubtNone}, nil},
		"whatever the phone's clock said":                      {code, func(c *Claim, d *Device) { d.ClockOffset, c.Signed.ObservedAt = 100*time.Hour, after(5-6000) }, Proved{MethodLinkOffline, after(5), DoubtNone}, nil},
		"and if the clock was set since it was registered":     {code, func(c *Claim, _ *Device) { c.Signed.ObservedAt, c.Signed.SentAt = after(5+120), after(65+120) }, Proved{MethodLinkOffline, after(5), DoubtNone}, nil},
		"one that was seen when it was off the screen waits":   {code, func(c *Claim, _ *Device) { c.Signed.ObservedAt = after(-55).Add(25 * time.Second) }, Proved{MethodLinkOffline, after(5), DoubtClock}, nil},
		"one that arrives while it is on the screen is a scan": {code, func(c *Claim, _ *Device) { c.ReceivedAt = after(5).Add(12 * time.Second) }, Proved{MethodLink, after(5).Add(12 * time.Second), DoubtNone}, nil},
		"one of more than 72 hours waits for the leader":       {code, func(c *Claim, _ *Device) { c.ReceivedAt = after(5).Add(72*time.Hour + time.Second) }, Proved{MethodLinkOffline, after(5), DoubtLate}, nil},
		"one of 72 hours does not":                             {code, func(c *Claim, _ *Device) { c.ReceivedAt = after(5).Add(72 * time.Hour) }, Proved{MethodLinkOffline, after(5), DoubtNone}, nil},
		"one of a phone that was registered afterwards waits":  {code, func(_ *Claim, d *Device) { d.FirstSeenAt = after(20) }, Proved{MethodLinkOffline, after(5), DoubtNewDevice}, nil},
		"a code of another shift is refused":                   {Evidence{Code: s.Key.Code("0190c0de-0000-7000-8000-000000000002", after(5))}, nil, Proved{}, ErrWrongCode},
		"a code of a time at which nobody is there, likewise":  {Evidence{Code: s.Key.Code(s.ID, after(-61))}, nil, Proved{}, ErrWrongCode},
		"a code of a screen that is ahead waits":               {Evidence{Code: s.Key.Code(s.ID, after(66))}, nil, Proved{MethodLinkOffline, after(5), DoubtClock}, nil},
		"and is never later than its arrival":                  {Evidence{Code: s.Key.Code(s.ID, after(66))}, func(c *Claim, _ *Device) { c.Signed.ObservedAt = after(70) }, Proved{MethodLinkOffline, after(65), DoubtClock}, nil},
		"a kept tap counts by the phone's clock, set right":    {Evidence{Tap: true}, nil, Proved{MethodTapOffline, after(5), DoubtNone}, nil},
		"a kept tap of a phone whose clock was moved waits":    {Evidence{Tap: true}, func(c *Claim, _ *Device) { c.Signed.SentAt = after(125) }, Proved{MethodTapOffline, after(5), DoubtClock}, nil},
		"a kept tap of more than 72 hours waits":               {Evidence{Tap: true}, func(c *Claim, _ *Device) { c.ReceivedAt, c.Signed.SentAt = after(5+73*60), after(5+72*60) }, Proved{MethodTapOffline, after(5), DoubtLate}, nil},
		"a kept tap is never later than its arrival":           {Evidence{Tap: true}, func(c *Claim, _ *Device) { c.Signed.ObservedAt = after(6) }, Proved{MethodTapOffline, after(65), DoubtNone}, nil},
		"a kept scan of a card is like a tap":                  {Evidence{Card: "token"}, nil, Proved{MethodCardOffline, after(5), DoubtNone}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, _ := aPhone(t)
			k, tries := kept(s, c.evidence), 0
			k.ActorID = "leader"
			if c.change != nil {
				c.change(&k, d)
			}
			got, err := k.Judge(s, d, &tries)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("Judge = %+v, %v; want %+v, %v", got, err, c.want, c.err)
			}
			if wrong := c.err != nil; wrong != (tries == 1) {
				t.Errorf("%d tries after err = %v", tries, err)
			}
		})
	}
}

func TestContradicts(t *testing.T) {
	t.Parallel()
	had := func(state AttendanceState) *Attendance {
		a := &Attendance{State: state, CheckedInAt: after(20)}
		if state != AttendanceOpen && state != AttendanceUnconfirmed {
			a.CheckedOutAt = after(100)
		}
		return a
	}
	for name, c := range map[string]struct {
		kind ClaimKind
		at   int
		had  *Attendance
		want Doubt
	}{
		"the first that is heard":                         {ClaimIn, 5, nil, DoubtNone},
		"an earlier check-in than is known":               {ClaimIn, 5, had(AttendanceOpen), DoubtConflict},
		"the same, a minute apart":                        {ClaimIn, 19, had(AttendanceOpen), DoubtNone},
		"a later one says nothing new":                    {ClaimIn, 40, had(AttendanceOpen), DoubtNone},
		"a check-out of who has none":                     {ClaimOut, 90, had(AttendanceOpen), DoubtNone},
		"a check-out of who had forgotten it":             {ClaimOut, 90, had(AttendanceUnconfirmed), DoubtNone},
		"a check-in whose tap was taken back":             {ClaimIn, 5, had(AttendanceUndone), DoubtNone},
		"an earlier check-out than is known":              {ClaimOut, 90, had(AttendanceClosed), DoubtConflict},
		"a later one":                                     {ClaimOut, 110, had(AttendanceClosed), DoubtConflict},
		"the same check-out":                              {ClaimOut, 101, had(AttendanceClosed), DoubtNone},
		"another check-out than what was confirmed":       {ClaimOut, 110, had(AttendanceConfirmed), DoubtDecided},
		"an earlier check-in than what was confirmed":     {ClaimIn, 5, had(AttendanceConfirmed), DoubtDecided},
		"what was confirmed just so needs no second look": {ClaimIn, 20, had(AttendanceConfirmed), DoubtNone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := (Proved{At: after(c.at)}).Contradicts(c.kind, c.had); got != c.want {
				t.Errorf("Contradicts = %q, want %q", got, c.want)
			}
		})
	}
}
