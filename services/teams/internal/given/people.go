package given

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// IDNumber returns a resident's identity number that begins with these 14
// digits (the division and the birthday), and a serial below 1000.
func IDNumber(start string, serial int) string {
	for _, check := range "0123456789X" {
		number := fmt.Sprintf("%s%03d%c", start, serial, check)
		if _, err := domain.ParseIDNumber(number); err == nil {
			return number
		}
	}
	panic("no check digit fits " + start)
}

// Minor makes somebody fifteen years old, waiting for a guardian's consent.
func (w *World) Minor(t testing.TB, v domain.Volunteer) domain.Volunteer {
	t.Helper()
	year, month, day := Day.In(clock.City).Date()
	v.Minor, v.AdultOn, v.State = true, time.Date(year+3, month, day, 0, 0, 0, 0, clock.City), domain.VolunteerWaiting
	v.Version++
	w.own(t, func(ctx context.Context, q postgres.Querier) error { return store.UpdateVolunteer(ctx, q, w.Vault, v) })
	return v
}

// Consent records that a minor's guardian agrees.
func (w *World) Consent(t testing.TB, v, recordedBy domain.Volunteer) domain.GuardianConsent {
	t.Helper()
	c, err := domain.NewGuardianConsent(id.New(), domain.GuardianConsent{
		VolunteerID: v.ID, GuardianName: "李秀兰", Relation: "mother", FormNumber: "未成年-0001", ArchivedAt: "善堂镇妇联档案柜", RecordedBy: recordedBy.ID,
	}, "13700000001", w.Clock.Now())
	must(t, err)
	w.own(t, func(ctx context.Context, q postgres.Querier) error {
		return store.InsertGuardianConsent(ctx, q, w.Vault, c)
	})
	return c
}

// RegistrationCode asks for a code to register and reads it off the phone.
func (w *World) RegistrationCode(t testing.TB, phone domain.Phone) string {
	t.Helper()
	_, err := w.App.AskRegistrationCode(t.Context(), string(phone), "192.0.2.1")
	must(t, err)
	w.App.Wait()
	texts := w.Phones.Messages(phone)
	return CodeIn(texts[len(texts)-1])
}
