package app

import (
	"context"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoAudit says that the audit is not the asker's to read.
var ErrNoAudit = apperr.New(apperr.NotFound, "no_audit", "审计只对管理员开放。", "The audit is for administrators only.")

// AuditQuery says which lines an administrator looks for; what is empty lets everything through.
type AuditQuery struct {
	Act    string
	Number string // 志愿者编号 of somebody who did it or whose data it was
	From   time.Time
	Until  time.Time // the first instant no longer
	After  string    // id of the last line of the page before
	Limit  int
}

// AuditLine is a line with the names of today.
type AuditLine struct {
	domain.Record
	Actor   domain.Volunteer // empty: Qihe itself
	Person  domain.Volunteer // whose data it was; empty when not one person's
	Subject string           // what the thing is called, as far as it has a name of its own
}

// AuditPage is a part of the audit.
type AuditPage struct {
	Lines []AuditLine
	Next  string   // After of the next page; empty: this is the last
	Acts  []string // everything that was ever done, to choose from
}

// Audit returns what was done, newest first, to administrators: to those of the
// city everything, to others what concerns people, teams and officers of their
// divisions. Looking for one person is itself recorded, once per search.
func (a *App) Audit(ctx context.Context, query AuditQuery) (AuditPage, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return AuditPage{}, err
	}
	paths, err := auditedPaths(p)
	if err != nil {
		return AuditPage{}, err
	}
	if query.After != "" && !id.Valid(query.After) {
		return AuditPage{}, apperr.For("after", errNoPlace)
	}
	var page AuditPage
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		filter := store.RecordFilter{Act: query.Act, From: query.From, Until: query.Until, Paths: paths, After: query.After, Limit: query.Limit + 1}
		if query.Number != "" {
			if filter.PersonID, err = store.FindIDByNumber(ctx, q, strings.TrimSpace(query.Number)); err != nil || filter.PersonID == "" {
				return err
			}
		}
		records, err := store.ListRecords(ctx, q, filter)
		if err != nil {
			return err
		}
		if len(records) > query.Limit {
			records = records[:query.Limit]
			page.Next = records[query.Limit-1].ID
		}
		if page.Lines, err = a.named(ctx, q, records); err != nil {
			return err
		}
		if page.Acts, err = store.ListActs(ctx, q); err != nil {
			return err
		}
		if filter.PersonID == "" || query.After != "" || len(records) == 0 {
			return nil
		}
		return store.InsertRecord(ctx, q, domain.NewRecord(p.VolunteerID, "audit.read", "volunteer", filter.PersonID, a.clock.Now()).About(filter.PersonID))
	})
	return page, err
}

// auditedPaths returns the divisions whose audit somebody may read; nil is everything.
func auditedPaths(p auth.Principal) ([]string, error) {
	var paths []string
	for _, g := range p.Grants {
		if g.Role != "administrator" {
			continue
		}
		if strings.Count(g.RegionPath, "/") <= 1 {
			return nil, nil // the whole city
		}
		paths = append(paths, g.RegionPath)
	}
	if paths == nil {
		return nil, ErrNoAudit
	}
	return paths, nil
}

// named finds what the people and teams of some lines are called.
func (a *App) named(ctx context.Context, q postgres.Querier, records []domain.Record) ([]AuditLine, error) {
	ids := make([]string, 0, 2*len(records))
	var teamIDs []string
	for _, r := range records {
		for _, one := range []string{r.ActorID, r.VolunteerID} {
			if one != "" {
				ids = append(ids, one)
			}
		}
		if r.SubjectKind == "team" && id.Valid(r.SubjectID) {
			teamIDs = append(teamIDs, r.SubjectID)
		}
	}
	found, err := store.FindVolunteers(ctx, q, a.vault, ids)
	if err != nil {
		return nil, err
	}
	people := map[string]domain.Volunteer{}
	for _, v := range found {
		people[v.ID] = v
	}
	teams, err := store.FindTeamNames(ctx, q, teamIDs)
	if err != nil {
		return nil, err
	}
	lines := make([]AuditLine, len(records))
	for i, r := range records {
		lines[i] = AuditLine{Record: r, Actor: people[r.ActorID], Person: people[r.VolunteerID], Subject: teams[r.SubjectID]}
		if r.SubjectKind == "region" || r.SubjectKind == "reporting_unit" {
			lines[i].Subject = r.SubjectID
		}
	}
	return lines, nil
}
