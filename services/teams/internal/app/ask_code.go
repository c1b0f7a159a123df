package app

import (
	"cmp"
	"context"
	"encoding/hex"
	"math"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errTooManyCodes = apperr.New(apperr.TooMany, "too_many_codes", "验证码要得太频繁了，请 {minutes} 分钟后再试。", "Too many codes were asked for; please try again in {minutes} minutes.")
	errBudgetSpent  = apperr.New(apperr.TooMany, "message_budget_spent", "今天的短信已经发完，请明天再试；急用请联系工作人员。", "No more messages can be sent today; please try tomorrow, or ask the staff if it is urgent.")
)

const (
	// resendPause is how long a page should wait before it offers to send
	// again: a message is often that long on its way.
	resendPause = time.Minute
	sendTimeout = 20 * time.Second
)

// AskedCode says how long a code is good for and when another can be had.
type AskedCode struct {
	ExpiresIn time.Duration
	RetryIn   time.Duration
}

// AskCode sends a one-time code to a number that a volunteer has. For a number
// nobody has, it does the same work, gives the same answer and sends nothing:
// the two differ only in a goroutine that the answer does not wait for.
// address is the client's. It returns Invalid or TooMany errors.
func (a *App) AskCode(ctx context.Context, phoneText, address string) (AskedCode, error) {
	return a.askCode(ctx, "createSignInCode", phoneText, address, false)
}

// askCode keeps a code and sends it; one that registers is sent to any number.
func (a *App) askCode(ctx context.Context, operation, phoneText, address string, registers bool) (AskedCode, error) {
	phone, err := domain.ParsePhone(phoneText)
	if err != nil {
		return AskedCode{}, err
	}
	digits := domain.RandomDigits()
	code := domain.NewSignInCode(store.PhoneIndex(a.vault, phone), a.vault.BlindIndex("client_address", address), a.clock.Now())
	code.Registers, code.BrowserHash = registers, browserOf(ctx)

	fresh := false // a repeated request gets its answer again, but no second message
	asked, err := idempotency.Do(ctx, a.db, code.CreatedAt, operation, hex.EncodeToString(code.PhoneIndex),
		func(q postgres.Querier) (AskedCode, error) {
			fresh = true
			return a.keepCode(ctx, q, &code)
		})
	if err != nil || !fresh {
		return asked, err
	}
	// Slow, and so done when nobody waits any more who asks from the same address.
	// A code that is lost here was not sent either; another can be asked for.
	if code.Hash, err = a.hashCode(ctx, code.Salt, digits); err != nil {
		return AskedCode{}, err
	}
	if err := a.db.InTx(ctx, func(q postgres.Querier) error { return store.UpdateCodeHash(ctx, q, code) }); err != nil {
		return AskedCode{}, err
	}
	if code.Sent() {
		a.send(ctx, phone, sms.Code(digits))
	}
	return asked, nil
}

// keepCode keeps a code that nothing matches yet: it counts, and has no hash.
func (a *App) keepCode(ctx context.Context, q postgres.Querier, code *domain.SignInCode) (AskedCode, error) {
	var err error
	if code.VolunteerID, err = store.FindVolunteerByPhone(ctx, q, code.PhoneIndex); err != nil {
		return AskedCode{}, err
	}
	vouched, err := store.FindVouchedFor(ctx, q, code.PhoneIndex, code.CreatedAt) // looked for in any case: it takes as long
	if err != nil {
		return AskedCode{}, err
	}
	code.VolunteerID = cmp.Or(code.VolunteerID, vouched)
	// Who is over a limit already need not stand in the line of those who may not be.
	if _, err := a.checkLimits(ctx, q, *code); err != nil {
		return AskedCode{}, err
	}
	if err := store.LockAsking(ctx, q, code.PhoneIndex, code.AddressIndex); err != nil {
		return AskedCode{}, err
	}
	retry, err := a.checkLimits(ctx, q, *code)
	if err != nil {
		return AskedCode{}, err
	}
	code.Salt = newSalt()
	if err := store.InsertSignInCode(ctx, q, *code); err != nil {
		return AskedCode{}, err
	}
	return AskedCode{ExpiresIn: domain.CodeLife, RetryIn: retry}, nil
}

// checkLimits returns when another code can be asked for after this one, or
// the error that says why not even this one can.
func (a *App) checkLimits(ctx context.Context, q postgres.Querier, code domain.SignInCode) (time.Duration, error) {
	now, perPhone, perAddress := code.CreatedAt, a.limits.ofPhone(), a.limits.ofAddress()
	ofPhone, err := codesOfPhone(ctx, q, code, domain.Largest(perPhone))
	if err != nil {
		return 0, err
	}
	ofAddress, err := store.CodesOfAddress(ctx, q, code.AddressIndex, domain.Largest(perAddress))
	if err != nil {
		return 0, err
	}
	if wait := max(domain.Wait(perPhone, ofPhone, now), domain.Wait(perAddress, ofAddress, now)); wait > 0 {
		return 0, errTooManyCodes.With("minutes", strconv.Itoa(int(math.Ceil(wait.Minutes()))))
	}
	// Counted without a lock: requests at the same instant may overdraw it by their number.
	sent, err := store.CountSent(ctx, q, now.Add(-day))
	if err != nil {
		return 0, err
	}
	if sent >= a.limits.PerDay {
		return 0, errBudgetSpent
	}
	return max(resendPause,
		domain.Wait(perPhone, append([]time.Time{now}, ofPhone...), now),
		domain.Wait(perAddress, append([]time.Time{now}, ofAddress...), now)), nil
}

// codesOfPhone returns when the codes were asked for that count towards the
// limits of a number. A browser that its owner was signed in by has a count of
// its own: whoever else knows the number cannot use up her codes by asking for
// them. They are looked up for a number nobody has, too.
func codesOfPhone(ctx context.Context, q postgres.Querier, code domain.SignInCode, n int) ([]time.Time, error) {
	known, err := store.KnowsBrowser(ctx, q, code.VolunteerID, code.BrowserHash)
	if err != nil {
		return nil, err
	}
	if known {
		return store.CodesOfPhoneAt(ctx, q, code.PhoneIndex, code.BrowserHash, n)
	}
	return store.CodesOfPhone(ctx, q, code.PhoneIndex, n)
}

// send hands a message over in the background: how long that takes must not
// show whether somebody has the number.
func (a *App) send(ctx context.Context, phone domain.Phone, m sms.Message) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	a.sending.Go(func() {
		defer cancel()
		if err := a.messages.Send(ctx, string(phone), m); err != nil {
			a.log.Error("message not sent", "phone", phone.Masked(), "error", err)
		}
	})
}
