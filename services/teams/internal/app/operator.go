package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What whoever runs the machine may do
//
// It is little: what nobody inside can do because nobody is inside, and what the
// law asks for while the pages are away. Nobody is signed in, so the audit says that
// it was done without a person (an empty actor), and for what reason.

var (
	// ErrReason says that something is not done without saying why.
	ErrReason = apperr.New(apperr.Invalid, "operator_reason", "请写明原因：批准的文件或登记号，不写姓名。", "Please say why: the paper or number by which it was agreed, and nobody's name.")
	// ErrAdministratorThere says that somebody can give authority already.
	ErrAdministratorThere = apperr.New(apperr.Conflict, "administrator_there", "已经有 {n} 位全市管理员，请他们在管理台授权；确实都登录不了，加上 --although。",
		"There are {n} administrators of the city: let them give the authority. If none can sign in any more, add --although.")
	// ErrCityNeeded says that a new city has no divisions yet.
	ErrCityNeeded = apperr.New(apperr.Invalid, "city_needed", "这里还没有区划：请用 --region 和 --region-name 写明全市的代码和名称，如 4106 鹤壁市。",
		"There are no divisions yet: give the city's code and name by --region and --region-name, as 4106 鹤壁市.")
	// ErrCityThere says that the topmost division is another.
	ErrCityThere = apperr.New(apperr.Conflict, "city_there", "这里的全市区划是 {code}。", "The city here is {code}.")
	// ErrNameNeeded says that nobody has the phone, so that a record must be made.
	ErrNameNeeded = apperr.New(apperr.Invalid, "name_needed", "没有人用这个手机号：请用 --name 写明姓名，为其建立记录。", "Nobody has this phone: give the name by --name, and a record is made.")
)

// Departure is what erasing somebody ends, without saying who it is.
type Departure struct {
	VolunteerID string
	Number      string
	State       string
	Memberships int // that are open
	Grants      int // that count or will
	Leads       int // brigades, to be handed over first
	HasPhone    bool
}

// DepartureOf returns what erasing the person with that number would end, or
// domain.ErrNoVolunteer.
func (a *App) DepartureOf(ctx context.Context, number string) (d Departure, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		volunteerID, err := store.FindVolunteerByNumber(ctx, q, strings.TrimSpace(number))
		if err != nil {
			return err
		}
		v, err := store.FindVolunteer(ctx, q, a.vault, volunteerID)
		if err != nil {
			return err
		}
		d = Departure{VolunteerID: v.ID, Number: v.Number, State: string(v.State), HasPhone: v.Phone != ""}
		led, err := store.ListLedTeams(ctx, q, v.ID)
		if err != nil {
			return err
		}
		grants, err := store.ListGrants(ctx, q, v.ID)
		if err != nil {
			return err
		}
		for _, g := range grants {
			if !g.Over(a.clock.Now()) {
				d.Grants++
			}
		}
		d.Leads = len(led)
		d.Memberships, err = store.CountOpenMemberships(ctx, q, v.ID)
		return err
	})
	return d, err
}

// EraseAsOperator is ErasePerson by whoever runs the machine.
func (a *App) EraseAsOperator(ctx context.Context, number, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return ErrReason
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		volunteerID, err := store.FindVolunteerByNumber(ctx, q, strings.TrimSpace(number))
		if err != nil {
			return err
		}
		v, err := a.lockLeaver(ctx, q, volunteerID)
		if err != nil {
			return err
		}
		return a.erase(ctx, q, v, v.ID, "", reason) // what ends, ends because the person asked for it
	})
}

// Appointment is the authority over the whole city that whoever runs the machine gives.
type Appointment struct {
	Phone, Name          string // the name only when nobody has the phone
	RegionCode, CityName string // only while there are no divisions
	Counties             map[string]string
	Reason               string
	Although             bool // there are administrators, but none can sign in
}

// Appointed says what an appointment did, or would do.
type Appointed struct {
	Number         string // of the administrator; empty before a record is made
	NewPerson      bool
	NewRegions     int
	Administrators int // that there were
}

// errLooking ends a transaction of which nothing is to stay.
var errLooking = errors.New("only looking")

