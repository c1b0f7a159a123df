package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/sms"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// completePhoneChange carries out the change for which somebody vouched, now
// that the number is proved, and returns whose number it is: holderID when
// nobody vouched. A number of another record stays that record's; the office
// hears that the two may be one person's. The person's row is held before the
// change's, in the order of everybody. left is the number that opens nothing
// any more: when all of it is true, goodbye is said to it.
func (a *App) completePhoneChange(ctx context.Context, q postgres.Querier, phone domain.Phone, holderID string) (ownerID string, left domain.Phone, err error) {
	index, now := store.PhoneIndex(a.vault, phone), a.clock.Now()
	volunteerID, err := store.FindVouchedFor(ctx, q, index, now)
	if err != nil || volunteerID == "" {
		return holderID, "", err
	}
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err != nil {
		return holderID, "", err
	}
	change, err := store.LockOpenPhoneChange(ctx, q, a.vault, index)
	if errors.Is(err, domain.ErrNoPhoneChange) {
		return holderID, "", nil // another came first
	}
	if err != nil {
		return holderID, "", err
	}
	if change.VolunteerID != v.ID || !change.Open(now) || !v.State.Here() {
		return holderID, "", nil
	}
	if holderID != "" && holderID != v.ID {
		return holderID, "", a.takePhone(ctx, q, change)
	}
	change.Do(&v, phone, a.phoneUndo, now)
	return v.ID, change.Before, a.changePhone(ctx, q, v, change, v.ID, "phone.changed", "")
}

// goodbye tells a number that it opens nothing any more. It names nobody.
func (a *App) goodbye(ctx context.Context, left domain.Phone) {
	if left != "" {
		a.send(ctx, left, sms.PhoneChanged())
	}
}

// takePhone notes that the number is of another record, and tells the office.
func (a *App) takePhone(ctx context.Context, q postgres.Querier, change domain.PhoneChange) error {
	change.Take(a.clock.Now())
	if err := store.UpdatePhoneChange(ctx, q, a.vault, change); err != nil {
		return err
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(change.VouchedBy, "phone.taken", "phone_change", change.ID, change.DecidedAt).About(change.VolunteerID)); err != nil {
		return err
	}
	return a.tellOfPhone(ctx, q, change, domain.NoticePhoneTaken)
}

// changePhone writes down that a person has another number: whatever the old
// one opened is closed, and everybody who must know is told. Passkeys and the
// code app stay: they never let anybody in by themselves.
func (a *App) changePhone(ctx context.Context, q postgres.Querier, v domain.Volunteer, change domain.PhoneChange, by, act, reason string) error {
	if err := store.UpdateVolunteer(ctx, q, a.vault, v); err != nil {
		return takenNumber(err)
	}
	if err := store.UpdatePhoneChange(ctx, q, a.vault, change); err != nil {
		return err
	}
	if err := a.endSessions(ctx, q, v.ID); err != nil {
		return err
	}
	if err := store.DeletePINs(ctx, q, v.ID); err != nil {
		return err
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(by, act, "phone_change", change.ID, change.DecidedAt).About(v.ID).Because(reason)); err != nil {
		return err
	}
	if err := outbox.Append(ctx, q, change.DecidedAt, volunteerChanged(v)); err != nil {
		return err
	}
	if change.State != domain.PhoneChangeDone {
		return nil
	}
	return a.tellOfPhone(ctx, q, change, domain.NoticePhoneChanged)
}

// tellOfPhone tells who answers for the person's home and teams, but neither the
// person nor whoever vouched.
func (a *App) tellOfPhone(ctx context.Context, q postgres.Querier, change domain.PhoneChange, kind domain.NoticeKind) error {
	ties, err := store.FindTies(ctx, q, change.VolunteerID, change.VouchedBy)
	if err != nil {
		return err
	}
	var office []string
	for _, path := range lowest(ties.RegionPaths) {
		ids, err := store.ListOfficeIDs(ctx, q, path, change.DecidedAt)
		if err != nil {
			return err
		}
		office = append(office, ids...)
	}
	slices.Sort(office)
	office = slices.DeleteFunc(slices.Compact(office), func(id string) bool { return id == change.VolunteerID || id == change.VouchedBy })
	words := domain.Words{"person": change.VolunteerID, "person_id": change.VolunteerID}
	if kind == domain.NoticePhoneChanged {
		words["by"] = change.VouchedBy
	}
	return a.notify(ctx, q, toAll(office, func(id string) domain.Notice {
		return domain.NewNotice(kind, id, "phone_change", change.ID, words, change.DecidedAt)
	})...)
}

// lowest returns the paths that none of the others lies below.
func lowest(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		return slices.ContainsFunc(paths, func(other string) bool { return other != path && strings.HasPrefix(other, path) })
	})
}

// UndoPhoneChange puts the number before back, by an officer of the person and
// with a reason that names nobody; twice is no error. It returns
// domain.ErrNoPhoneChange or domain.ErrNotUndone.
func (a *App) UndoPhoneChange(ctx context.Context, changeID, reason string) error {
	p, err := auth.From(ctx)
	if err != nil {
		return err
	}
	_, err = idempotency.Do(ctx, a.db, a.clock.Now(), "undoPhoneChange", []string{changeID, reason}, func(q postgres.Querier) (bool, error) {
		found, err := store.FindPhoneChange(ctx, q, a.vault, changeID)
		if err != nil {
			return false, err
		}
		v, s, err := a.volunteerBy(ctx, q, undoPhone, found.VolunteerID, store.LockVolunteer)
		if errors.Is(err, domain.ErrNoVolunteer) {
			return false, domain.ErrNoPhoneChange
		}
		if err != nil {
			return false, err
		}
		if err := a.guardOfficer(ctx, q, p, v.ID, s); err != nil {
			return false, err
		}
		return true, a.undoPhoneChange(ctx, q, v, changeID, p.VolunteerID, reason)
	})
	return err
}

func (a *App) undoPhoneChange(ctx context.Context, q postgres.Querier, v domain.Volunteer, changeID, by, reason string) error {
	change, err := store.LockPhoneChange(ctx, q, a.vault, changeID)
	if err != nil {
		return err
	}
	if change.State == domain.PhoneChangeUndone {
		return nil
	}
	if !v.State.Here() {
		return domain.ErrNotUndone
	}
	holderID := ""
	if change.Before != "" {
		if holderID, err = store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, change.Before)); err != nil {
			return err
		}
	}
	if err := change.Undo(&v, by, holderID != "", a.clock.Now()); err != nil {
		return err
	}
	return a.changePhone(ctx, q, v, change, by, "phone.undone", reason)
}
