package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoGrant says that there is no such grant, or that it is not the asker's to see.
	ErrNoGrant = apperr.New(apperr.NotFound, "no_such_grant", "没有这条授权。", "There is no such grant.")
	// ErrGrantOver says that a grant has ended already.
	ErrGrantOver = apperr.New(apperr.Conflict, "grant_over", "这条授权已经结束了，不用再撤销。", "This grant has ended already; nothing needs to be withdrawn.")
	// ErrGrantTwice says that the officer has the same authority already.
	ErrGrantTwice = apperr.New(apperr.Conflict, "grant_twice", "这个人在这个区划已经有同样的授权，不用重复授权。", "This person has the same authority over this region already.")
	// ErrOwnGrant says that nobody gives themself authority.
	ErrOwnGrant = apperr.New(apperr.Forbidden, "own_grant", "不能给自己授权，请另一位管理员来办。", "Nobody can give themself authority; please ask another administrator.")
	// ErrLastAdministrator says that somebody must remain who can give authority.
	ErrLastAdministrator = apperr.New(apperr.Conflict, "last_administrator", "这是最后一位长期的全市管理员，不能撤销。请先授权另一位不设到期日的全市管理员。", "This is the last lasting administrator of the city and cannot go. Please appoint another one without an end date first.")
	// ErrGrantPeriod says that a grant would begin in the past or end before it begins.
	ErrGrantPeriod = apperr.New(apperr.Invalid, "grant_period", "起止时间不对：开始不能早于现在，结束要晚于开始。", "The period is not right: it cannot begin in the past, and must end after it begins.")
	// ErrNotAnOfficer says that a person cannot be given authority.
	ErrNotAnOfficer = apperr.New(apperr.Conflict, "cannot_be_officer", "这个人还不能授权：要先认领账号，并且年满十八岁。", "This person cannot be given authority yet: they must have claimed their account and be an adult.")
)

// The roles of officers: 查看员, 协调员, 儿童关爱保护负责人, 管理员.
const (
	RoleViewer        = "viewer"
	RoleCoordinator   = "coordinator"
	RoleChildCare     = "child_care"
	RoleAdministrator = "administrator"
)

// Grant is an officer's authority 授权: a role over a region and all below it,
// for a period.
type Grant struct {
	ID          string
	VolunteerID string
	Role        string // viewer | coordinator | child_care | administrator
	RegionCode  string
	RegionName  string // as read; not kept with the grant
	RegionPath  string // as read; not kept with the grant
	From        time.Time
	Until       time.Time // zero: until it is withdrawn
	GrantedBy   string    // empty: by whoever installed Qihe; never the officer themself
	Reason      string
	EndedAt     time.Time // zero unless withdrawn
	EndedBy     string    // who withdrew it
	EndReason   string
	Version     int64
}

// NewGrant returns the authority that by gives to an officer: from now on if
// from is zero, until it is withdrawn if until is zero. It returns ErrOwnGrant,
// ErrNotAnOfficer, or ErrGrantPeriod on the input that is wrong.
func NewGrant(id string, v Volunteer, role string, region Region, from, until time.Time, by, reason string, now time.Time) (Grant, error) {
	if from.IsZero() {
		from = now
	}
	switch {
	case v.ID == by:
		return Grant{}, ErrOwnGrant
	case v.State != VolunteerActive || v.Minor:
		return Grant{}, ErrNotAnOfficer
	case from.Before(now):
		return Grant{}, apperr.For("from", ErrGrantPeriod)
	case !until.IsZero() && !until.After(from):
		return Grant{}, apperr.For("until", ErrGrantPeriod)
	}
	return Grant{
		ID: id, VolunteerID: v.ID, Role: role, RegionCode: region.Code, RegionName: region.Name, RegionPath: region.Path,
		From: from, Until: until, GrantedBy: by, Reason: reason, Version: 1,
	}, nil
}

// Withdraw ends the grant now. It returns ErrGrantOver when it is over already.
func (g *Grant) Withdraw(by, reason string, now time.Time) error {
	if g.Over(now) {
		return ErrGrantOver
	}
	g.EndedAt, g.EndedBy, g.EndReason = now, by, reason
	g.Version++
	return nil
}

// Over reports whether the grant will never count again.
func (g Grant) Over(t time.Time) bool {
	end := g.end()
	return !end.IsZero() && !t.Before(end)
}

// ActiveAt reports whether the grant counts at t: from its first instant, no longer at its last.
func (g Grant) ActiveAt(t time.Time) bool { return !t.Before(g.From) && !g.Over(t) }

// end returns when the grant counts no more; zero: nobody knows yet.
func (g Grant) end() time.Time {
	if g.EndedAt.IsZero() || !g.Until.IsZero() && g.Until.Before(g.EndedAt) {
		return g.Until
	}
	return g.EndedAt
}

// ActiveGrants returns those that count at t.
func ActiveGrants(grants []Grant, t time.Time) []Grant {
	active := make([]Grant, 0, len(grants))
	for _, g := range grants {
		if g.ActiveAt(t) {
			active = append(active, g)
		}
	}
	return active
}

// NextChange returns the first instant after t at which other grants count
// than at t, because one begins or ends by its date; zero when there is none.
func NextChange(grants []Grant, t time.Time) time.Time {
	var next time.Time
	for _, g := range grants {
		for _, at := range []time.Time{g.From, g.end()} {
			if at.After(t) && !g.Over(t) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next
}
