package domain_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

var (
	now    = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	before = now.Add(-24 * time.Hour)
)

func person(mods ...func(*domain.Candidate)) domain.Candidate {
	c := domain.Candidate{Volunteer: domain.Volunteer{ID: "v", State: domain.VolunteerActive}}
	for _, mod := range mods {
		mod(&c)
	}
	return c
}

func minor(c *domain.Candidate) { c.Volunteer.Minor, c.Volunteer.AdultOn = true, now.AddDate(0, 1, 0) }

// a returns a membership of v in the team t, asked for by v, that ended as told.
func a(state domain.MembershipState, mods ...func(*domain.Membership)) domain.Membership {
	m := domain.Membership{ID: "m", TeamID: "t", VolunteerID: "v", Role: domain.RoleMember, State: state, Since: before,
		RequestedBy: "v", RequestedAt: before, Version: 3}
	for _, mod := range mods {
		mod(&m)
	}
	return m
}

func by(id string) func(*domain.Membership) {
	return func(m *domain.Membership) { m.RequestedBy = id }
}

func over(how domain.Ending, by string, at time.Time) func(*domain.Membership) {
	return func(m *domain.Membership) {
		m.Ending = how
		if m.State == domain.MembershipEnded {
			m.EndedBy, m.EndedAt = by, at
		} else {
			m.DecidedBy, m.DecidedAt = by, at
		}
	}
}

func asked(at time.Time) func(*domain.Membership) {
	return func(m *domain.Membership) { m.RequestedAt = at }
}

func as(role domain.Role) func(*domain.Membership) {
	return func(m *domain.Membership) { m.Role = role }
}

// result is what is left of a membership by an act, in short.
type result struct {
	State   domain.MembershipState
	Ending  domain.Ending
	By      string // who decided or ended it
	Fresh   bool   // another membership
	Changed bool
	Err     error
}

func resultOf(m domain.Membership, was string, changed bool, err error) result {
	r := result{State: m.State, Ending: m.Ending, By: m.DecidedBy, Fresh: m.ID != was, Changed: changed}
	if m.State == domain.MembershipEnded {
		r.By = m.EndedBy
	}
	if err != nil {
		return result{Err: err}
	}
	return r
}

