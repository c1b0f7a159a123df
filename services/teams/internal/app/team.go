package app

import (
	"context"
	"errors"
	"slices"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/pinyin"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var errNoPlace = apperr.New(apperr.Invalid, "page_lost", "翻页出了错，请从头再看。", "This page cannot be found; please start from the first one.")

// TeamView is a brigade as one reader sees it: what they may not know is empty.
type TeamView struct {
	store.TeamLine
	Role     domain.Role // the reader's
	Inside   bool        // the reader is of the team, has founded it, or looks after it
	Handover *domain.Handover
	HeirName string // of the open handover, to those whom it concerns
	Offered  bool   // the brigade is offered to the reader
	// Leaderless says that it works and nobody leads it.
	Leaderless bool
	May        []string // what the reader can do with it now
}

// view hides what is not the reader's to know.
func view(p auth.Principal, line store.TeamLine, role domain.Role) TeamView {
	s := standingTo(p, line.Team, role)
	v := TeamView{
		TeamLine: line, Role: role, Inside: rules[seeTeamInside](s),
		Leaderless: line.Team.State.Working() && line.LeaderID == "", May: whatNow(p, s, line.Team),
	}
	if !v.Inside {
		v.Team.StateReason, v.Team.CreatedBy = "", ""
		if !line.LeaderPublic {
			v.LeaderID, v.LeaderName = "", ""
		}
	}
	return v
}

// whatNow says what somebody can do with a brigade as it is now, so that a
// page offers no more. What they try all the same is judged anew.
func whatNow(p auth.Principal, s standing, t domain.Team) []string {
	own, working := t.CreatedBy == p.VolunteerID, t.State.Working()
	ownDraft := t.State == domain.TeamDraft && s.founder
	var may []string
	offer := func(name string, what act, possible bool) {
		if possible && rules[what](s) {
			may = append(may, name)
		}
	}
	offer("edit", editTeam, ownDraft || s.decides() && t.State != domain.TeamDissolved)
	offer("submit", submitTeam, t.State == domain.TeamDraft)
	offer("approve", decideTeam, t.State == domain.TeamSubmitted && !own)
	offer("return", decideTeam, t.State == domain.TeamSubmitted)
	offer("suspend", decideTeam, t.State == domain.TeamActive)
	offer("resume", decideTeam, t.State == domain.TeamSuspended)
	offer("dissolve", decideTeam, working || t.Imported && t.State != domain.TeamDissolved)
	offer("appoint", decideTeam, working)
	offer("describe", describeTeam, working)
	offer("hand_over", handOverTeam, working)
	return may
}

// FindTeam returns a brigade, or domain.ErrNoTeam.
func (a *App) FindTeam(ctx context.Context, teamID string) (found TeamView, err error) {
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		p, err := auth.From(ctx)
		if err != nil {
			return err
		}
		h, err := store.FindOpenHandover(ctx, q, teamID)
		if err != nil && !errors.Is(err, domain.ErrNoHandover) {
			return err
		}
		team, err := a.teamFor(ctx, q, seeTeam, teamID)
		if err != nil {
			return err
		}
		lines, err := store.ListTeams(ctx, q, store.TeamFilter{IDs: []string{team.ID}, States: everyState, Paths: []string{""}}, store.Page{Limit: 1})
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return domain.ErrNoTeam
		}
		role, err := store.FindRole(ctx, q, teamID, p.VolunteerID)
		if err != nil {
			return err
		}
		found = view(p, lines[0], role)
		return a.addHandover(ctx, q, p, h, &found)
	})
	return found, err
}

// addHandover tells of an open handover to those whom it concerns: the leader,
// the office and whoever it is offered to.
func (a *App) addHandover(ctx context.Context, q postgres.Querier, p auth.Principal, h domain.Handover, v *TeamView) error {
	v.Offered = h.ID != "" && h.ToID == p.VolunteerID
	if h.ID == "" || !v.Offered && v.Role != domain.RoleLeader && !slices.Contains(v.May, "appoint") {
		return nil
	}
	heir, err := store.FindVolunteer(ctx, q, a.vault, h.ToID)
	if err != nil {
		return err
	}
	v.Handover, v.HeirName = &h, heir.Name
	return nil
}

