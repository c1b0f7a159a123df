package app

import (
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

// What the others are told of each thing, whatever changed about it.

func volunteerChanged(v domain.Volunteer) teamsv1.VolunteerChanged {
	return teamsv1.VolunteerChanged{
		VolunteerID:      v.ID,
		Minor:            v.Minor,
		BoardConsent:     v.BoardConsent,
		RankConsent:      v.RankConsent,
		LocationConsent:  v.LocationConsent,
		Erased:           v.State == domain.VolunteerErased,
		WaitsForGuardian: v.State == domain.VolunteerWaiting,
		MergedInto:       v.MergedInto,
		Version:          v.Version,
	}
}

func teamChanged(t domain.Team) teamsv1.TeamChanged {
	return teamsv1.TeamChanged{
		TeamID:        t.ID,
		Name:          t.Name,
		RegionCode:    t.RegionCode,
		RegionPath:    t.RegionPath,
		ReportingUnit: t.ReportingUnit,
		State:         string(t.State),
		SuccessorID:   t.SuccessorID,
		FoundedAt:     t.FoundedAt,
		StateSince:    t.StateSince,
		Version:       t.Version,
	}
}

func importedMembership(m store.MembershipNow) teamsv1.MembershipChanged {
	return teamsv1.MembershipChanged{
		MembershipID: m.ID,
		TeamID:       m.TeamID,
		VolunteerID:  m.VolunteerID,
		Role:         string(m.Role),
		State:        m.State,
		Version:      m.Version,
	}
}

func grantChanged(g domain.Grant) teamsv1.GrantChanged {
	state := "active"
	if !g.EndedAt.IsZero() {
		state = "ended"
	}
	return teamsv1.GrantChanged{
		GrantID:     g.ID,
		VolunteerID: g.VolunteerID,
		Role:        g.Role,
		RegionPath:  g.RegionPath,
		State:       state,
		From:        g.From,
		Until:       g.Until,
		Version:     g.Version,
	}
}

func membershipChanged(m domain.Membership) teamsv1.MembershipChanged {
	return teamsv1.MembershipChanged{
		MembershipID: m.ID,
		TeamID:       m.TeamID,
		VolunteerID:  m.VolunteerID,
		Role:         string(m.Role),
		State:        string(m.State),
		Version:      m.Version,
	}
}

func membershipMoved(m store.Moved) teamsv1.MembershipChanged {
	return teamsv1.MembershipChanged{
		MembershipID: m.MembershipID,
		TeamID:       m.TeamID,
		VolunteerID:  m.VolunteerID,
		Role:         m.Role,
		State:        m.State,
		Version:      m.Version,
	}
}

func regionChanged(r domain.Region) teamsv1.RegionChanged {
	return teamsv1.RegionChanged{Code: r.Code, Name: r.Name, Path: r.Path, Level: r.Level, MergedInto: r.MergedInto, Version: r.Version}
}

func officeChanged(o domain.Office) teamsv1.OfficeChanged {
	state := "open"
	if o.Closed {
		state = "closed"
	}
	return teamsv1.OfficeChanged{
		OfficeID: o.ID, Kind: o.Kind, Name: o.Name, RegionCode: o.RegionCode, RegionPath: o.RegionPath, Address: o.Address,
		Demonstration: o.Demonstration, IsVenue: o.IsVenue, Latitude: o.Latitude, Longitude: o.Longitude, State: state, Version: o.Version,
	}
}

func qualificationChanged(f domain.Qualification) teamsv1.QualificationChanged {
	return teamsv1.QualificationChanged{
		QualificationID: f.ID, VolunteerID: f.VolunteerID, Kind: f.Kind, State: string(f.State), From: f.IssuedOn.UTC(), Until: utcOrZero(f.Ends()), Version: f.Version,
	}
}

func utcOrZero(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}

// aboutTeam is a notice to somebody about what they are in a team.
func (a *App) aboutTeam(kind domain.NoticeKind, team domain.Team, volunteerID, membershipID string) domain.Notice {
	return domain.NewNotice(kind, volunteerID, "membership", membershipID, domain.Words{"team": team.Name, "team_id": team.ID}, a.clock.Now())
}