func same(t *testing.T, want, got result) {
	t.Helper()
	if !errors.Is(got.Err, want.Err) {
		t.Fatalf("err %v, want %v", got.Err, want.Err)
	}
	got.Err, want.Err = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestApply(t *testing.T) {
	t.Parallel()
	week := domain.ApplyAgainAfter
	for name, c := range map[string]struct {
		team domain.TeamState
		who  domain.Candidate
		last domain.Membership
		want result
	}{
		"the first time":                    {who: person(), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"somebody not claimed may":          {who: person(func(c *domain.Candidate) { c.Volunteer.State = domain.VolunteerUnclaimed }), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"twice changes nothing":             {who: person(), last: a(domain.MembershipApplied), want: result{State: domain.MembershipApplied}},
		"a member":                          {who: person(), last: a(domain.MembershipActive), want: result{Err: domain.ErrAlreadyMember}},
		"whoever is invited accepts by it":  {who: person(), last: a(domain.MembershipInvited, by("l")), want: result{State: domain.MembershipActive, By: "v", Changed: true}},
		"after leaving":                     {who: person(), last: a(domain.MembershipEnded, over(domain.EndingLeft, "v", now)), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"after withdrawing":                 {who: person(), last: a(domain.MembershipDeclined, over(domain.EndingWithdrawn, "v", now)), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"after refusing an invitation":      {who: person(), last: a(domain.MembershipDeclined, by("l"), over(domain.EndingDeclined, "v", now)), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"after an invitation has expired":   {who: person(), last: a(domain.MembershipDeclined, by("l"), over(domain.EndingExpired, "", now)), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"a second before a week is over":    {who: person(), last: a(domain.MembershipDeclined, over(domain.EndingDeclined, "l", now.Add(time.Second-week))), want: result{Err: domain.ErrAskedLately}},
		"a week after a no":                 {who: person(), last: a(domain.MembershipDeclined, over(domain.EndingDeclined, "l", now.Add(-week))), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"the day after removal":             {who: person(), last: a(domain.MembershipEnded, over(domain.EndingRemoved, "l", before)), want: result{Err: domain.ErrRemovedLately}},
		"a week after removal":              {who: person(), last: a(domain.MembershipEnded, over(domain.EndingRemoved, "l", now.Add(-week))), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"to a suspended team":               {team: domain.TeamSuspended, who: person(), want: result{Err: domain.ErrTeamClosed}},
		"to a dissolved team":               {team: domain.TeamDissolved, who: person(), want: result{Err: domain.ErrTeamClosed}},
		"a minor without consent":           {who: person(minor), want: result{Err: domain.ErrGuardianFirst}},
		"a minor with consent":              {who: person(minor, func(c *domain.Candidate) { c.GuardianConsent = true }), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"whoever has come of age meanwhile": {who: person(minor, func(c *domain.Candidate) { c.Volunteer.AdultOn = now }), want: result{State: domain.MembershipApplied, Fresh: true, Changed: true}},
		"a merged record":                   {who: person(func(c *domain.Candidate) { c.Volunteer.State = domain.VolunteerMerged }), want: result{Err: domain.ErrNotHere}},
		"an erased record":                  {who: person(func(c *domain.Candidate) { c.Volunteer.State = domain.VolunteerErased }), want: result{Err: domain.ErrNotHere}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			team := domain.Team{ID: "t", State: domain.TeamActive}
			if c.team != "" {
				team.State = c.team
			}
			m, changed, err := team.Apply(c.who, c.last, " 周末有空 ", now)
			same(t, c.want, resultOf(m, c.last.ID, changed, err))
			if c.want.Fresh && (m.Word != "周末有空" || m.Role != domain.RoleMember || m.Version != 1) {
				t.Errorf("%+v", m)
			}
		})
	}
}

func TestInvite(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		team domain.TeamState
		who  domain.Volunteer
		last domain.Membership
		want result
	}{
		"the first time":                  {want: result{State: domain.MembershipInvited, Fresh: true, Changed: true}},
		"twice changes nothing":           {last: a(domain.MembershipInvited, by("l")), want: result{State: domain.MembershipInvited}},
		"a member":                        {last: a(domain.MembershipActive), want: result{State: domain.MembershipActive}},
		"whoever has applied is taken in": {last: a(domain.MembershipApplied), want: result{State: domain.MembershipActive, By: "l", Changed: true}},
		"whoever has just said no is left in peace": {
			last: a(domain.MembershipDeclined, by("l"), over(domain.EndingDeclined, "v", before)),
			want: result{State: domain.MembershipDeclined, Ending: domain.EndingDeclined, By: "v"},
		},
		"a week after a no":     {last: a(domain.MembershipDeclined, by("l"), over(domain.EndingDeclined, "v", now.Add(-domain.ApplyAgainAfter))), want: result{State: domain.MembershipInvited, Fresh: true, Changed: true}},
		"after the team's no":   {last: a(domain.MembershipDeclined, over(domain.EndingDeclined, "l", before)), want: result{State: domain.MembershipInvited, Fresh: true, Changed: true}},
		"after removal":         {last: a(domain.MembershipEnded, over(domain.EndingRemoved, "l", before)), want: result{State: domain.MembershipInvited, Fresh: true, Changed: true}},
		"oneself":               {who: domain.Volunteer{ID: "l", State: domain.VolunteerActive}},
		"an erased record":      {who: domain.Volunteer{ID: "v", State: domain.VolunteerErased}},
		"into a suspended team": {team: domain.TeamSuspended, want: result{Err: domain.ErrTeamClosed}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			team := domain.Team{ID: "t", State: domain.TeamActive}
			if c.team != "" {
				team.State = c.team
			}
			if c.who.ID == "" {
				c.who = person().Volunteer
			}
			m, changed, err := team.Invite(c.who, c.last, "l", "", now)
			same(t, c.want, resultOf(m, c.last.ID, changed, err))
		})
	}
}

// TestArrows tries every act on a membership in every state.
func TestArrows(t *testing.T) {
	t.Parallel()
	active := domain.Team{ID: "t", State: domain.TeamActive}
	suspended := domain.Team{ID: "t", State: domain.TeamSuspended}
	approve := func(by string, team domain.Team, who domain.Candidate) func(*domain.Membership) (bool, error) {
		return func(m *domain.Membership) (bool, error) { return m.Approve(team, who, by, now) }
	}
	decline := func(by, reason string) func(*domain.Membership) (bool, error) {
		return func(m *domain.Membership) (bool, error) { return m.Decline(by, reason, now) }
	}
	accept := func(team domain.Team, who domain.Candidate) func(*domain.Membership) (bool, error) {
		return func(m *domain.Membership) (bool, error) { return m.Accept(team, who, now) }
	}
	withdraw := func(m *domain.Membership) (bool, error) { return m.Withdraw(now) }
	takeBack := func(m *domain.Membership) (bool, error) { return m.TakeBack("l", now), nil }
	refuse := func(m *domain.Membership) (bool, error) { return m.Refuse("", now) }
	leave := func(m *domain.Membership) (bool, error) { return m.Leave(now) }
	remove := func(by domain.Role, id, reason string) func(*domain.Membership) (bool, error) {
		return func(m *domain.Membership) (bool, error) {
			return m.Remove(domain.Membership{VolunteerID: id, Role: by}, reason, now)
		}
	}
	for name, c := range map[string]struct {
		m    domain.Membership
		act  func(*domain.Membership) (bool, error)
		want result
	}{
		"approve who applied":             {a(domain.MembershipApplied), approve("l", active, person()), result{State: domain.MembershipActive, By: "l", Changed: true}},
		"approve twice":                   {a(domain.MembershipActive), approve("l", active, person()), result{State: domain.MembershipActive}},
		"approve oneself":                 {a(domain.MembershipApplied), approve("v", active, person()), result{Err: domain.ErrOwnRequest}},
		"approve who is invited":          {a(domain.MembershipInvited, by("l")), approve("l", active, person()), result{Err: domain.ErrMoved}},
		"approve who has withdrawn":       {a(domain.MembershipDeclined, over(domain.EndingWithdrawn, "v", before)), approve("l", active, person()), result{Err: domain.ErrMoved}},
		"approve who has left":            {a(domain.MembershipEnded, over(domain.EndingLeft, "v", before)), approve("l", active, person()), result{Err: domain.ErrMoved}},
		"approve in a suspended team":     {a(domain.MembershipApplied), approve("l", suspended, person()), result{Err: domain.ErrTeamClosed}},
		"approve a minor without consent": {a(domain.MembershipApplied), approve("l", active, person(minor)), result{Err: domain.ErrGuardianFirst}},

		"decline who applied":          {a(domain.MembershipApplied), decline("l", "满员"), result{State: domain.MembershipDeclined, Ending: domain.EndingDeclined, By: "l", Changed: true}},
		"decline without a reason":     {a(domain.MembershipApplied), decline("l", " \u3000"), result{Err: domain.ErrReason}},
		"decline twice":                {a(domain.MembershipDeclined, over(domain.EndingDeclined, "l", before)), decline("k", "满员"), result{State: domain.MembershipDeclined, Ending: domain.EndingDeclined, By: "l"}},
		"decline oneself":              {a(domain.MembershipApplied), decline("v", "满员"), result{Err: domain.ErrOwnRequest}},
		"decline a member":             {a(domain.MembershipActive), decline("l", "满员"), result{Err: domain.ErrMoved}},
		"decline somebody's no for it": {a(domain.MembershipDeclined, by("l"), over(domain.EndingDeclined, "v", before)), decline("l", "满员"), result{Err: domain.ErrMoved}},

		"withdraw":                  {a(domain.MembershipApplied), withdraw, result{State: domain.MembershipDeclined, Ending: domain.EndingWithdrawn, By: "v", Changed: true}},
		"take an invitation back":   {a(domain.MembershipInvited), takeBack, result{State: domain.MembershipDeclined, Ending: domain.EndingWithdrawn, By: "l", Changed: true}},
		"take back what is not one": {a(domain.MembershipApplied), takeBack, result{State: domain.MembershipApplied}},
		"withdraw twice":            {a(domain.MembershipDeclined, over(domain.EndingWithdrawn, "v", before)), withdraw, result{State: domain.MembershipDeclined, Ending: domain.EndingWithdrawn, By: "v"}},
		"withdraw after approval":   {a(domain.MembershipActive), withdraw, result{Err: domain.ErrMoved}},
		"withdraw an invitation":    {a(domain.MembershipInvited, by("l")), withdraw, result{Err: domain.ErrMoved}},

		"accept":                               {a(domain.MembershipInvited, by("l")), accept(active, person()), result{State: domain.MembershipActive, By: "v", Changed: true}},
		"accept twice":                         {a(domain.MembershipActive, by("l")), accept(active, person()), result{State: domain.MembershipActive}},
		"accept what one asked for":            {a(domain.MembershipApplied), accept(active, person()), result{Err: domain.ErrMoved}},
		"accept in a suspended team":           {a(domain.MembershipInvited, by("l")), accept(suspended, person()), result{Err: domain.ErrTeamClosed}},
		"a minor accepts without consent":      {a(domain.MembershipInvited, by("l")), accept(active, person(minor)), result{Err: domain.ErrGuardianFirst}},
		"accept in the last second":            {a(domain.MembershipInvited, by("l"), asked(now.Add(time.Second-domain.InvitationLife))), accept(active, person()), result{State: domain.MembershipActive, By: "v", Changed: true}},
		"accept after 14 days":                 {a(domain.MembershipInvited, by("l"), asked(now.Add(-domain.InvitationLife))), accept(active, person()), result{Err: domain.ErrInvitationOver}},
		"accept what is closed as too old":     {a(domain.MembershipDeclined, by("l"), over(domain.EndingExpired, "", before)), accept(active, person()), result{Err: domain.ErrInvitationOver}},
		"refuse":                               {a(domain.MembershipInvited, by("l")), refuse, result{State: domain.MembershipDeclined, Ending: domain.EndingDeclined, By: "v", Changed: true}},
		"refuse twice":                         {a(domain.MembershipDeclined, by("l"), over(domain.EndingDeclined, "v", before)), refuse, result{State: domain.MembershipDeclined, Ending: domain.EndingDeclined, By: "v"}},
		"refuse after accepting":               {a(domain.MembershipActive, by("l")), refuse, result{Err: domain.ErrMoved}},
		"leave":                                {a(domain.MembershipActive), leave, result{State: domain.MembershipEnded, Ending: domain.EndingLeft, By: "v", Changed: true}},
		"leave twice":                          {a(domain.MembershipEnded, over(domain.EndingLeft, "v", before)), leave, result{State: domain.MembershipEnded, Ending: domain.EndingLeft, By: "v"}},
		"a deputy leaves":                      {a(domain.MembershipActive, as(domain.RoleDeputy)), leave, result{State: domain.MembershipEnded, Ending: domain.EndingLeft, By: "v", Changed: true}},
		"a leader leaves":                      {a(domain.MembershipActive, as(domain.RoleLeader)), leave, result{Err: domain.ErrLeaderLeaves}},
		"leave after removal":                  {a(domain.MembershipEnded, over(domain.EndingRemoved, "l", before)), leave, result{Err: domain.ErrMoved}},
		"leave before being in":                {a(domain.MembershipApplied), leave, result{Err: domain.ErrMoved}},
		"the leader removes a member":          {a(domain.MembershipActive), remove(domain.RoleLeader, "l", "没有来"), result{State: domain.MembershipEnded, Ending: domain.EndingRemoved, By: "l", Changed: true}},
		"the deputy removes a member":          {a(domain.MembershipActive), remove(domain.RoleDeputy, "d", "没有来"), result{State: domain.MembershipEnded, Ending: domain.EndingRemoved, By: "d", Changed: true}},
		"remove without a reason":              {a(domain.MembershipActive), remove(domain.RoleLeader, "l", ""), result{Err: domain.ErrReason}},
		"remove twice":                         {a(domain.MembershipEnded, over(domain.EndingRemoved, "l", before)), remove(domain.RoleLeader, "l", "没有来"), result{State: domain.MembershipEnded, Ending: domain.EndingRemoved, By: "l"}},
		"remove who has left":                  {a(domain.MembershipEnded, over(domain.EndingLeft, "v", before)), remove(domain.RoleLeader, "l", "没有来"), result{Err: domain.ErrMoved}},
		"remove oneself":                       {a(domain.MembershipActive, as(domain.RoleDeputy)), remove(domain.RoleDeputy, "v", "没有来"), result{Err: domain.ErrLeaveInstead}},
		"the deputy removes the leader":        {a(domain.MembershipActive, as(domain.RoleLeader)), remove(domain.RoleDeputy, "d", "没有来"), result{Err: domain.ErrLeaderStays}},
		"a deputy removes the other":           {a(domain.MembershipActive, as(domain.RoleDeputy)), remove(domain.RoleDeputy, "d", "没有来"), result{Err: domain.ErrOnlyLeader}},
		"the leader removes a deputy":          {a(domain.MembershipActive, as(domain.RoleDeputy)), remove(domain.RoleLeader, "l", "没有来"), result{State: domain.MembershipEnded, Ending: domain.EndingRemoved, By: "l", Changed: true}},
		"remove who has applied: decline them": {a(domain.MembershipApplied), remove(domain.RoleLeader, "l", "没有来"), result{Err: domain.ErrMoved}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := c.m
			changed, err := c.act(&m)
			same(t, c.want, resultOf(m, m.ID, changed, err))
			if changed != (m.Version == c.m.Version+1) || err != nil && !cmp.Equal(m, c.m) {
				t.Errorf("version %d after %d, changed %v, err %v", m.Version, c.m.Version, changed, err)
			}
		})
	}
}

func TestSetRole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		m       domain.Membership
		role    domain.Role
		by      domain.Role
		who     domain.VolunteerState
		changed bool
		want    error
	}{
		"the leader makes a deputy":       {a(domain.MembershipActive), domain.RoleDeputy, domain.RoleLeader, domain.VolunteerActive, true, nil},
		"and unmakes her":                 {a(domain.MembershipActive, as(domain.RoleDeputy)), domain.RoleMember, domain.RoleLeader, domain.VolunteerActive, true, nil},
		"the same again":                  {a(domain.MembershipActive, as(domain.RoleDeputy)), domain.RoleDeputy, domain.RoleLeader, domain.VolunteerActive, false, nil},
		"a deputy makes a deputy":         {a(domain.MembershipActive), domain.RoleDeputy, domain.RoleDeputy, domain.VolunteerActive, false, domain.ErrOnlyLeader},
		"make a second leader":            {a(domain.MembershipActive), domain.RoleLeader, domain.RoleLeader, domain.VolunteerActive, false, domain.ErrLeaderStays},
		"the leader becomes a member":     {a(domain.MembershipActive, as(domain.RoleLeader)), domain.RoleMember, domain.RoleLeader, domain.VolunteerActive, false, domain.ErrLeaderStays},
		"somebody without an account":     {a(domain.MembershipActive), domain.RoleDeputy, domain.RoleLeader, domain.VolunteerUnclaimed, false, domain.ErrUnclaimedDeputy},
		"somebody who has left":           {a(domain.MembershipEnded), domain.RoleDeputy, domain.RoleLeader, domain.VolunteerActive, false, domain.ErrMoved},
		"somebody who has only applied":   {a(domain.MembershipApplied), domain.RoleDeputy, domain.RoleLeader, domain.VolunteerActive, false, domain.ErrMoved},
		"an unclaimed one back to member": {a(domain.MembershipActive, as(domain.RoleDeputy)), domain.RoleMember, domain.RoleLeader, domain.VolunteerUnclaimed, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := c.m
			changed, err := m.SetRole(c.role, domain.Volunteer{State: c.who}, domain.Membership{Role: c.by})
			if changed != c.changed || !errors.Is(err, c.want) {
				t.Errorf("%v, %v", changed, err)
			}
		})
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	for state, want := range map[domain.MembershipState]domain.MembershipState{
		domain.MembershipApplied: domain.MembershipDeclined, domain.MembershipInvited: domain.MembershipDeclined, domain.MembershipActive: domain.MembershipEnded,
		domain.MembershipDeclined: domain.MembershipDeclined, domain.MembershipEnded: domain.MembershipEnded,
	} {
		m := a(state)
		if changed := m.Close("o", domain.EndingDissolved, "", now); m.State != want || changed != state.Open() {
			t.Errorf("%s becomes %s, changed %v", state, m.State, changed)
		}
	}
}

func TestParseInvitee(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ masked, number, phone string }{
		"138 1234 5678":  {"138****5678", "", "13812345678"},
		"hb 26-00000012": {"HB26******12", "HB2600000012", ""},
		"HB260000001 2":  {"HB26******12", "HB2600000012", ""},
		"ｈｂ２６００００００１２":   {"HB26******12", "HB2600000012", ""},
		"410600000001":   {"4106******01", "410600000001", ""},
		"王桂兰":            {},
		"":               {},
		"12345":          {},
	} {
		got, err := domain.ParseInvitee(text)
		if (err == nil) != (want.masked != "") || err != nil && !errors.Is(err, domain.ErrInvitee) {
			t.Errorf("%q: %v", text, err)
		}
		if err == nil && (got.Masked() != want.masked || got.Number != want.number || string(got.Phone) != want.phone) {
			t.Errorf("%q: %+v, %s", text, got, got.Masked())
		}
	}
}
