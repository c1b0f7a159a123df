package app_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// seals does what a phone does (web: lib/sealed_queue.ts), and returns the envelope.
func (w *town) seals(by auth.Principal, messageID, kind string, at time.Time, body any) string {
	w.t.Helper()
	public, err := w.SealingKey(w.as(by))
	w.must(err)
	theirs, err := ecdh.P256().NewPublicKey(public)
	w.must(err)
	mine, err := ecdh.P256().GenerateKey(rand.Reader)
	w.must(err)
	secret, err := mine.ECDH(theirs)
	w.must(err)
	point := mine.PublicKey().Bytes()
	derived, err := hkdf.Key(sha256.New, secret, slices.Concat(point, public), "qihe-sealed-v1", 44)
	w.must(err)
	block, err := aes.NewCipher(derived[:32])
	w.must(err)
	aead, err := cipher.NewGCM(block)
	w.must(err)
	text, err := json.Marshal(map[string]any{"kind": kind, "by": by.VolunteerID, "at": at, "body": body})
	w.must(err)
	text = append(text, bytes.Repeat([]byte(" "), 1024-len(text)%1024)...)
	sealed := aead.Seal(nil, derived[32:], text, []byte("qihe-sealed-v1\n"+messageID))
	return base64.RawURLEncoding.EncodeToString(slices.Concat([]byte{1}, point, sealed))
}

func TestSealedMessages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	her := auth.Principal{VolunteerID: id.New()}
	told := map[string]any{"situation": "other", "text": "孩子说晚上没有人"}

	t.Run("it arrives once, however often it is sent, also after a restart", func(t *testing.T) {
		messageID := id.Random()
		envelope := w.seals(her, messageID, "concern", w.clock.Now(), told)
		answer, err := w.SendSealed(w.as(her), messageID, envelope)
		w.must(err)
		again, err := w.again().SendSealed(w.as(her), messageID, envelope)
		w.must(err)
		if answer != "1" || again != answer || w.count(`SELECT count(*) FROM concerns`) != 1 {
			t.Errorf("%q, then %q", answer, again)
		}
	})
	t.Run("only who wrote it sends it, under whichever record", func(t *testing.T) {
		messageID := id.Random()
		envelope := w.seals(her, messageID, "concern", w.clock.Now(), told)
		other := auth.Principal{VolunteerID: id.New()}
		if _, err := w.SendSealed(w.as(other), messageID, envelope); apperr.KindOf(err) != apperr.Forbidden {
			t.Errorf("somebody else: %v", err)
		}
		w.merges(her.VolunteerID, other.VolunteerID)
		_, err := w.SendSealed(w.as(other), messageID, envelope)
		w.must(err)
	})
	t.Run("changed, under another id, for another service or of an unknown kind it does nothing", func(t *testing.T) {
		messageID, before := id.Random(), w.count(`SELECT count(*) FROM sealed_messages`)
		envelope := w.seals(her, messageID, "concern", w.clock.Now(), told)
		raw, err := base64.RawURLEncoding.DecodeString(envelope)
		w.must(err)
		for i := 0; i < len(raw); i += 37 { // each part of it is bound
			spoilt := bytes.Clone(raw)
			spoilt[i] ^= 1
			if _, err := w.SendSealed(w.as(her), messageID, base64.RawURLEncoding.EncodeToString(spoilt)); apperr.KindOf(err) != apperr.Invalid {
				t.Errorf("byte %d: %v", i, err)
			}
		}
		for name, send := range map[string][2]string{
			"another id": {id.Random(), envelope}, "cut short": {messageID, envelope[:60]}, "no base64": {messageID, strings.Repeat("!", 200)},
			"an unknown kind":   {messageID, w.seals(her, messageID, "poem", w.clock.Now(), told)},
			"another service's": {messageID, newTown(t).seals(her, messageID, "concern", w.clock.Now(), told)},
		} {
			if _, err := w.SendSealed(w.as(her), send[0], send[1]); apperr.KindOf(err) != apperr.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := w.count(`SELECT count(*) FROM sealed_messages`); n != before {
			t.Errorf("%d were noted", n-before)
		}
		_, err = w.SendSealed(w.as(her), messageID, envelope) // the control
		w.must(err)
	})
}
