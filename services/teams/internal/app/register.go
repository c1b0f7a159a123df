package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// How somebody new comes in
//
// Whoever asks for a code to register gets one, whatever the number and under
// the limits of all codes: answer, time and message tell nothing about who is
// registered. The right code proves the phone, and only then is anything told:
// if somebody has the number, this person is signed in; else the record is
// made. Of what a volunteer must give (条例 art. 7) the name, the phone and the
// home are asked for; the identity paper later, when a certificate needs it,
// and at once from who is not yet eighteen: their registration waits for a
// guardian's consent.

// AskRegistrationCode sends a one-time code to any number, within the limits.
func (a *App) AskRegistrationCode(ctx context.Context, phoneText, address string) (AskedCode, error) {
	return a.askCode(ctx, "createRegistrationCode", phoneText, address, true)
}

// Registration is what somebody gives to become a volunteer.
type Registration struct {
	Phone, Code string
	Name        string
	RegionCode  string
	Adult       bool   // says to be eighteen or older
	IDNumber    string // of the resident's card; empty when not told yet
}

// Register makes the record of whoever has the newest code of the number and
// signs them in, or signs in the person who has the number already. It returns
// the same errors as SignIn, and what is wrong with what was given. Like
// SignIn it carries no idempotency key; a code counts once.
func (a *App) Register(ctx context.Context, r Registration) (me Me, secret string, err error) {
	phone, err := domain.ParsePhone(r.Phone)
	if err != nil {
		return Me{}, "", err
	}
	digits, err := domain.ParseDigits(r.Code)
	if err != nil {
		return Me{}, "", err
	}
	if r.IDNumber == "" && !r.Adult {
		return Me{}, "", apperr.For("id_number", domain.ErrAdultTold)
	}
	newcomer, err := a.newcomer(r, phone) // before the code is used up: a slip of the pen must not cost a message
	if err != nil {
		return Me{}, "", err
	}
	var left domain.Phone
	var verdict error // a wrong guess is committed too, or it would not count
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if _, err := store.FindRegion(ctx, q, r.RegionCode); errors.Is(err, domain.ErrNoRegion) {
			return apperr.For("region_code", domain.ErrNoRegion)
		} else if err != nil {
			return err
		}
		if _, verdict, err = a.tryCode(ctx, q, store.PhoneIndex(a.vault, phone), digits); err != nil || verdict != nil {
			return err
		}
		volunteerID, err := store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, phone))
		if err != nil {
			return err
		}
		if volunteerID, left, err = a.completePhoneChange(ctx, q, phone, volunteerID); err != nil {
			return err
		}
		if volunteerID == "" {
			if verdict, err = a.refuseKnownPaper(ctx, q, newcomer); err != nil || verdict != nil {
				return err
			}
			volunteerID = newcomer.ID
			if err := a.admitNewcomer(ctx, q, newcomer); err != nil {
				return err
			}
		}
		me, secret, err = a.letIn(ctx, q, volunteerID)
		return err
	})
	if err != nil {
		return Me{}, "", err
	}
	if verdict != nil {
		return Me{}, "", verdict
	}
	a.goodbye(ctx, left)
	return me, secret, nil
}

// newcomer returns the person as far as they are known without the database.
func (a *App) newcomer(r Registration, phone domain.Phone) (domain.Volunteer, error) {
	now := a.clock.Now()
	v, err := domain.NewVolunteer(id.New(), 0, r.Name, now)
	if err != nil {
		return v, err
	}
	v.State, v.Phone, v.RegionCode = domain.VolunteerActive, phone, r.RegionCode
	if r.IDNumber == "" {
		return v, nil
	}
	number, err := domain.ParseIDNumber(r.IDNumber)
	if err != nil {
		var reason *apperr.Error
		if errors.As(err, &reason) {
			return v, apperr.For("id_number", reason)
		}
		return v, err
	}
	v.Identify(number, now)
	if v.Wait() {
		v.Version = 1 // nobody has seen it otherwise
	}
	return v, nil
}

// refuseKnownPaper says so when somebody has the identity paper. The code is
// used up by it: whoever would try numbers out needs a message for each.
func (a *App) refuseKnownPaper(ctx context.Context, q postgres.Querier, v domain.Volunteer) (verdict, err error) {
	if v.IDNumber == "" {
		return nil, nil
	}
	there, err := store.FindVolunteerByPaper(ctx, q, store.IDIndex(a.vault, v.IDNumber))
	if err != nil || there == "" {
		return nil, err
	}
	return apperr.For("id_number", domain.ErrIDTaken), nil
}

func (a *App) admitNewcomer(ctx context.Context, q postgres.Querier, v domain.Volunteer) error {
	serials, err := store.DrawVolunteerSerials(ctx, q, 1)
	if err != nil {
		return err
	}
	v.Number = domain.VolunteerNumber(v.JoinedAt, serials[0])
	if err := store.InsertVolunteers(ctx, q, a.vault, []domain.Volunteer{v}); err != nil {
		return takenNumber(err)
	}
	if err := store.InsertRecord(ctx, q, domain.NewRecord(v.ID, "volunteer.registered", "volunteer", v.ID, v.JoinedAt).About(v.ID)); err != nil {
		return err
	}
	return outbox.Append(ctx, q, v.JoinedAt, volunteerChanged(v))
}