// Appoint makes whoever has the phone an administrator of the city. Where there are
// no divisions it makes the city and its counties, and where nobody has the phone a
// record. With look it changes nothing and returns what it would do.
func (a *App) Appoint(ctx context.Context, n Appointment, look bool) (done Appointed, err error) {
	phone, err := domain.ParsePhone(n.Phone)
	if err != nil {
		return done, err
	}
	if strings.TrimSpace(n.Reason) == "" {
		return done, ErrReason
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		if err := store.LockAdministration(ctx, q); err != nil {
			return err
		}
		if done.Administrators, err = store.CountCityAdministrators(ctx, q, a.clock.Now()); err != nil {
			return err
		}
		if done.Administrators > 0 && !n.Although {
			return ErrAdministratorThere.With("n", fmt.Sprint(done.Administrators))
		}
		city, made, err := a.ensureCity(ctx, q, n)
		if err != nil {
			return err
		}
		done.NewRegions = made
		v, fresh, err := a.ensurePerson(ctx, q, phone, n.Name)
		if err != nil {
			return err
		}
		done.Number, done.NewPerson = v.Number, fresh
		now := a.clock.Now()
		g, err := domain.NewGrant(id.New(), v, domain.RoleAdministrator, city, now, time.Time{}, "", n.Reason, now)
		if err != nil {
			return err
		}
		if err := store.InsertGrants(ctx, q, []domain.Grant{g}); err != nil {
			return err
		}
		if err := a.tellGrant(ctx, q, "", "grant.given", g, n.Reason); err != nil {
			return err
		}
		if look {
			return errLooking
		}
		return nil
	})
	if errors.Is(err, errLooking) {
		err = nil
	}
	return done, err
}

// ensureCity returns the topmost division, which it makes with its counties when there
// is none at all.
func (a *App) ensureCity(ctx context.Context, q postgres.Querier, n Appointment) (city domain.Region, made int, err error) {
	if err := store.LockRegions(ctx, q); err != nil {
		return city, 0, err
	}
	city, err = store.FindCity(ctx, q)
	if err == nil {
		if n.RegionCode != "" && n.RegionCode != city.Code {
			return city, 0, ErrCityThere.With("code", city.Code)
		}
		return city, 0, nil
	}
	if !errors.Is(err, domain.ErrNoRegion) {
		return city, 0, err
	}
	regions, err := domain.NewCity(n.RegionCode, n.CityName, n.Counties)
	if err != nil {
		return city, 0, err
	}
	if len(regions) == 0 {
		return city, 0, ErrCityNeeded
	}
	if err := store.InsertRegions(ctx, q, regions); err != nil {
		return city, 0, err
	}
	events := make([]outbox.Event, len(regions))
	for i, r := range regions {
		if err := store.InsertRecord(ctx, q, domain.NewRecord("", "region.added", "region", r.Code, a.clock.Now()).Because(n.Reason)); err != nil {
			return city, 0, err
		}
		events[i] = regionChanged(r)
	}
	return regions[0], len(regions), outbox.Append(ctx, q, a.clock.Now(), events...)
}

// ensurePerson returns whoever has the phone, or a record that is made for them.
func (a *App) ensurePerson(ctx context.Context, q postgres.Querier, phone domain.Phone, name string) (v domain.Volunteer, fresh bool, err error) {
	volunteerID, err := store.FindVolunteerByPhone(ctx, q, store.PhoneIndex(a.vault, phone))
	if err != nil {
		return v, false, err
	}
	if volunteerID != "" {
		v, err = store.FindVolunteer(ctx, q, a.vault, volunteerID)
		return v, false, err
	}
	if strings.TrimSpace(name) == "" {
		return v, false, ErrNameNeeded
	}
	if v, err = domain.NewVolunteer(id.New(), 0, name, a.clock.Now()); err != nil {
		return v, false, err
	}
	v.State, v.Phone = domain.VolunteerActive, phone
	if err := a.admitNewcomer(ctx, q, v); err != nil {
		return v, false, err
	}
	v, err = store.FindVolunteer(ctx, q, a.vault, v.ID) // with the number that was drawn
	return v, true, err
}

// EraseWord is what somebody types who means it.
const EraseWord = domain.EraseWord
