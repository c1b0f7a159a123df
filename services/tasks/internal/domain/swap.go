package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Changing places 换班.
//
// Whoever has a seat makes a link and sends it to whom they like; members do not
// see each other's names here. Who opens it takes the seat with one tap, or
// gives a seat of theirs in another shift of the same task for it. Making the
// link is the one's consent, taking the other's; nobody is moved without theirs.
//
// A seat is given only where nobody waits for it: those who wait come first, and
// withdrawing lets the line have it. An exchange frees no seat and passes over
// nobody. Both are judged by the rules of signing up when it is taken, not when
// it was offered. No seat is counted anew: what one has, the other had.
//
// The leader is told and can undo it until the start, while both seats are where
// the swap put them.

// SwapState says how far a swap has come.
type SwapState string

// The states: open → taken → undone; or ended: taken back, or another link made.
const (
	SwapOpen   SwapState = "open"
	SwapEnded  SwapState = "ended"
	SwapTaken  SwapState = "taken"
	SwapUndone SwapState = "undone"
)

// swapLife is how long a link is good at most.
const swapLife = 24 * time.Hour

// ReasonSwapped is why a sign-up ended that went to somebody else by a swap.
const ReasonSwapped = "换班"

// Swap is a link by which a seat changes hands.
type Swap struct {
	ID, SignUpID, ShiftID string
	GiverID               string // the record that has the seat
	Hash                  []byte // of the secret in the link, which is not kept
	State                 SwapState
	MadeAt, EndsAt        time.Time

	TakerID       string
	TakenAt       time.Time
	TakenSignUpID string // the taker's, for the shift

	// Of an exchange: the shift of the seat that was given for it, what was the
	// taker's there, and what is the giver's.
	OtherShiftID, OtherSignUpID, BackSignUpID string

	UndoneBy string
	UndoneAt time.Time
}

// Why places cannot be changed.
var (
	ErrNoSwap      = apperr.New(apperr.NotFound, "no_such_swap", "没有这个换班链接，请让对方重新发一个。", "There is no such link; please ask for a new one.")
	ErrSwapOver    = apperr.New(apperr.Conflict, "swap_over", "这个换班链接用过了、被收回了，或者过期了。名额没有变，需要的话请对方重新发一个。", "This link was used, taken back, or is too old. No seat has changed; ask for a new one if need be.")
	ErrOwnSwap     = apperr.New(apperr.Conflict, "own_swap", "这是您自己发的换班链接，请发给要替您去的人，由她来点。", "This is your own link; send it to whoever goes in your place.")
	ErrNoSwapHere  = apperr.New(apperr.Conflict, "no_swap_here", "这一场现在不能换班。不去的话请取消报名。", "Places cannot be changed here now; withdraw if you cannot come.")
	ErrSeatGone    = apperr.New(apperr.Conflict, "seat_gone", "这个名额已经不在发链接的人手里了，或者她已经签到，换不了。", "Whoever made the link has the seat no more, or has checked in.")
	ErrHasSeat     = apperr.New(apperr.Conflict, "has_seat", "您自己已经有这一场的名额，不用再换。", "You have a seat in this shift already.")
	ErrLineFirst   = apperr.New(apperr.Conflict, "line_first", "这一场有 {n} 人在候补，名额要先给她们：不去的人取消报名，系统马上去问候补的第一位。同一活动两场之间互换还是可以的。", "{n} people wait for this shift and come first: withdraw, and the next in line is asked at once. Two seats of the same activity can still be exchanged.")
	ErrOtherCannot = apperr.New(apperr.Conflict, "other_cannot", "按报名的规则，对方去不了您的那一场，换不了。", "By the rules of signing up the other cannot go to your shift.")
	ErrSwapMoved   = apperr.New(apperr.Conflict, "swap_moved", "换班以后名额又有变动（取消、签到或者再换了人），不能一键撤销了，请和她们商量。", "Since then a seat has changed again (withdrawn, checked in or passed on); it cannot be undone with one tap.")
	ErrSwapStarted = apperr.New(apperr.Conflict, "swap_started", "活动已经开始，换班不能撤销了。", "It has begun; the exchange can no longer be undone.")
	ErrNoWayBack   = apperr.New(apperr.Conflict, "no_way_back", "按报名的规则，有人回不到原来的那一场了（比如报了同一时间的别的活动），撤销不了，请和她们商量。", "By the rules of signing up somebody cannot go back to the shift they had; it cannot be undone.")
)

// NewSwap returns a link for the seat of u, and its secret. present tells whether
// the person has checked in.
func NewSwap(s Shift, u SignUp, present bool, now time.Time) (swap Swap, secret string, err error) {
	if err := s.changesPlaces(now); err != nil {
		return Swap{}, "", err
	}
	if u.State != SignUpConfirmed || present {
		return Swap{}, "", ErrNoSwapHere
	}
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // never fails
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return Swap{
		ID: id.New(), SignUpID: u.ID, ShiftID: s.ID, GiverID: u.VolunteerID, Hash: SwapHash(secret),
		State: SwapOpen, MadeAt: now, EndsAt: earlier(s.StartsAt, now.Add(swapLife)),
	}, secret, nil
}

// SwapHash is what is kept of a link's secret.
func SwapHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Good returns nil while the link can be taken.
func (w Swap) Good(now time.Time) error {
	if w.State != SwapOpen || !now.Before(w.EndsAt) {
		return ErrSwapOver
	}
	return nil
}

// From reports whether u is still the seat for which the link was made: whoever
// withdrew and came back has another.
func (w Swap) From(u SignUp) bool {
	return u.ID == w.SignUpID && u.State == SignUpConfirmed && !u.SignedUpAt.After(w.MadeAt)
}

// Stands reports whether a seat that the swap gave is where it put it.
func (w Swap) Stands(u SignUp) bool {
	return u.State == SignUpConfirmed && u.SignedUpAt.Equal(w.TakenAt)
}

// changesPlaces returns nil while seats of the shift may change hands.
func (s Shift) changesPlaces(now time.Time) error {
	if s.State == ShiftCancelled || s.State == ShiftPaused {
		return s.stands()
	}
	if s.State != ShiftOpen || s.Flexible() || !now.Before(s.StartsAt) {
		return ErrNoSwapHere
	}
	return nil
}

// GivesAway returns nil when nobody waits for a seat of the shift; else they
// come first.
func (s Shift) GivesAway() error {
	if s.Waiting > 0 {
		return ErrLineFirst.With("n", strconv.Itoa(s.Waiting))
	}
	return nil
}

// HandOver gives the seat of from to whoever had to, a sign-up that holds no
// seat, new or earlier; seats are as many as before. It is no late withdrawal,
// and nothing is counted against anybody.
func (s *Shift) HandOver(from, to *SignUp, now time.Time) error {
	if err := s.changesPlaces(now); err != nil {
		return err
	}
	if from.State != SignUpConfirmed {
		return ErrSeatGone
	}
	if to.State == SignUpConfirmed || to.State == SignUpOffered {
		return ErrHasSeat
	}
	if to.State == SignUpWaitlisted {
		s.Waiting--
	}
	from.State, from.WithdrawnAt, from.Reason, from.Late = SignUpWithdrawn, now, ReasonSwapped, false
	from.Version++
	to.State, to.SignedUpAt = SignUpConfirmed, now
	to.WithdrawnAt, to.Reason, to.EnteredBy, to.Late = time.Time{}, "", "", false
	to.reminded(*s, now)
	to.Version++
	return nil
}
