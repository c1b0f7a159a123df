package domain

import (
	"crypto/rand"
	"encoding/base64"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

var (
	// ErrNoCard says that a text is the token of no card.
	ErrNoCard = apperr.New(apperr.NotFound, "no_such_card", "这不是淇河的志愿者卡，请看看二维码是不是扫错了。", "This is no volunteer card of Qihe; please check that you scanned the right code.")
	// ErrCardWaits says that a minor's guardian has to consent before there is a card.
	ErrCardWaits = apperr.New(apperr.Conflict, "card_waits", "登记监护人同意后才有志愿者卡，请先找队长或妇联办理。", "There is no card before a guardian's consent is recorded; please see the leader or the office first.")
)

// Card is a volunteer card 志愿者卡. Its QR code leads to /k/<token>. The token
// opens no account and says nothing about its holder: it tells whoever leads
// them who is there, and dies when the card is replaced.
type Card struct {
	ID          string
	VolunteerID string
	Serial      int    // 第几张 of the person, from 1
	Token       string // 96 random bits; kept sealed
	IssuedBy    string
	IssuedAt    time.Time
	EndedAt     time.Time // zero while it counts
}

// NewCard returns a card for somebody who has none that counts; its serial is
// given when it is kept. It returns ErrCardWaits, or ErrRecordClosed for a
// record that was merged or erased.
func NewCard(v Volunteer, by string, now time.Time) (Card, error) {
	switch {
	case v.State == VolunteerWaiting:
		return Card{}, ErrCardWaits
	case !v.State.Here():
		return Card{}, ErrRecordClosed
	}
	var raw [12]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program instead
	return Card{ID: id.New(), VolunteerID: v.ID, Token: base64.RawURLEncoding.EncodeToString(raw[:]), IssuedBy: by, IssuedAt: now}, nil
}

// Path returns where the QR code of a card leads on Qihe's site.
func (c Card) Path() string { return "/k/" + c.Token }

// Valid reports whether the card counts at t. What was scanned before a card
// was replaced counts, whenever it is sent.
func (c Card) Valid(t time.Time) bool {
	return !t.Before(c.IssuedAt) && (c.EndedAt.IsZero() || t.Before(c.EndedAt))
}