var everyState = []domain.TeamState{domain.TeamDraft, domain.TeamSubmitted, domain.TeamActive, domain.TeamSuspended, domain.TeamDissolved}

// TeamSearch is what brigades are looked for by; zero values do not narrow.
type TeamSearch struct {
	Words      string // characters or initials of the pinyin
	Region     string // code: the subtree
	State      domain.TeamState
	Category   string
	Leaderless bool
	After      string
	Limit      int
}

// ListTeams returns a page of brigades by name, and where the next one starts.
// Whoever is signed in sees those that work or have worked; an officer sees
// those of the own regions in every state. Dissolved ones come only when asked for.
func (a *App) ListTeams(ctx context.Context, s TeamSearch) (views []TeamView, next string, err error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, "", err
	}
	if s.After != "" && !id.Valid(s.After) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	f := store.TeamFilter{Words: pinyin.Parse(s.Words), States: everyState[:4], Category: s.Category, Leaderless: s.Leaderless}
	if s.State != "" {
		f.States = []domain.TeamState{s.State}
	}
	f.Paths = p.Regions()
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if s.Region != "" {
			region, err := store.FindRegion(ctx, q, s.Region)
			if err != nil {
				return apperr.For("region", domain.ErrNoRegion)
			}
			f.RegionPath = region.Path
		}
		lines, err := store.ListTeams(ctx, q, f, store.Page{Limit: s.Limit + 1, After: s.After})
		if err != nil {
			return err
		}
		mine, err := store.ListTeamsOf(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		for _, line := range lines {
			views = append(views, view(p, line, roleIn(mine, line.Team.ID)))
		}
		return nil
	})
	if err != nil || len(views) <= s.Limit {
		return views, "", err
	}
	views = views[:s.Limit]
	return views, views[s.Limit-1].Team.ID, nil
}

func roleIn(mine []store.TeamOf, teamID string) domain.Role {
	i := slices.IndexFunc(mine, func(t store.TeamOf) bool { return t.TeamID == teamID })
	if i < 0 {
		return domain.NoRole
	}
	return domain.Role(mine[i].Role)
}

// MyTeams is what somebody has begun or is asked to take over.
type MyTeams struct {
	Founding []domain.Team // drafts, returned ones too, and what waits for approval
	Offered  []domain.Team // to lead
}

// MyTeams returns the brigades that whoever asks is founding, and those that
// are offered to them to lead.
func (a *App) MyTeams(ctx context.Context) (MyTeams, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return MyTeams{}, err
	}
	var mine MyTeams
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if mine.Founding, err = store.ListTeamsFoundedBy(ctx, q, p.VolunteerID); err != nil {
			return err
		}
		offers, err := store.ListHandoversTo(ctx, q, p.VolunteerID)
		if err != nil {
			return err
		}
		for _, h := range offers {
			team, err := store.FindTeam(ctx, q, h.TeamID)
			if err != nil {
				return err
			}
			mine.Offered = append(mine.Offered, team)
		}
		return nil
	})
	return mine, err
}

// TeamHistory returns a page of what was done to a brigade, newest first, for
// officers of its region, and where the next page starts.
func (a *App) TeamHistory(ctx context.Context, teamID string, limit int, after string) (acts []store.PastAct, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := a.teamFor(ctx, q, seeTeamHistory, teamID); err != nil {
			return err
		}
		acts, err = store.ListTeamRecords(ctx, q, teamID, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(acts) <= limit {
		return acts, "", err
	}
	return acts[:limit], acts[limit-1].ID, nil
}

// Member is one line of a brigade's roster.
type Member = store.Member

// ListMembers returns up to limit lines of a brigade's roster, after the one
// where the page before said that the next starts, and where the next page
// starts, empty after the last. search chooses by name, initials or number,
// empty all. It returns domain.ErrNoTeam to whoever may not see it.
func (a *App) ListMembers(ctx context.Context, teamID, search string, limit int, after string) (members []Member, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if _, err := a.teamFor(ctx, q, listMembers, teamID); err != nil {
			return err
		}
		// One more than wanted tells whether there is a next page.
		members, err = store.ListMembers(ctx, q, a.vault, teamID, pinyin.Parse(search), store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil || len(members) <= limit {
		return members, "", err
	}
	members = members[:limit]
	return members, members[limit-1].MembershipID, nil
}
