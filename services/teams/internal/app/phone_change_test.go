package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
)

const newNumber = domain.Phone("13700000001")

// brigade is a team with a leader, a member and an officer of its county.
type brigade struct {
	*given.World
	leader, member, officer domain.Volunteer
}

func givenBrigade(t *testing.T) brigade {
	t.Helper()
	b := brigade{World: given.New(t)}
	team := b.Team(t)
	b.leader, b.member = b.Volunteer(t), b.Volunteer(t)
	b.officer = b.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	b.World.Member(t, team, b.leader, domain.RoleLeader)
	b.World.Member(t, team, b.member, domain.RoleMember)
	b.Grant(t, b.officer)
	return b
}

func (b brigade) vouch(t *testing.T) domain.PhoneChange {
	t.Helper()
	change, err := b.App.VouchForPhone(given.As(t, b.leader), b.member.ID, string(newNumber))
	must(t, err)
	return change
}

func (b brigade) notices(t *testing.T, kind string) []string {
	t.Helper()
	var to []string
	must(t, b.DB.Owner(t).SelectContext(t.Context(), &to, "SELECT volunteer_id FROM notices WHERE kind = $1 ORDER BY volunteer_id", kind))
	return to
}

func TestPhoneChange(t *testing.T) {
	t.Parallel()
	t.Run("the leader vouches, the member signs in with the number, the office hears, old sessions and PINs end", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		_, old := keep(t, b.World, b.member, "2580")
		change := b.vouch(t)
		if change.PhoneMasked != "137****0001" || change.State != domain.PhoneChangeOpen {
			t.Errorf("change: %+v", change)
		}
		me, secret, err := b.App.SignIn(t.Context(), string(newNumber), b.Code(t, newNumber))
		must(t, err)
		if me.Volunteer.ID != b.member.ID || me.Volunteer.Phone != newNumber {
			t.Errorf("signed in: %+v", me.Volunteer)
		}
		if _, err := b.App.LookUpSession(t.Context(), secret); err != nil {
			t.Error(err)
		}
		if got := given.Value[bool](t, b.World, "SELECT revoked_at IS NOT NULL FROM sessions WHERE id = $1", old.SessionID); !got {
			t.Error("the old session still counts")
		}
		if got := given.Value[int](t, b.World, "SELECT count(*) FROM shared_phone_people"); got != 0 {
			t.Errorf("%d PINs are left", got)
		}
		if diff := cmp.Diff([]string{b.officer.ID}, b.notices(t, "phone.changed")); diff != "" {
			t.Error(diff)
		}
		b.App.Wait()
		left := b.Phones.Messages(b.member.Phone)
		if last := left[len(left)-1]; !strings.Contains(last, "不再用来登录") || strings.Contains(last, b.member.Name) {
			t.Errorf("the old number was told %q", last)
		}
		b.Clock.Leap(time.Minute)
		if _, err := b.App.AskCode(t.Context(), string(b.member.Phone), here); err != nil {
			t.Fatal(err)
		}
		b.App.Wait()
		if got := b.Phones.Messages(b.member.Phone); len(got) != len(left) {
			t.Errorf("the old number still gets codes: %q", got[len(got)-1])
		}
	})
	t.Run("signing in at once, it changes once", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		b.vouch(t)
		code := b.Code(t, newNumber)
		var in atomic.Int64
		inParallel(20, 20, func() {
			if _, _, err := b.App.SignIn(context.Background(), string(newNumber), code); err == nil {
				in.Add(1)
			} else if !errors.Is(err, domain.ErrCodeSpent) {
				t.Error(err)
			}
		})
		if got := given.Value[int](t, b.World, "SELECT count(*) FROM audit_records WHERE act = 'phone.changed'"); in.Load() != 1 || got != 1 {
			t.Errorf("%d got in, changed %d times", in.Load(), got)
		}
	})
	t.Run("who registers anew with the number comes to her own record", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		b.vouch(t)
		_, err := b.App.AskRegistrationCode(t.Context(), string(newNumber), here)
		must(t, err)
		b.App.Wait()
		me, _, err := b.App.Register(t.Context(), app.Registration{
			Phone: string(newNumber), Code: given.CodeIn(b.Phones.Messages(newNumber)[0]), Name: "王桂兰", RegionCode: "410621", Adult: true,
		})
		if err != nil || me.Volunteer.ID != b.member.ID {
			t.Errorf("%+v, %v", me.Volunteer, err)
		}
	})
	t.Run("after an hour the number proves nothing", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		b.vouch(t)
		code := b.Code(t, newNumber)
		b.Clock.Leap(time.Hour)
		if _, _, err := b.App.SignIn(t.Context(), string(newNumber), code); err == nil {
			t.Error("signed in")
		}
		if _, err := b.App.AskCode(t.Context(), string(newNumber), here); err != nil {
			t.Error(err)
		}
		b.App.Wait()
		if got := len(b.Phones.Messages(newNumber)); got != 1 {
			t.Errorf("%d messages", got)
		}
	})
	t.Run("a number of another record stays that record's, and the office hears of the two", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		other := b.Volunteer(t, func(v *domain.Volunteer) { v.Phone = newNumber })
		b.vouch(t) // as if nobody had it
		me, _, err := b.App.SignIn(t.Context(), string(newNumber), b.Code(t, newNumber))
		if err != nil || me.Volunteer.ID != other.ID {
			t.Fatalf("%+v, %v", me.Volunteer, err)
		}
		changes, err := b.App.ListPhoneChanges(given.As(t, b.leader), b.member.ID)
		if err != nil || len(changes) != 1 || changes[0].State != domain.PhoneChangeTaken {
			t.Errorf("%+v, %v", changes, err)
		}
		if diff := cmp.Diff([]string{b.officer.ID}, b.notices(t, "phone.taken")); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("no event and no record holds a number", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		b.vouch(t)
		_, _, err := b.App.SignIn(t.Context(), string(newNumber), b.Code(t, newNumber))
		must(t, err)
		for _, e := range b.Outbox(t) {
			if strings.Contains(string(e.Body), string(newNumber)) || strings.Contains(string(e.Body), newNumber.Masked()) {
				t.Errorf("%s holds the number: %s", e.Subject, e.Body)
			}
		}
		if got := given.Value[int](t, b.World, "SELECT count(*) FROM audit_records WHERE audit_records::text LIKE '%13700000001%'"); got != 0 {
			t.Errorf("%d records hold it", got)
		}
	})
}

