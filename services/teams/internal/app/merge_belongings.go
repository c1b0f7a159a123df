package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// mayGo refuses that a record becomes part of another while something of it is
// still to be ended or decided by somebody.
func (a *App) mayGo(ctx context.Context, q postgres.Querier, goneID string) error {
	grants, err := store.ListGrants(ctx, q, goneID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	for _, g := range grants {
		if g.Until.IsZero() || now.Before(g.Until) { // one that has yet to begin too
			return domain.ErrHoldsGrant
		}
	}
	appeals, err := store.ListAppealsOf(ctx, q, goneID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(appeals, func(appeal domain.Appeal) bool { return appeal.State == domain.AppealOpen }) {
		return domain.ErrAppealWaits
	}
	return nil
}

// moveBelongings gives what hangs on the record that goes to the other. A new
// table that belongs to a person gets its line here.
func (a *App) moveBelongings(ctx context.Context, q postgres.Querier, goneID, survivorID string) error {
	for _, move := range []func(ctx context.Context, q postgres.Querier, goneID, survivorID string) error{
		store.MoveSkills, store.MoveSlots, store.MoveNotices, store.MoveNoticePreferences, a.moveQualifications, a.moveNotes,
	} {
		if err := move(ctx, q, goneID, survivorID); err != nil {
			return err
		}
	}
	if err := store.EndPhoneChanges(ctx, q, goneID, a.clock.Now()); err != nil {
		return err
	}
	if err := store.DeletePINs(ctx, q, goneID); err != nil { // chosen for a record that is no more
		return err
	}
	if err := store.MoveTextMessages(ctx, q, goneID, survivorID, a.clock.Now()); err != nil {
		return err
	}
	return store.MoveGuardianConsents(ctx, q, goneID, survivorID, a.clock.Now())
}

// moveConsents makes one history of what was said under both records, adds
// the noes that the stricter word asks for, and keeps what counts now.
func (a *App) moveConsents(ctx context.Context, q postgres.Querier, goneID string, survivor *domain.Volunteer, by string) error {
	texts, err := store.ListConsentTexts(ctx, q)
	if err != nil {
		return err
	}
	kept, err := store.ListConsents(ctx, q, survivor.ID)
	if err != nil {
		return err
	}
	gone, err := store.ListConsents(ctx, q, goneID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	noes := domain.MergeConsents(*survivor, kept, gone, texts, id.New, by, now)
	if err := store.MoveConsents(ctx, q, goneID, survivor.ID); err != nil {
		return err
	}
	if err := store.InsertConsents(ctx, q, noes); err != nil {
		return err
	}
	all := append(domain.InOrder(kept, gone), noes...)
	for _, purpose := range domain.Purposes {
		state, _ := domain.StateOf(all, texts, purpose, now)
		survivor.SetConsent(purpose, state == domain.ConsentGiven)
	}
	return nil
}

// endEntrances lets nobody in any more who came by the record that goes: whose
// it was is known by an officer's word only, so its sessions, claim links and
// second factors do not open the record that stays. The person is told there.
func (a *App) endEntrances(ctx context.Context, q postgres.Querier, gone, survivor domain.Volunteer) error {
	now := a.clock.Now()
	if err := a.endSessions(ctx, q, gone.ID); err != nil {
		return err
	}
	if err := store.EndClaimLinksOf(ctx, q, gone.ID, now); err != nil {
		return err
	}
	for _, remove := range []func(context.Context, postgres.Querier, string) error{store.DeletePasskeys, store.DeleteTOTP, store.DeleteFactorTries} {
		if err := remove(ctx, q, gone.ID); err != nil {
			return err
		}
	}
	if err := store.ReplaceRecoveryCodes(ctx, q, gone.ID, nil, now); err != nil {
		return err
	}
	words := domain.Words{"number": gone.Number}
	return a.notify(ctx, q, domain.NewNotice(domain.NoticeRecordsMerged, survivor.ID, "volunteer", gone.ID, words, now))
}
