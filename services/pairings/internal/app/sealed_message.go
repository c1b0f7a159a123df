package app

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/pairings/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Messages that were sealed on a phone.
//
// A companion parent writes in a village without signal, on a phone that others
// pick up. What is written there of a child must wait for the network, and must
// not be readable meanwhile, to herself neither. So the page seals it at once, for
// this service alone, and keeps only that (web: lib/sealed_queue.ts). With a network
// it goes the same way: there is one.
//
// The envelope is ECIES on what every browser since Chrome 87 has:
//
//	version (1 byte: 1) ‖ the message's own public key (P-256, 65 bytes, uncompressed) ‖ AES-256-GCM ciphertext
//
// Key and nonce are HKDF-SHA-256 (44 bytes) of the ECDH secret, salt both public
// keys, info "qihe-sealed-v1". The phone forgets its private half; the key is used
// once. Bound to it (associated data): the same word, a newline, the message's id. Inside
// is JSON, filled up with spaces to whole kilobytes, so that a long word looks like a
// short one: {"kind", "by", "at", "body"}. by is who wrote it: nobody else can send
// it. at is the phone's time.
//
// The service's private key is not kept anywhere: it follows from the index key of the
// vault's key file, as fingerprints do, so that every replica has the same and a backup
// of the file is enough. What follows from that: whoever has that file and a phone's
// storage reads what waits there.
//
// A kind is a row of sealedKinds: a function that does what the message asks for, in
// the transaction that notes its arrival. A message arrives once, however often it is
// sent, for ever: sealed_messages keeps its id and what the sender is told, and neither
// who sent it nor what it was.

const sealedWord = "qihe-sealed-v1"

const pointSize = 65 // a public key of P-256, uncompressed

// openedMessage is what was inside an envelope.
type openedMessage struct {
	Kind string          `json:"kind"`
	By   string          `json:"by"`
	At   time.Time       `json:"at"` // by the phone's clock; zero when that is not to be believed
	Body json.RawMessage `json:"body"`
}

// sealedKinds are what can be in an envelope. What the function returns is shown to who
// sent it: a number, never anything of a child.
var sealedKinds = map[string]func(a *App, ctx context.Context, q postgres.Querier, who auth.Principal, m openedMessage) (answer string, err error){
	"concern": (*App).raiseConcern,
	"contact": (*App).recordContact,
}

// What can be wrong with an envelope.
var (
	errSealed     = apperr.New(apperr.Invalid, "sealed_broken", "这条内容打不开，请再写一遍。", "This message cannot be opened; please write it once more.")
	errSealedBy   = apperr.New(apperr.Forbidden, "sealed_by_another", "这条内容是别人写的，要由写的人登录后发送。", "Somebody else wrote this; they send it when they are signed in.")
	errSealedKind = apperr.New(apperr.Invalid, "sealed_kind", "这条内容来自太旧或太新的页面，请刷新后再写一遍。", "This comes from a page that is too old or too new; please reload and write it once more.")
)

// sealingKey is the service's half: see the top of this file.
func (a *App) sealingKey() (*ecdh.PrivateKey, error) {
	for n := 0; ; n++ { // a number that is no key is one of 2^32
		key, err := ecdh.P256().NewPrivateKey(a.vault.BlindIndex("sealed_message.key", strconv.Itoa(n)))
		if err == nil || n == 8 {
			return key, err
		}
	}
}

// SealingKey returns the public key for which phones seal what they keep, for who is
// signed in.
func (a *App) SealingKey(ctx context.Context) ([]byte, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	key, err := a.sealingKey()
	if err != nil {
		return nil, err
	}
	return key.PublicKey().Bytes(), nil
}

// SendSealed takes a message that a phone has sealed, in base64url, does what it asks for, and returns
// what its sender is told. Sent again it changes nothing and is answered the same.
func (a *App) SendSealed(ctx context.Context, messageID, envelope string) (answer string, err error) {
	now := a.clock.Now()
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		who, err := auth.From(ctx)
		if err != nil {
			return err
		}
		m, err := a.openEnvelope(messageID, envelope)
		if err != nil {
			return err
		}
		if same, err := store.SamePerson(ctx, q, who.VolunteerID, m.By); err != nil || !same {
			return firstOf(err, errSealedBy)
		}
		if m.At.After(now.Add(time.Hour)) || m.At.Before(now.AddDate(0, -3, 0)) {
			m.At = time.Time{}
		}
		do, ok := sealedKinds[m.Kind]
		if !ok {
			return apperr.For("envelope", errSealedKind)
		}
		fresh, err := store.InsertSealedMessage(ctx, q, messageID, now)
		if err != nil {
			return err
		}
		if !fresh {
			answer, err = store.SealedAnswer(ctx, q, messageID)
			return err
		}
		if answer, err = do(a, ctx, q, who, m); err != nil {
			return err
		}
		return store.UpdateSealedAnswer(ctx, q, messageID, answer)
	})
	return answer, err
}

// firstOf returns the error, or the other where there is none.
func firstOf(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// openEnvelope returns what a phone sealed, or errSealed.
func (a *App) openEnvelope(messageID, sealed string) (m openedMessage, err error) {
	envelope, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(envelope) <= 1+pointSize || envelope[0] != 1 {
		return m, apperr.For("envelope", errSealed)
	}
	theirs, err := ecdh.P256().NewPublicKey(envelope[1 : 1+pointSize])
	if err != nil {
		return m, apperr.For("envelope", errSealed)
	}
	mine, err := a.sealingKey()
	if err != nil {
		return m, err
	}
	secret, err := mine.ECDH(theirs)
	if err != nil {
		return m, apperr.For("envelope", errSealed)
	}
	aead, nonce, err := sealedCipher(secret, theirs, mine.PublicKey())
	if err != nil {
		return m, err
	}
	plain, err := aead.Open(nil, nonce, envelope[1+pointSize:], sealedFor(messageID))
	if err != nil {
		return m, apperr.For("envelope", errSealed)
	}
	if json.Unmarshal(plain, &m) != nil {
		return m, apperr.For("envelope", errSealed)
	}
	return m, nil
}

// sealedCipher is the cipher and the nonce of one envelope.
func sealedCipher(secret []byte, phones, services *ecdh.PublicKey) (cipher.AEAD, []byte, error) {
	const keySize, nonceSize = 32, 12
	derived, err := hkdf.Key(sha256.New, secret, slices.Concat(phones.Bytes(), services.Bytes()), sealedWord, keySize+nonceSize)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(derived[:keySize])
	if err != nil {
		return nil, nil, err
	}
	aead, err := cipher.NewGCM(block)
	return aead, derived[keySize:], err
}

func sealedFor(messageID string) []byte {
	return []byte(sealedWord + "\n" + strings.ToLower(messageID))
}
