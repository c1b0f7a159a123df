package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func (s *site) phoneKey() (*ecdsa.PrivateKey, []byte) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	s.must(err)
	public, err := key.PublicKey.Bytes()
	s.must(err)
	return key, public
}

func (s *site) publicKey() string {
	_, public := s.phoneKey()
	return base64.RawURLEncoding.EncodeToString(public)
}

// keptClaim is somebody's check-in that their phone kept and signed.
func (s *site) keptClaim(shift app.ShiftView) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request {
		who, now := s.signUp(shift).VolunteerID, s.clock.Now().Truncate(time.Millisecond)
		key, public := s.phoneKey()
		device, err := s.RegisterDevice(s.as(who), id.New(), public, now)
		s.must(err)
		c := domain.Claim{
			ID: id.New(), ShiftID: shift.ID, VolunteerID: who, Kind: domain.ClaimIn,
			Evidence: domain.Evidence{Code: shift.Key.Code(shift.ID, now)}, Signed: &domain.Signed{DeviceID: device.ID, Counter: 1, ObservedAt: now},
		}
		hash := sha256.Sum256(c.Message())
		r, sig, err := ecdsa.Sign(rand.Reader, key, hash[:])
		s.must(err)
		signature := append(r.FillBytes(make([]byte, 32)), sig.FillBytes(make([]byte, 32))...)
		return apitest.Request{As: by(who), Body: object{
			"claim_id": c.ID, "shift_id": shift.ID, "kind": "in", "code": c.Evidence.Code,
			"kept": object{
				"device_id": device.ID, "counter": 1, "observed_at": now.Format(time.RFC3339Nano), "sent_at": now.Format(time.RFC3339Nano),
				"signature": base64.RawURLEncoding.EncodeToString(signature),
			},
		}}
	}
}

// cardScan is somebody's check-in by the card that the leader scans.
func (s *site) cardScan(shift app.ShiftView) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request {
		token := id.New()
		s.names.Issue(token, people.Card{VolunteerID: s.signUp(shift).VolunteerID, IssuedAt: s.clock.Now()})
		return apitest.Request{As: by(s.ours.leader), Body: object{"claim_id": id.New(), "shift_id": shift.ID, "kind": "in", "card": token}}
	}
}