func TestWhoVouches(t *testing.T) {
	t.Parallel()
	b := givenBrigade(t)
	elsewhere := b.Volunteer(t)
	b.World.Member(t, b.Team(t), elsewhere, domain.RoleLeader)
	byPIN, _ := keep(t, b.World, b.leader, "2580")
	_, secret, err := b.App.SwitchPerson(byPIN, b.leader.ID, "2580")
	must(t, err)
	byPIN, _ = inSession(t, b.World, secret)
	weak := auth.With(t.Context(), auth.Principal{VolunteerID: b.Volunteer(t).ID, Grants: coordinator})
	for name, c := range map[string]struct {
		ctx  context.Context
		who  domain.Volunteer
		want error
	}{
		"nobody for themself":                             {given.As(t, b.leader), b.leader, domain.ErrNoVolunteer},
		"no member for another":                           {given.As(t, b.member), b.leader, domain.ErrNoVolunteer},
		"no leader of another team":                       {given.As(t, elsewhere), b.member, domain.ErrNoVolunteer},
		"no officer for themself":                         {given.As(t, b.officer, coordinator...), b.officer, domain.ErrNoVolunteer},
		"no viewer":                                       {given.As(t, b.Volunteer(t), auth.Grant{Role: "viewer", RegionPath: "4106/"}), b.member, domain.ErrNoVolunteer},
		"a leader with a PIN only":                        {byPIN, b.member, domain.ErrPINOnly},
		"an officer for an officer without second factor": {weak, b.officer, auth.ErrSecondFactor},
		"a deputy, an officer, and a stronger one: yes":   {given.As(t, b.Volunteer(t), coordinator...), b.member, nil},
		"another officer, with a second factor: yes":      {given.As(t, b.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"}), b.officer, nil},
		"not for whom the number is registered already":   {given.As(t, b.leader), b.member, domain.ErrSamePhone},
	} {
		t.Run(name, func(t *testing.T) {
			number := newNumber
			if errors.Is(c.want, domain.ErrSamePhone) {
				number = c.who.Phone
			}
			if _, err := b.App.VouchForPhone(c.ctx, c.who.ID, string(number)); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	t.Run("a leader for an officer who is in her team", func(t *testing.T) {
		b.Grant(t, b.member)
		if _, err := b.App.VouchForPhone(given.As(t, b.leader), b.member.ID, string(newNumber)); !errors.Is(err, domain.ErrOfficersPhone) {
			t.Error(err)
		}
	})
}

func TestPhoneChangeLimits(t *testing.T) {
	t.Parallel()
	b := givenBrigade(t)
	for n := range 4 {
		_, err := b.App.VouchForPhone(given.As(t, b.leader), b.member.ID, fmt.Sprintf("1370000010%d", n))
		var refused *apperr.Error
		if tooMany := errors.As(err, &refused) && refused.Kind == apperr.TooMany; tooMany != (n == 3) {
			t.Errorf("number %d: %v", n+1, err)
		}
	}
	if got := given.Value[int](t, b.World, "SELECT count(*) FROM phone_changes WHERE state = 'open'"); got != 1 {
		t.Errorf("%d are open, want the newest only", got)
	}
}

func TestUndoPhoneChange(t *testing.T) {
	t.Parallel()
	t.Run("the office puts the number before back, for a week, and what came in by the new one ends", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		change := b.vouch(t)
		_, secret, err := b.App.SignIn(t.Context(), string(newNumber), b.Code(t, newNumber))
		must(t, err)
		if err := b.App.UndoPhoneChange(given.As(t, b.leader), change.ID, "不是本人"); !errors.Is(err, domain.ErrNoPhoneChange) {
			t.Errorf("by the leader: %v", err)
		}
		must(t, b.App.UndoPhoneChange(given.As(t, b.officer, coordinator...), change.ID, "不是本人"))
		if _, err := b.App.LookUpSession(t.Context(), secret); !errors.Is(err, domain.ErrNoSession) {
			t.Errorf("the new session: %v", err)
		}
		me, _, err := b.App.SignIn(t.Context(), string(b.member.Phone), b.Code(t, b.member.Phone))
		if err != nil || me.Volunteer.ID != b.member.ID {
			t.Errorf("with the old number: %+v, %v", me.Volunteer, err)
		}
		if err := b.App.UndoPhoneChange(given.As(t, b.officer, coordinator...), change.ID, "再来一次"); err != nil {
			t.Errorf("twice: %v", err)
		}
	})
	t.Run("after a week it stays, and the number before is forgotten", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		change := b.PhoneChange(t, b.member, b.leader, newNumber)
		b.Clock.Leap(7 * 24 * time.Hour)
		if err := b.App.UndoPhoneChange(given.As(t, b.officer, coordinator...), change.ID, "晚了"); !errors.Is(err, domain.ErrNotUndone) {
			t.Error(err)
		}
		must(t, b.App.Tidy(t.Context()))
		if got := given.Value[int](t, b.World, "SELECT count(*) FROM phone_changes WHERE before IS NOT NULL"); got != 0 {
			t.Errorf("%d numbers are kept", got)
		}
	})
	t.Run("a number that is somebody else's by now is not put back, and the new one goes all the same", func(t *testing.T) {
		t.Parallel()
		b := givenBrigade(t)
		change := b.PhoneChange(t, b.member, b.leader, newNumber)
		b.Volunteer(t, func(v *domain.Volunteer) { v.Phone = b.member.Phone })
		must(t, b.App.UndoPhoneChange(given.As(t, b.officer, coordinator...), change.ID, "不是本人"))
		record, err := b.App.FindVolunteer(given.As(t, b.officer, coordinator...), b.member.ID)
		if err != nil || record.Volunteer.Phone != "" {
			t.Errorf("%q, %v", record.Volunteer.Phone.Masked(), err)
		}
	})
}
