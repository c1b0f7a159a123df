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
		n := s.kept(shift, s.signUp(shift).VolunteerID)
		return apitest.Request{As: by(n.VolunteerID), Body: object{
			"claim_id": n.ClaimID, "shift_id": shift.ID, "kind": "in", "code": n.Code,
			"kept": object{
				"device_id": n.Signed.DeviceID, "counter": 1, "observed_at": n.Signed.ObservedAt.Format(time.RFC3339Nano), "sent_at": n.Signed.SentAt.Format(time.RFC3339Nano),
				"signature": base64.RawURLEncoding.EncodeToString(n.Signed.Signature),
			},
		}}
	}
}

// kept is a check-in as a new phone of somebody's keeps and signs it now.
func (s *site) kept(shift app.ShiftView, who string) app.NewClaim {
	now := s.clock.Now().Truncate(time.Millisecond)
	key, public := s.phoneKey()
	device, err := s.RegisterDevice(s.as(who), id.New(), public, now)
	s.must(err)
	c := domain.Claim{
		ID: id.New(), ShiftID: shift.ID, VolunteerID: who, Kind: domain.ClaimIn,
		Evidence: domain.Evidence{Code: shift.Key.Code(shift.ID, now)}, Signed: &domain.Signed{DeviceID: device.ID, Counter: 1, ObservedAt: now, SentAt: now},
	}
	hash := sha256.Sum256(c.Message())
	r, sig, err := ecdsa.Sign(rand.Reader, key, hash[:])
	s.must(err)
	c.Signed.Signature = append(r.FillBytes(make([]byte, 32)), sig.FillBytes(make([]byte, 32))...)
	return app.NewClaim{ClaimID: c.ID, ShiftID: shift.ID, Kind: c.Kind, Code: c.Evidence.Code, VolunteerID: who, Signed: c.Signed}
}

// held is a claim of a member without a seat, which waits for the leader.
func (s *site) held(b brigade, shift app.ShiftView) string {
	n := s.kept(shift, s.member(b))
	who := n.VolunteerID
	n.VolunteerID = ""
	result, err := s.CreateClaim(s.as(who), n)
	s.must(err)
	if result.Doubt != domain.DoubtNotSignedUp {
		s.t.Fatalf("doubt = %q", result.Doubt)
	}
	return n.ClaimID
}

// cardScan is somebody's check-in by the card that the leader scans.
func (s *site) cardScan(shift app.ShiftView) func(testing.TB) apitest.Request {
	return func(testing.TB) apitest.Request {
		token := id.New()
		s.names.Issue(token, people.Card{VolunteerID: s.signUp(shift).VolunteerID, IssuedAt: s.clock.Now()})
		return apitest.Request{As: by(s.ours.leader), Body: object{"claim_id": id.New(), "shift_id": shift.ID, "kind": "in", "card": token}}
	}
}
