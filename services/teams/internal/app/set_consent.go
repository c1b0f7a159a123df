package app

import (
	"context"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// oldBoardText is the version of the sentence that the previous web app shows
// beside its switch.
const oldBoardText = 1

// answer is what somebody says to a consent, and to which words.
type answer struct {
	Purpose domain.Purpose
	Given   bool
	Version int
}

// SetConsent keeps what whoever asks says about a purpose, having read a
// version of its text, and tells all services when something else counts now.
// It returns domain.ErrNoPurpose, domain.ErrTextChanged or
// domain.ErrGuardianDecides.
func (a *App) SetConsent(ctx context.Context, purpose domain.Purpose, given bool, version int) ([]MyConsent, error) {
	if err := a.say(ctx, "putConsent", answer{purpose, given, version}, domain.CurrentText); err != nil {
		return nil, err
	}
	return a.MyConsents(ctx)
}

// SetBoardConsent is SetConsent for the name on boards, as the previous web app
// asks it: the words were that app's.
func (a *App) SetBoardConsent(ctx context.Context, consent bool) (Me, error) {
	old := func(texts []domain.ConsentText, purpose domain.Purpose, now time.Time) (domain.ConsentText, error) {
		for _, t := range texts {
			if t.Purpose == purpose && t.Version == oldBoardText {
				return t, nil
			}
		}
		return domain.CurrentText(texts, purpose, now)
	}
	if err := a.say(ctx, "putBoardConsent", answer{domain.BoardName, consent, oldBoardText}, old); err != nil {
		return Me{}, err
	}
	return a.Me(ctx)
}

// shownText says which words a person had before them.
type shownText func(texts []domain.ConsentText, purpose domain.Purpose, now time.Time) (domain.ConsentText, error)

func (a *App) say(ctx context.Context, operation string, said answer, shown shownText) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	// What is kept for a repeat is that it was done, not the person's data.
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), operation, said, func(q postgres.Querier) (bool, error) {
		return true, a.keepConsent(ctx, q, p.VolunteerID, said, shown)
	})
	return err
}

func (a *App) keepConsent(ctx context.Context, q postgres.Querier, volunteerID string, said answer, shown shownText) error {
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return err
	}
	if !v.State.Here() {
		return domain.ErrNoVolunteer
	}
	_, err = a.keepWord(ctx, q, v, said.Purpose, shown, func(text domain.ConsentText) (domain.Consent, error) {
		return v.Say(text, said.Version, said.Given, a.clock.Now())
	})
	return err
}

// keepWord keeps what is said about a purpose of a person, who is held, and
// what follows from it. It reports whether it was said for the first time.
func (a *App) keepWord(ctx context.Context, q postgres.Querier, v domain.Volunteer, purpose domain.Purpose, shown shownText, say func(domain.ConsentText) (domain.Consent, error)) (bool, error) {
	texts, err := store.ListConsentTexts(ctx, q)
	if err != nil {
		return false, err
	}
	text, err := shown(texts, purpose, a.clock.Now())
	if err != nil {
		return false, err
	}
	consent, err := say(text)
	if err != nil {
		return false, err
	}
	earlier, err := store.ListConsents(ctx, q, v.ID)
	if err != nil || !consent.News(earlier) {
		return false, err
	}
	if err := store.InsertConsents(ctx, q, []domain.Consent{consent}); err != nil {
		return false, err
	}
	state, _ := domain.StateOf(append(earlier, consent), texts, purpose, a.clock.Now())
	return true, a.countConsent(ctx, q, v, purpose, state == domain.ConsentGiven)
}

// countConsent keeps and tells whether a consent counts now.
func (a *App) countConsent(ctx context.Context, q postgres.Querier, v domain.Volunteer, purpose domain.Purpose, counts bool) error {
	if !v.SetConsent(purpose, counts) {
		return nil
	}
	if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
		return err
	}
	return outbox.Append(ctx, q, a.clock.Now(), volunteerChanged(v))
}
