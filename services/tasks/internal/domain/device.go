package domain

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Claims made without network.
//
// A phone that had no network keeps what it saw and sends it when it can. Two
// things must then be known: when it was seen, and that it is the phone's own
// and new. When: a code proves "not before its step", for nobody can know it
// earlier; the phone's clock proves nothing, it is only compared (clock.go).
// A leader's tap has no code; its instant is the phone's clock, set right by
// the offset that was measured when the phone was last in touch. Own and new:
// the phone signs with a key that it cannot give away (WebCrypto,
// non-extractable) and counts up, so that a claim which was copied, changed,
// or put back from an old copy of the phone is refused (docs/check-in.md).

// signaturePrefix is the first line of what a phone signs.
const signaturePrefix = "qihe-claim-v1"

const (
	signatureBytes = 64 // r and s
	// clockMoved is how far a phone's clock may drift from what it was when
	// it was last in touch before its instants are doubted.
	clockMoved = 2 * time.Minute
	// clockSlack is how far the measured offset may be wrong: the way of a
	// request on a slow network.
	clockSlack = 4 * time.Second
	// OfflineLife is how long after it was seen a claim is taken without the
	// leader's look.
	OfflineLife = 72 * time.Hour
)

// What can be wrong with a claim made without network.
var (
	ErrDeviceKey     = apperr.New(apperr.Invalid, "device_key", "这部手机的签名钥匙不对，请刷新页面再试。", "This phone's signing key is not right; please reload the page.")
	ErrForeignDevice = apperr.New(apperr.Conflict, "foreign_device", "这条签到不是用您自己登记的手机记下的，请队长点名。", "This check-in was not kept by a phone of your own; please ask the leader to tap your name.")
	ErrChangedClaim  = apperr.New(apperr.Conflict, "changed_claim", "这条签到被改动过，不能算数，请队长点名。", "This check-in was changed on its way and does not count; please ask the leader to tap your name.")
	ErrRolledBack    = apperr.New(apperr.Conflict, "rolled_back", "这条签到比已经收到的还旧，不能再用，请队长点名。", "This check-in is older than what was already received; please ask the leader to tap your name.")
	ErrWrongCode     = apperr.New(apperr.Conflict, "wrong_code", "这个码不是这一场活动的，请扫这一场的码，或请队长点名。", "This code does not belong to this shift; please scan this shift's code or ask the leader to tap your name.")
)

// Device is a phone that signs for one person.
type Device struct {
	ID          string
	VolunteerID string
	PublicKey   []byte
	FirstSeenAt time.Time
	SeenAt      time.Time
	ClockOffset time.Duration // what to add to its clock, as last measured
	Counter     int64         // of the last claim that was taken
}

// NewDevice returns a phone with an uncompressed P-256 key whose clock shows
// phoneTime, or ErrDeviceKey.
func NewDevice(id, volunteerID string, key []byte, phoneTime, now time.Time) (Device, error) {
	if _, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key); err != nil {
		return Device{}, ErrDeviceKey
	}
	return Device{
		ID: id, VolunteerID: volunteerID, PublicKey: key, FirstSeenAt: now, SeenAt: now, ClockOffset: now.Sub(phoneTime).Truncate(time.Millisecond),
	}, nil
}

// Signed is what a phone adds to a claim that it kept.
type Signed struct {
	DeviceID   string
	Counter    int64
	ObservedAt time.Time // by the phone's clock
	SentAt     time.Time // by the phone's clock
	Signature  []byte    // r and s, 32 bytes each
}

// Message returns what the phone signed of the claim.
func (c Claim) Message() []byte {
	tapped := ""
	if c.Evidence.Tap {
		tapped = c.VolunteerID
	}
	return []byte(strings.Join([]string{
		signaturePrefix, c.ID, c.ShiftID, string(c.Kind), c.Evidence.Code, tapped, c.Evidence.Card,
		strconv.FormatInt(c.Signed.ObservedAt.UnixMilli(), 10), strconv.FormatInt(c.Signed.Counter, 10),
	}, "\n"))
}

// Vouch returns nil if the phone signed exactly this claim, for one of the
// actor's own records, and has not counted so far before. The counter is raised.
func (d *Device) Vouch(c Claim, actor Person) error {
	switch {
	case d == nil || !actor.Is(d.VolunteerID):
		return ErrForeignDevice
	case !d.signed(c):
		return ErrChangedClaim
	case c.Signed.Counter <= d.Counter:
		return ErrRolledBack
	}
	d.Counter = c.Signed.Counter
	return nil
}

func (d *Device) signed(c Claim) bool {
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), d.PublicKey)
	if err != nil || len(c.Signed.Signature) != signatureBytes {
		return false
	}
	hash := sha256.Sum256(c.Message())
	r := new(big.Int).SetBytes(c.Signed.Signature[:signatureBytes/2])
	s := new(big.Int).SetBytes(c.Signed.Signature[signatureBytes/2:])
	return ecdsa.Verify(key, hash[:], r, s)
}

// right returns the instant of our clock at which the phone's showed t.
func (d *Device) right(t time.Time) time.Time { return t.Add(d.ClockOffset) }

// moved reports whether the phone's clock was moved since it was last in
// touch: what it sends now would otherwise agree with when it arrived.
func (d *Device) moved(s Signed, receivedAt time.Time) bool {
	return receivedAt.Sub(d.right(s.SentAt)).Abs() > clockMoved
}

// sawIn reports whether the phone says that it saw the code while it was on the
// screen, as an online scan is judged: by the offset that was measured before,
// or by the one it has on sending, should the clock have been set meanwhile.
// The clock proves nothing by it; but a picture that was passed on is seen
// later than its code was drawn, and a phone says so unless somebody makes it lie.
func (d *Device) sawIn(s Signed, step, receivedAt time.Time) bool {
	near := func(seen time.Time) bool {
		return !seen.Before(step.Add(-Step-clockSlack)) && seen.Before(step.Add(2*Step+clockSlack))
	}
	return near(d.right(s.ObservedAt)) || near(receivedAt.Add(s.ObservedAt.Sub(s.SentAt)))
}
